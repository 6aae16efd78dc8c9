/* SPDX-License-Identifier: MIT */
/*
 * The largest size outlives the program
 * =====================================
 *
 * The accounts of getrusage(2) belong to the process, and not to the program that it runs.
 * execve(2) does away with all memory, and yet the new program's ru_maxrss is the largest size
 * that its process ever had, as its faults are those of both: a tiny program started by a big
 * one looks big.
 *
 *      process     big program --- execve ---> tiny program
 *      resident    ~~~~~~~~~~~~~~~~~~~~~~~~\___________________
 *      ru_maxrss   ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
 *
 * fork(2) makes a new process, whose accounts begin anew: "set to 0", says the manual. The fault
 * counts are. The largest size cannot be 0, for the child has its parent's memory from the first
 * moment on: it begins with what the parent has right then, and not with the most that it ever
 * had.
 *
 * Look with: getrusage(2) and wait4(2), ru_maxrss, in kilobytes.
 * Read on:   getrusage(2), execve(2), fork(2); document 001 "Observations".
 */
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("The largest size outlives the program");

SPECIMEN(where_am_i);

CLAIM(execve_does_not_forget_it, "rusage-09",
      "A tiny program has the ru_maxrss and the faults of what its process was before execve",
      .needs = SPECIMENS | FAULT_COUNTS)
{
	static char *const arguments[] = {"specimen", NULL}, *const environment[] = {NULL};
	int program = specimen_file(&where_am_i);

	be_small_at_first();
	for (int round = 0; round < 2; round++) {
		struct rusage told;
		int status;
		pid_t child = fork();

		arrange(child >= 0);
		if (child == 0) {
			be_large(round ? large_length() : large_length() / 16);
			close(STDOUT_FILENO);
			syscall(SYS_execveat, program, "", arguments, environment, AT_EMPTY_PATH);
			_exit(1);
		}
		arrange(wait4(child, &status, 0, &told) == child && status == 0);
		if (round) {
			assert_at_least((size_t)told.ru_maxrss * 1024, large_length() / 2,
					"its mark");
			assert_at_least((size_t)told.ru_minflt, large_length() / page_size(),
					"its faults");
		} else {
			assert_at_most((size_t)told.ru_maxrss * 1024, large_length() / 2,
				       "its mark");
			assert_at_most((size_t)told.ru_minflt, large_length() / page_size() - 1,
				       "its faults");
		}
	}
}

CLAIM(a_child_begins_with_what_fork_gave_it, "rusage-10",
      "A new child's mark is what its parent has at the fork, not the most that it ever had")
{
	char *kept;

	be_small_at_first();
	be_large(large_length());
	IN_CHILD {
		assert_at_most(largest_size(RUSAGE_SELF), large_length() / 2,
			       "the mark, all having been unmapped");
	}
	kept = fresh_pages(large_length() / page_size(), MAP_PRIVATE);
	store_each(kept, large_length() / page_size(), 'k');
	IN_CHILD {
		assert_at_least(largest_size(RUSAGE_SELF), large_length() / 2,
				"the mark, all being resident");
	}
}

CONTROL(a_small_program_has_a_small_mark, "rusage-09 rusage-10",
	"As much memory that is mapped and never touched leaves no mark, before execve or a fork")
{
	be_small_at_first();
	fresh_pages(large_length() / page_size(), MAP_PRIVATE);
	IN_CHILD {
		fresh_pages(large_length() / page_size(), MAP_SHARED);
		assert_at_most(largest_size(RUSAGE_SELF), large_length() / 2,
			       "the mark of the child");
	}
	assert_at_most(largest_size(RUSAGE_SELF), large_length() / 2, "the parent's");
}
