/* SPDX-License-Identifier: MIT */
/*
 * A new program has an empty heap, and a stack that is in use already
 * ===================================================================
 *
 * Document 002: "The stack and heap are also demand-zero, initially of zero length." That is true of the
 * heap. It is the stretch between the end of bss and the break, and execve puts the break where the
 * heap begins; the first brk(2) makes it longer.
 *
 * It is not true of the stack. Arguments, environment and the kernel's notes for the program
 * have to lie somewhere, and they lie on the stack before its first instruction. So at least
 * a page of it has a frame, and its area is larger still: the kernel adds 128 KiB at once.
 *
 *      | program | bss |                                  | room  | in use          |
 *                      ^ break: heap of length 0            ^ area  ^ stack pointer: argc, argv,
 *                        begins here                                  envp, notes, strings
 *
 * Look with: brk(2) and mincore(2) in a program without C library; a stop behind execve, and smaps.
 * Read on:   brk(2), execve(2), proc(5) "stat" startstack; document 002.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("A new program has an empty heap, and a stack that is in use already");

SPECIMEN(does_as_told);

enum { KIB = 1024, ROOM_ADDED = 128 * KIB, LONG_WORD = 100 * KIB };

static char *const no_environment[] = {NULL};
static struct specimen_run run;

/* The stack pointer with which a process's program starts: the field startstack of its stat. */
static uintptr_t start_of_stack(pid_t process)
{
	enum { FIELD = 28, FIRST_BEHIND_NAME = 3 };
	char path[40], text[1000];

	snprintf(path, sizeof path, "/proc/%d/stat", (int)process);

	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t length = read(fd, text, sizeof text - 1);

	arrange(fd >= 0 && length > 0);
	text[length] = '\0';

	const char *at = strrchr(text, ')') + 2;

	for (int field = FIRST_BEHIND_NAME; field < FIELD; field++) {
		at = strchr(at, ' ') + 1;
	}
	return strtoull(at, NULL, 10);
}

/* Ends the claim where a stack may not be as large as these want it. */
static void need_large_stack(void)
{
	struct rlimit limit;

	arrange(getrlimit(RLIMIT_STACK, &limit) == 0);
	if (limit.rlim_cur < 4 * ROOM_ADDED) {
		undecided("needs a stack of %d KiB: raise ulimit -s", 4 * ROOM_ADDED / KIB);
	}
}

static char *long_word(void)
{
	static char word[LONG_WORD];

	need_large_stack();
	memset(word, 'x', sizeof word - 1);
	return word;
}

/* The stack's area at the stop behind execve, before the first instruction. */
static struct usage stack_at_first(char *const *words, char *const *variables)
{
	int file = specimen_file(&does_as_told);

	START_TRACED(run) {
		arrange(ptrace(PTRACE_TRACEME, 0, NULL, NULL) == 0);
		assert_accepted(execve(specimen_path(file), words, variables));
	}

	uintptr_t start = start_of_stack(run.pid);
	struct usage stack = observe_usage_of(run.pid, "stack", page_of((void *)start),
					      page_size());

	arrange(start != 0 && ptrace(PTRACE_DETACH, run.pid, NULL, NULL) == 0);
	end_program(&run);
	assert_equals(specimen_said(&run, "stack"), start, "the stack pointer it started with");
	return stack;
}

CLAIM(the_heap_has_no_length, "exec-10",
      "At the start the break stands still where the heap begins, and no page is mapped above it",
      .needs = SPECIMENS)
{
	int file = specimen_file(&does_as_told);

	START_PROGRAM(run) {
		execve(specimen_path(file), (char *[]){"does_as_told", "break", NULL},
		       no_environment);
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

CLAIM(the_stack_is_in_use, "exec-11",
      "Behind execve, before the first instruction, pages of the stack have frames already",
      .needs = SPECIMENS | TRACING | AREA_USAGE)
{
	struct usage stack = stack_at_first((char *[]){"does_as_told", "addresses", NULL},
					    no_environment);

	assert_at_least(stack.anonymous, page_size(), "bytes of the stack that are resident");
	assert_at_least(stack.size, stack.anonymous, "bytes of its area");
}

CLAIM(the_stack_has_room, "exec-11",
      "The area of the stack is larger than what is used of it by 128 KiB, where its limit permits",
      .needs = SPECIMENS | TRACING | AREA_USAGE)
{
	need_large_stack();

	struct usage stack = stack_at_first((char *[]){"does_as_told", "addresses", NULL},
					    no_environment);

	assert_at_least(stack.size, ROOM_ADDED, "bytes of the stack's area");
}

CLAIM(arguments_are_on_the_stack, "exec-11",
      "What is passed to a program lies on its stack, above the stack pointer it starts with",
      .needs = SPECIMENS)
{
	char *const words[] = {"x", long_word()};
	int file = specimen_file(&does_as_told);
	unsigned long long in_use[2];

	for (int i = 0; i < 2; i++) {
		START_PROGRAM(run) {
			execve(specimen_path(file),
			       (char *[]){"does_as_told", words[i], "addresses", NULL},
			       no_environment);
		}
		in_use[i] = specimen_said(&run, "last_word") - specimen_said(&run, "stack");
	}
	assert_at_least(in_use[0], 1, "bytes from the stack pointer up to the last word");
	assert_at_most(in_use[0], LONG_WORD - 1,
		       "bytes from the stack pointer up to the last word");
	assert_at_least(in_use[1], LONG_WORD, "the same, behind a word of 100 KiB");
}

CONTROL(bss_is_mapped, "exec-10", "The same question for a page of bss finds that it is mapped",
	.needs = SPECIMENS)
{
	int file = specimen_file(&does_as_told);
	char question[40];

	START_PROGRAM(run) {
		execve(specimen_path(file), (char *[]){"does_as_told", "addresses", NULL},
		       no_environment);
	}
	snprintf(question, sizeof question, "mapped=%llu", specimen_said(&run, "bss"));
	START_PROGRAM(run) {
		execve(specimen_path(file), (char *[]){"does_as_told", question, NULL},
		       no_environment);
	}
	assert_equals(specimen_said(&run, "mapped"), 1, "whether the page is mapped");
}

CONTROL(a_longer_word_uses_more_of_it, "exec-11",
	"With a word of 100 KiB so much more of the stack is resident at the same stop",
	.needs = SPECIMENS | TRACING | AREA_USAGE)
{
	struct usage few = stack_at_first((char *[]){"does_as_told", "addresses", NULL},
					  no_environment);
	struct usage many = stack_at_first(
		(char *[]){"does_as_told", long_word(), "addresses", NULL}, no_environment);

	assert_at_least(many.anonymous, few.anonymous + LONG_WORD - 2 * page_size(),
			"bytes of the stack that are resident");
}
