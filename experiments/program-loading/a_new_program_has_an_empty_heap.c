/* SPDX-License-Identifier: MIT */
/*
 * A new program has an empty heap
 * ===============================
 *
 * Document 002: "The stack and heap are also demand-zero, initially of zero length." For the heap this is
 * exact. The heap is the stretch between the place where it begins, somewhere behind bss, and the
 * break; and execve puts the break just there. The first call of brk(2) makes it longer.
 *
 *      | program | data bss |      gap, random       |
 *                                                    ^ break: the heap of length 0
 *
 *                                                    | a page |
 *                                                             ^ break, after the first brk
 *
 * A C library calls brk before main, for its own use. So this is only seen by a program without one.
 *
 * Look with: brk(2) and mincore(2), called by a program's first lines.
 * Read on:   brk(2), mincore(2) ENOMEM, execve(2); document 002 "The execve Function Revisited".
 */
#include <stdio.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("A new program has an empty heap");

SPECIMEN(does_as_told);

static struct specimen_run run;

CLAIM(the_heap_has_no_length, "exec-10",
      "At the start the break stands still where the heap begins, and no page is mapped above it",
      .needs = SPECIMENS)
{
	int file = specimen_file(&does_as_told);

	START_PROGRAM(run) {
		execve(specimen_path(file), WORDS("does_as_told", "break"), NO_WORDS);
	}

	unsigned long long at = specimen_said(&run, "break");
	unsigned long long first = (at + page_size() - 1) / page_size() * page_size();

	assert_equals(run.status, 0, "how the program ended");
	assert_equals(specimen_said(&run, "break_again"), at, "the break, asked again");
	assert_equals(specimen_said(&run, "above_break"), 0, "whether a page is mapped above it");
	if (specimen_said(&run, "moved_to") == at) {
		undecided("needs room for a page of heap: raise ulimit -d and -v");
	}
	assert_equals(specimen_said(&run, "moved_to"), first + page_size(), "where brk moved it");
	assert_equals(specimen_said(&run, "above_moved"), 1, "whether the page is mapped then");
}

CONTROL(bss_is_mapped, "exec-10", "The same question for a page of bss finds that it is mapped",
	.needs = SPECIMENS)
{
	int file = specimen_file(&does_as_told);
	char question[40];

	START_PROGRAM(run) {
		execve(specimen_path(file), WORDS("does_as_told", "addresses"), NO_WORDS);
	}
	snprintf(question, sizeof question, "mapped=%llu", specimen_said(&run, "bss"));
	START_PROGRAM(run) {
		execve(specimen_path(file), WORDS("does_as_told", question), NO_WORDS);
	}
	assert_equals(specimen_said(&run, "mapped"), 1, "whether the page is mapped");
}
