/* SPDX-License-Identifier: MIT */
/* touchstone doctor: what this machine can decide, and what would let it decide more. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command/command.h"
#include "instruments/fault_counts.h"
#include "instruments/trap_door.h"
#include "run/machine.h"
#include "run/needs.h"
#include "run/outcome.h"
#include "run/registry.h"

/* How many claims want a need, and how many would be decidable if it were all they lacked. */
struct lack {
	const struct need_description *need;
	size_t wanted, only;
};

static int most_wanted_first(const void *one_, const void *other_)
{
	const struct lack *one = one_, *other = other_;

	return one->wanted != other->wanted ? (one->wanted < other->wanted ? 1 : -1)
					    : strcmp(one->need->name, other->need->name);
}

static void tell_machine(void)
{
	struct machine machine;

	machine_look(&machine);
	for (size_t i = 0; i < machine.count; i++) {
		printf("  %-22s %s\n", machine.fact[i].name, machine.fact[i].value);
	}
}

static void examine(const struct claim **claims)
{
	size_t count, total = 0, decidable = 0, lacks = 0;
	const struct need_description *needs = needs_all(&count);
	unsigned long long missing = 0;
	struct lack list[64];

	for (size_t i = 0; i < count; i++) {
		if (!needs[i].probe()) {
			missing |= needs[i].need;
			list[lacks++] = (struct lack){.need = &needs[i]};
		}
	}
	for (; claims[total]; total++) {
		unsigned long long wants = claims[total]->needs & missing;

		decidable += wants == 0;
		for (size_t i = 0; i < lacks; i++) {
			list[i].wanted += (wants & list[i].need->need) != 0;
			list[i].only += wants == list[i].need->need;
		}
	}
	qsort(list, lacks, sizeof *list, most_wanted_first);
	printf("\n%zu of %zu claims and controls have all they need here (%.0f %%).\n", decidable,
	       total, total ? 100.0 * (double)decidable / (double)total : 0.0);
	for (size_t i = 0; i < lacks; i++) {
		if (i == 0) {
			puts("\nWhat would let it decide more:");
		}
		printf("  %-20s %3zu wait for it", list[i].need->name, list[i].wanted);
		if (list[i].only < list[i].wanted) {
			printf(", %zu for nothing else", list[i].only);
		}
		printf("\n      %s: %s\n", list[i].need->wanted, list[i].need->remedy);
	}
}

int command_doctor(int argc, char **argv)
{
	const struct claim **claims;

	if (argc > 1) {
		bool help = strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0;

		fputs("Usage: touchstone doctor\n"
		      "Tell what this machine can decide, and what would let it decide more.\n",
		      help ? stdout : stderr);
		return help ? command_end(argv[0]) : EXIT_USAGE;
	}
	trap_door_open(outcome_of_unexpected_signal);
	fault_counts_warm_up();
	puts("This machine");
	tell_machine();
	claims = command_choose(argv[0], NULL, 0);
	if (!claims) {
		return EXIT_USAGE;
	}
	examine(claims);
	free(claims);
	return command_end(argv[0]);
}
