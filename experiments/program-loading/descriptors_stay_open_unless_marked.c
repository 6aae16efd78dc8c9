/* SPDX-License-Identifier: MIT */
/*
 * Descriptors stay open over execve, unless they are marked
 * =========================================================
 *
 * Open files belong to the process, so the new program has them. All pipes of a shell work
 * like that: it opens, forks, puts a descriptor in place and calls execve; the program knows of nothing.
 * What should not be handed on is marked close-on-exec (O_CLOEXEC, FD_CLOEXEC) and is closed by
 * execve, but only by one that succeeds.
 *
 *      before execve                      after
 *      0 1 2     terminal                 0 1 2     terminal
 *      3         a file                   3         the same file, at the same offset
 *      4 marked  a secret                 -
 *
 * A mapping of the file is another matter: it ends with the memory, marked or not.
 *
 * Look with: fcntl(F_GETFD), called by the new program.
 * Read on:   fcntl(2) FD_CLOEXEC, open(2) O_CLOEXEC, execve(2).
 */
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("Descriptors stay open over execve, unless they are marked");

SPECIMEN(does_as_told);

static struct specimen_run run;

static char *question_of(int descriptor)
{
	static char questions[2][40];
	static unsigned turn;
	char *text = questions[turn++ % 2];

	snprintf(text, sizeof questions[0], "open=%d", descriptor);
	return text;
}

/* execve, in the block of START_PROGRAM: are these two open? */
static void ask(int file, int first, int second)
{
	assert_accepted(execve(specimen_path(file),
			       WORDS("does_as_told", question_of(first), question_of(second)),
			       NO_WORDS));
}

CLAIM(descriptors_stay_unless_marked, "exec-41",
      "A descriptor stays open over execve, and one marked close-on-exec is closed",
      .needs = SPECIMENS)
{
	int file = specimen_file(&does_as_told);
	int pages = memory_file(1, 1), stays = dup(pages), marked = dup(pages);

	arrange(stays >= 0 && marked >= 0);
	START_PROGRAM(run) {
		arrange(fcntl(marked, F_SETFD, FD_CLOEXEC) == 0);
		ask(file, marked, stays);
	}
	ck_assert_str_eq(run.output, "open=0\nopen=1\n");
	assert_equals(fcntl(marked, F_GETFD), 0,
		      "the mark, in the process that has not called execve");
}

CLAIM(a_refused_execve_closes_nothing, "exec-41 exec-03",
      "After an execve that was refused a marked descriptor is open, and still marked")
{
	int marked = memory_file(1, 1);
	unsigned char byte, expected;

	arrange(fcntl(marked, F_SETFD, FD_CLOEXEC) == 0);
	assert_refused(execve("/there is no such program", NO_WORDS, NO_WORDS), ENOENT);
	assert_equals(fcntl(marked, F_GETFD), FD_CLOEXEC, "its flags");
	read_at(marked, &byte, 1, page_size() - 1);
	pattern_bytes(&expected, 1, 1, page_size() - 1);
	assert_equals(byte, expected, "its file's last byte");
}

CONTROL(a_mark_can_be_taken_away, "exec-41 exec-03",
	"A mark that was taken away before has no effect, and what was never open is not open",
	.needs = SPECIMENS)
{
	int file = specimen_file(&does_as_told), marked = memory_file(1, 1);

	arrange(fcntl(marked, F_SETFD, FD_CLOEXEC) == 0);
	START_PROGRAM(run) {
		arrange(fcntl(marked, F_SETFD, 0) == 0);
		ask(file, marked, 1 << 30);
	}
	ck_assert_str_eq(run.output, "open=1\nopen=0\n");
}
