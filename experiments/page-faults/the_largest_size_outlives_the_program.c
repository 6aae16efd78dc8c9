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

enum { LENGTH = 16 * 1024 * 1024, PAGES = 2048 };

/* So many bytes that neither the program nor what a batch leaves out comes near the half of it. */
static size_t big(void)
{
	return PAGES * page_size() > LENGTH ? PAGES * page_size() : LENGTH;
}

static size_t mark_of(int who)
{
	struct rusage usage;

	arrange(getrusage(who, &usage) == 0);
	evidence("ru_maxrss", "%ld kB", usage.ru_maxrss);
	return (size_t)usage.ru_maxrss * 1024;
}

/* So many bytes resident, and given back again. */
static void be_big(size_t length)
{
	char *area = fresh_pages(length / page_size(), MAP_PRIVATE);

	store_each(area, length / page_size(), 'b');
	arrange(munmap(area, length) == 0);
}

/* The program itself is small, or the marks of the claims drown in it. */
static void be_small_at_first(void)
{
	size_t mark = mark_of(RUSAGE_SELF);

	if (mark == 0 || mark >= big() / 3) {
		undecided("needs an ru_maxrss that is kept, and a program that begins small");
	}
}

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
			be_big(round ? big() : big() / 16);
			close(STDOUT_FILENO);
			syscall(SYS_execveat, program, "", arguments, environment, AT_EMPTY_PATH);
			_exit(1);
		}
		arrange(wait4(child, &status, 0, &told) == child && status == 0);
		if (round) {
			assert_at_least((size_t)told.ru_maxrss * 1024, big() / 2, "its mark");
			assert_at_least((size_t)told.ru_minflt, big() / page_size(), "its faults");
		} else {
			assert_at_most((size_t)told.ru_maxrss * 1024, big() / 2, "its mark");
			assert_at_most((size_t)told.ru_minflt, big() / page_size() - 1,
				       "its faults");
		}
	}
}

CLAIM(a_child_begins_with_what_fork_gave_it, "rusage-10",
      "A new child's mark is what its parent has at the fork, not the most that it ever had")
{
	char *kept;

	be_small_at_first();
	be_big(big());
	IN_CHILD {
		assert_at_most(mark_of(RUSAGE_SELF), big() / 2,
			       "the mark, all having been unmapped");
	}
	kept = fresh_pages(big() / page_size(), MAP_PRIVATE);
	store_each(kept, big() / page_size(), 'k');
	IN_CHILD {
		assert_at_least(mark_of(RUSAGE_SELF), big() / 2, "the mark, all being resident");
	}
}

CONTROL(a_small_program_has_a_small_mark, "rusage-09 rusage-10",
	"As much memory that is mapped and never touched leaves no mark, before execve or a fork")
{
	be_small_at_first();
	fresh_pages(big() / page_size(), MAP_PRIVATE);
	IN_CHILD {
		fresh_pages(big() / page_size(), MAP_SHARED);
		assert_at_most(mark_of(RUSAGE_SELF), big() / 2, "the mark of the child");
	}
	assert_at_most(mark_of(RUSAGE_SELF), big() / 2, "the parent's");
}
