/* SPDX-License-Identifier: MIT */
/* touchstone needs: what this machine can decide, and what it lacks. */
#include <stdio.h>
#include <string.h>

#include "command/command.h"
#include "instruments/fault_counts.h"
#include "instruments/trap_door.h"
#include "run/needs.h"
#include "run/outcome.h"

int command_needs(int argc, char **argv)
{
	const struct need_description *needs;
	size_t count;

	if (argc > 1) {
		bool help = strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0;

		fputs("Usage: touchstone needs\n"
		      "Probe everything that a claim may need, and tell what this machine has.\n",
		      help ? stdout : stderr);
		return help ? command_end(argv[0]) : EXIT_USAGE;
	}
	trap_door_open(outcome_of_unexpected_signal);
	fault_counts_warm_up();
	needs = needs_all(&count);
	for (size_t i = 0; i < count; i++) {
		bool there = needs[i].probe();

		printf("%-8s %-20s %s%s%s\n", there ? "has" : "lacks", needs[i].name,
		       needs[i].wanted, there ? "" : ": ", there ? "" : needs[i].remedy);
	}
	return command_end(argv[0]);
}
