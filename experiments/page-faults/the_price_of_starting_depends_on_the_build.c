/* SPDX-License-Identifier: MIT */
/*
 * The price of starting depends on the build
 * ==========================================
 *
 * "80 minor page faults occurred during program initialization", notes document 001, and that
 * the numbers vary with the architecture and the C library. They do. To start is to touch: the
 * stack, the first instructions, and whatever tables the start-up code goes through before main.
 * A program that does the same, built in another way, starts for another number of faults.
 *
 *      exec    starts alone             first page of code, stack, ...       few
 *      exec    starts with a library    the same, and 32 pages of tables     32 more
 *
 * From run to run the number may change too, with the places that the kernel chooses. So medians
 * are compared: those of one build differ less than those of two.
 *
 * Look with: wait4(2), ru_minflt of a child's whole life.
 * Read on:   execve(2), wait4(2); document 001 "Observations".
 */
#include <stdlib.h>

#include <touchstone/experiment.h>

EXPERIMENT("The price of starting depends on the build");

SPECIMEN(starts_alone);
SPECIMEN(starts_with_a_library);

enum { RUNS = 20, LIBRARY_PAGES = 32 };

/* The median of the minor faults of so many lives. */
static long median_of_lives(const char *name, const struct specimen *specimen)
{
	long faults[RUNS];
	int file = specimen_file(specimen);

	for (size_t i = 0; i < RUNS; i++) {
		struct specimen_run run = run_specimen_file(file, specimen->name, NULL);
		size_t at = i;

		arrange(run.status == 0);
		for (; at > 0 && faults[at - 1] > run.faults.minor; at--) {
			faults[at] = faults[at - 1];
		}
		faults[at] = run.faults.minor;
	}
	evidence(name, "%ld minor faults, %ld at least, %ld at most", faults[RUNS / 2], faults[0],
		 faults[RUNS - 1]);
	return faults[RUNS / 2];
}

CLAIM(another_build_starts_for_another_price, "fault-16",
      "Start-up code that touches 32 pages makes the same program start for 32 faults more",
      .needs = SPECIMENS | FAULT_COUNTS)
{
	long alone = median_of_lives("alone", &starts_alone);
	long with_library = median_of_lives("with a library", &starts_with_a_library);

	assert_at_least(alone, 1, "minor faults of starting alone");
	assert_at_least(with_library, alone + LIBRARY_PAGES / 2, "those with a library");
}

CONTROL(one_build_costs_about_the_same, "fault-16",
	"Twenty runs of a build and twenty more differ less than those of the two builds do",
	.needs = SPECIMENS | FAULT_COUNTS)
{
	const struct specimen *builds[] = {&starts_alone, &starts_with_a_library};

	for (size_t i = 0; i < 2; i++) {
		long first = median_of_lives("first", builds[i]);
		long second = median_of_lives("second", builds[i]);

		assert_at_most(labs(first - second), LIBRARY_PAGES / 2 - 1,
			       "faults between the medians of one build");
	}
}
