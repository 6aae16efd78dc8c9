/* SPDX-License-Identifier: MIT */
/*
 * A program needs no name to be run
 * =================================
 *
 * execve wants a name, looks it up and runs the file that it finds. But a file need not have a name: it may
 * have been unlinked, or made in memory (memfd_create). execveat(2) with AT_EMPTY_PATH runs what a
 * descriptor stands for, and nothing can be exchanged between the look at the file and the start of it.
 *
 *      execve("/bin/ls")                  name -> look-up -> file -> run       AT_EXECFN "/bin/ls"
 *      execveat(7, "", AT_EMPTY_PATH)               descriptor 7 -> run        AT_EXECFN "/dev/fd/7"
 *
 * The new program can tell by AT_EXECFN, in its auxiliary vector. Everything else is the same.
 *
 * Look with: a program that says AT_EXECFN and its words.
 * Read on:   execveat(2), fexecve(3), getauxval(3).
 */
#include <fcntl.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("A program needs no name to be run");

SPECIMEN(does_as_told);

static char *const speak[] = {"does_as_told", "auxiliary", "words", NULL};
static struct specimen_run run;

CLAIM(a_descriptor_needs_no_name, "exec-43",
      "execveat runs what a descriptor stands for, and AT_EXECFN tells by which name it was run",
      .needs = SPECIMENS)
{
	int file = specimen_file(&does_as_told);
	char expected[60];

	START_PROGRAM(run) {
		assert_accepted(syscall(SYS_execveat, file, "", speak, NO_WORDS, AT_EMPTY_PATH));
	}
	snprintf(expected, sizeof expected, "\nname [/dev/fd/%d]\n", file);
	ck_assert_ptr_nonnull(strstr(run.output, expected));
	START_PROGRAM(run) {
		assert_accepted(execve(specimen_path(file), speak, NO_WORDS));
	}
	snprintf(expected, sizeof expected, "\nname [%s]\n", specimen_path(file));
	ck_assert_ptr_nonnull(strstr(run.output, expected));
}

CLAIM(everything_else_is_the_same, "exec-43",
      "Run by its descriptor a program gets the same words, variables and number",
      .needs = SPECIMENS)
{
	int file = specimen_file(&does_as_told);

	START_PROGRAM(run) {
		assert_accepted(syscall(SYS_execveat, file, "",
					WORDS("zero", "words", "pid", "wait"), WORDS("A=1"),
					AT_EMPTY_PATH));
	}
	assert_equals(specimen_said(&run, "pid"), run.pid, "its number");
	end_program(&run);
	ck_assert_ptr_eq(strstr(run.output, "count=4\nword [zero]\nword [words]\nword [pid]\n"
					    "word [wait]\nvariable [A=1]\n"),
			 run.output);
}

CONTROL(an_empty_name_is_none, "exec-43",
	"Without the flag an empty name is ENOENT, and a descriptor that is a folder EACCES with "
	"it",
	.needs = SPECIMENS)
{
	int file = specimen_file(&does_as_told), folder = open("/", O_RDONLY | O_CLOEXEC);

	arrange(folder >= 0);
	assert_refused(syscall(SYS_execveat, file, "", speak, NO_WORDS, 0), ENOENT);
	assert_refused(syscall(SYS_execveat, folder, "", speak, NO_WORDS, AT_EMPTY_PATH), EACCES);
}
