/* SPDX-License-Identifier: MIT */
/*
 * A new program's stack is in use already
 * =======================================
 *
 * Document 002: "The stack and heap are also demand-zero, initially of zero length." Of the stack that is
 * not so. Arguments, environment and the kernel's notes for the program have to lie somewhere, and
 * they lie on the stack before its first instruction. So at least a page of it has a frame, and
 * its area is larger still: the kernel adds 128 KiB to what is used at once.
 *
 *      |  room, 128 KiB, no frames       | in use                                   |
 *      ^ the area begins                 ^ stack pointer: argc argv envp notes strings
 *
 * Look with: a stop behind execve (ptrace), and smaps; a program that tells its stack pointer.
 * Read on:   execve(2), ptrace(2), proc(5) "stat" startstack; document 002.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("A new program's stack is in use already");

SPECIMEN(does_as_told);

enum { KIB = 1024, ROOM_ADDED = 128 * KIB, LONG_WORD = 100 * KIB };

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

CLAIM(the_stack_is_in_use, "exec-11",
      "Behind execve, before the first instruction, pages of the stack have frames already",
      .needs = SPECIMENS | TRACING | AREA_USAGE)
{
	struct usage stack = stack_at_first(WORDS("does_as_told", "addresses"), NO_WORDS);

	assert_at_least(stack.anonymous, page_size(), "bytes of the stack that are resident");
	assert_at_least(stack.size, stack.anonymous, "bytes of its area");
}

CLAIM(the_stack_has_room, "exec-11",
      "The area of the stack is larger than what is used of it by 128 KiB, where its limit permits",
      .needs = SPECIMENS | TRACING | AREA_USAGE)
{
	need_large_stack();

	struct usage stack = stack_at_first(WORDS("does_as_told", "addresses"), NO_WORDS);

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
			execve(specimen_path(file), WORDS("does_as_told", words[i], "addresses"),
			       NO_WORDS);
		}
		in_use[i] = specimen_said(&run, "last_word") - specimen_said(&run, "stack");
	}
	assert_at_least(in_use[0], 1, "bytes from the stack pointer up to the last word");
	assert_at_most(in_use[0], LONG_WORD - 1,
		       "bytes from the stack pointer up to the last word");
	assert_at_least(in_use[1], LONG_WORD, "the same, behind a word of 100 KiB");
}

CONTROL(a_longer_word_uses_more_of_it, "exec-11",
	"With a word of 100 KiB so much more of the stack is resident at the same stop",
	.needs = SPECIMENS | TRACING | AREA_USAGE)
{
	struct usage few = stack_at_first(WORDS("does_as_told", "addresses"), NO_WORDS);
	struct usage many = stack_at_first(WORDS("does_as_told", long_word(), "addresses"),
					   NO_WORDS);

	assert_at_least(many.anonymous, few.anonymous + LONG_WORD - 2 * page_size(),
			"bytes of the stack that are resident");
}
