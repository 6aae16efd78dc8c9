/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "compare/comparison.h"

enum { MOST_FACTS = 4 }; /* of one claim */

static void put_machines(FILE *out, const struct comparison *comparison)
{
	const struct evidence *first = &comparison->machines[0];

	for (size_t i = 0; i < comparison->machine_count; i++) {
		const struct evidence *machine = &comparison->machines[i];

		fprintf(out, "%c  %s: %s, %s\n", machine_letter(i), machine->file,
			evidence_fact(machine, "kernel"), evidence_fact(machine, "architecture"));
	}
	fputs("\nWhat differs of the machines\n", out);
	for (size_t f = 0; f < first->machine_count; f++) {
		const char *name = first->machine[f].name;
		bool differs = false;

		for (size_t i = 1; i < comparison->machine_count; i++) {
			differs |= strcmp(evidence_fact(&comparison->machines[i], name),
					  first->machine[f].value) != 0;
		}
		for (size_t i = 0; differs && i < comparison->machine_count; i++) {
			fprintf(out, "  %-22s %c  %s\n", i ? "" : name, machine_letter(i),
				evidence_fact(&comparison->machines[i], name));
		}
	}
}

static void put_outcomes(FILE *out, const struct comparison *comparison, const struct row *row)
{
	fputs("  ", out);
	for (size_t i = 0; i < comparison->machine_count; i++) {
		fprintf(out, "%-10s ", comparison_outcome(&comparison->machines[i], row->name));
	}
	fprintf(out, "%s\n", row->name);
}

static void put_reasons(FILE *out, const struct comparison *comparison, const struct row *row)
{
	fprintf(out, "      %s\n", row->sentence);
	for (size_t i = 0; i < comparison->machine_count; i++) {
		const struct finding *finding = evidence_find(&comparison->machines[i], row->name);

		if (finding && *finding->reason) {
			fprintf(out, "      %c  %s%s\n", machine_letter(i),
				finding->outcome == BROKEN ? "expected " : "", finding->reason);
		}
	}
}

/* The n-th fact of each machine, where they do not agree. */
static void put_evidence(FILE *out, const struct comparison *comparison, const struct row *row)
{
	const struct finding *first = evidence_find(&comparison->machines[0], row->name);
	size_t most = 0, told = 0;

	for (size_t i = 0; i < comparison->machine_count; i++) {
		size_t count = evidence_find(&comparison->machines[i], row->name)->fact_count;

		most = count > most ? count : most;
	}
	for (size_t f = 0; f < most; f++) {
		bool differs = f >= first->fact_count;

		for (size_t i = 1; i < comparison->machine_count && !differs; i++) {
			const struct finding *other = evidence_find(&comparison->machines[i],
								    row->name);

			differs = f >= other->fact_count ||
				  !values_agree(first->facts[f].name, other->facts[f].name) ||
				  !values_agree(first->facts[f].value, other->facts[f].value);
		}
		told += differs;
		for (size_t i = 0; i < comparison->machine_count && differs && told <= MOST_FACTS;
		     i++) {
			const struct finding *finding = evidence_find(&comparison->machines[i],
								      row->name);

			if (f < finding->fact_count) {
				fprintf(out, "      %c  %s: %s\n", machine_letter(i),
					finding->facts[f].name, finding->facts[f].value);
			}
		}
	}
	if (told > MOST_FACTS) {
		fprintf(out, "      and %zu facts more\n", told - MOST_FACTS);
	}
}

void comparison_text(FILE *out, const struct comparison *comparison, bool all)
{
	static const char *const titles[] = {"Other outcomes", "Other evidence, the same outcome",
					     "Alike"};

	put_machines(out, comparison);
	for (size_t i = 0; i < comparison->row_count; i++) {
		const struct row *row = &comparison->rows[i];

		if (row->likeness == ALIKE && !all) {
			break;
		}
		if (i == 0 || row[-1].likeness != row->likeness) {
			fprintf(out, "\n%s (%zu)\n  ", titles[row->likeness],
				comparison->counts[row->likeness]);
			for (size_t m = 0; m < comparison->machine_count; m++) {
				fprintf(out, "%-10c ", machine_letter(m));
			}
			fputc('\n', out);
		}
		put_outcomes(out, comparison, row);
		if (row->likeness == OTHER_OUTCOME) {
			put_reasons(out, comparison, row);
		} else if (row->likeness == OTHER_EVIDENCE) {
			put_evidence(out, comparison, row);
		}
	}
	fprintf(out,
		"\n%zu claims and controls: %zu differ in outcome, %zu in evidence, %zu are "
		"alike\n",
		comparison->row_count, comparison->counts[OTHER_OUTCOME],
		comparison->counts[OTHER_EVIDENCE], comparison->counts[ALIKE]);
}
