/* SPDX-License-Identifier: MIT */
/*
 * Faults come in a burst, and then there are none
 * ===============================================
 *
 * Document 004 (6.7, 22) describes how a program starts: everything is mapped at once, and nothing loaded.
 * So at first nearly every page that it touches is a fault. Then the pages that it works with are all
 * there, and it runs without a fault, until it turns to something else.
 *
 *      faults
 *       |
 *       | ####                              ####
 *       | ####                              ####
 *       +-----------------------------------------------> passes over the working set
 *         first  second  third         next phase  again
 *
 * No time is measured here: the program counts its own faults, pass by pass.
 *
 * Look with: getrusage(2), called by a program that nobody disturbs.
 * Read on:   getrusage(2) ru_minflt; document 004 sections 6.7 and 22.
 */
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("Faults come in a burst, and then there are none");

SPECIMEN(does_as_told);

enum { PAGES_OF_A_PHASE = 8 };

static struct specimen_run run;

static void run_phases(void)
{
	int file = specimen_file(&does_as_told);

	START_PROGRAM(run) {
		assert_accepted(
			execve(specimen_path(file), WORDS("does_as_told", "phases"), NO_WORDS));
	}
	assert_equals(run.status, 0, "how the program ended");
}

CLAIM(a_burst_and_then_silence, "exec-20",
      "The first pass over eight pages costs eight faults at least, the next ones none",
      .needs = SPECIMENS | FAULT_COUNTS)
{
	run_phases();
	assert_at_least(specimen_said(&run, "warm_up"), PAGES_OF_A_PHASE,
			"faults of the first pass");
	assert_equals(specimen_said(&run, "settled"), 0, "faults of the second pass");
	assert_equals(specimen_said(&run, "settled_still"), 0, "faults of the third pass");
}

CLAIM(a_new_phase_is_a_new_burst, "exec-20",
      "When the program turns to eight other pages, it faults for each of them, and then no more",
      .needs = SPECIMENS | FAULT_COUNTS)
{
	run_phases();
	assert_equals(specimen_said(&run, "next_phase"), PAGES_OF_A_PHASE,
		      "faults of the next phase");
	assert_equals(specimen_said(&run, "settled_again"), 0, "faults of its second pass");
}

CONTROL(what_was_locked_before_never_faults, "exec-20",
	"With all its memory locked, and so there, before the first pass, no pass costs a fault",
	.needs = SPECIMENS | FAULT_COUNTS | LOCKABLE_MEMORY)
{
	int file = specimen_file(&does_as_told);
	char lock[20];

	snprintf(lock, sizeof lock, "lock=%d", MCL_CURRENT);
	START_PROGRAM(run) {
		execve(specimen_path(file), WORDS("does_as_told", lock, "phases"), NO_WORDS);
	}
	if (!specimen_said(&run, "locked")) {
		undecided("needs leave to lock a program's memory: raise ulimit -l");
	}
	assert_equals(specimen_said(&run, "warm_up"), 0, "faults of the first pass");
	assert_equals(specimen_said(&run, "next_phase"), 0, "faults of the next phase");
}
