/* SPDX-License-Identifier: MIT */
#include "compare/comparison.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

char machine_letter(size_t machine)
{
	return (char)('A' + machine % 26);
}

const char *comparison_outcome(const struct evidence *machine, const char *claim)
{
	const struct finding *finding = evidence_find(machine, claim);

	return finding ? outcome_name(finding->outcome) : "-";
}

/* The length of a hexadecimal number that is long enough to be an address or a frame; or 0. */
static size_t long_number(const char *text)
{
	enum { SHORTEST = 5 };
	size_t length = strncmp(text, "0x", 2) == 0 ? 2 : 0, digits = 0;

	while (isxdigit((unsigned char)text[length + digits])) {
		digits++;
	}
	return digits >= SHORTEST ? length + digits : 0;
}

bool values_agree(const char *one, const char *other)
{
	while (*one && *other) {
		size_t here = long_number(one), there = long_number(other);

		if (here && there) {
			one += here;
			other += there;
		} else if (*one++ != *other++) {
			return false;
		}
	}
	return *one == *other;
}

static bool facts_agree(const struct finding *one, const struct finding *other)
{
	if (one->fact_count != other->fact_count) {
		return false;
	}
	for (size_t i = 0; i < one->fact_count; i++) {
		if (!values_agree(one->facts[i].name, other->facts[i].name) ||
		    !values_agree(one->facts[i].value, other->facts[i].value)) {
			return false;
		}
	}
	return true;
}

static enum likeness likeness_of(const struct comparison *comparison, const char *name)
{
	enum likeness likeness = ALIKE;
	const struct finding *first = evidence_find(&comparison->machines[0], name);

	for (size_t i = 1; i < comparison->machine_count; i++) {
		const struct finding *other = evidence_find(&comparison->machines[i], name);

		if (!first || !other || first->outcome != other->outcome) {
			return OTHER_OUTCOME;
		}
		if (!facts_agree(first, other)) {
			likeness = OTHER_EVIDENCE;
		}
	}
	return likeness;
}

static int by_likeness(const void *one_, const void *other_)
{
	const struct row *one = one_, *other = other_;

	return one->likeness != other->likeness ? (int)one->likeness - (int)other->likeness
						: strcmp(one->name, other->name);
}

bool comparison_make(struct comparison *comparison, const struct evidence *machines, size_t count)
{
	size_t room = 0;

	*comparison = (struct comparison){.machines = machines, .machine_count = count};
	for (size_t i = 0; i < count; i++) {
		room += machines[i].finding_count;
	}
	comparison->rows = calloc(room + 1, sizeof *comparison->rows);
	if (!comparison->rows) {
		return false;
	}
	for (size_t i = 0; i < count; i++) {
		for (size_t j = 0; j < machines[i].finding_count; j++) {
			const struct finding *finding = &machines[i].findings[j];
			bool seen = false;

			for (size_t before = 0; before < i && !seen; before++) {
				seen = evidence_find(&machines[before], finding->name) != NULL;
			}
			if (!seen) {
				enum likeness likeness = likeness_of(comparison, finding->name);

				comparison->rows[comparison->row_count++] =
					(struct row){finding->name, finding->sentence, likeness};
				comparison->counts[likeness]++;
			}
		}
	}
	qsort(comparison->rows, comparison->row_count, sizeof *comparison->rows, by_likeness);
	return true;
}

void comparison_free(struct comparison *comparison)
{
	free(comparison->rows);
}
