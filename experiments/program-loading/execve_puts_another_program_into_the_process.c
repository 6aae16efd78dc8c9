/* SPDX-License-Identifier: MIT */
/*
 * execve puts another program into the process
 * ============================================
 *
 * Document 002 says it in one sentence: execve loads and runs a program "within the current
 * process". No process is made. The one that calls keeps its number and its parent, and gets
 * other memory with another program in it. Whoever waits for it waits for the new program.
 *
 *      process 700                           process 700
 *      +-------------------+                 +-------------------+
 *      | program: shell    |     execve      | program: ls       |
 *      | memory: its own   |  ------------>  | memory: all new   |
 *      +-------------------+                 +-------------------+
 *      child of 500                          child of 500
 *
 * Look with: getpid and getppid in the new program; /proc/PID/exe.
 * Read on:   execve(2); document 002 "The execve Function Revisited".
 */
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("execve puts another program into the process");

SPECIMEN(does_as_told);

static char *const tell_who_and_wait[] = {"does_as_told", "pid", "wait", NULL};
static struct specimen_run run;

CLAIM(the_number_stays, "exec-01",
      "The new program has the number and the parent of the process that called execve",
      .needs = SPECIMENS)
{
	int file = specimen_file(&does_as_told);

	START_PROGRAM(run) {
		assert_accepted(execve(specimen_path(file), tell_who_and_wait, NO_WORDS));
	}
	assert_equals(specimen_said(&run, "pid"), run.pid, "the new program's number");
	assert_equals(specimen_said(&run, "parent"), getpid(), "its parent's number");
	end_program(&run);
}

CLAIM(the_program_is_another_one, "exec-01",
      "The process runs the file that it was given, and that of its old program no longer",
      .needs = SPECIMENS)
{
	int file = specimen_file(&does_as_told);
	struct stat given, own, now;
	char path[40];

	START_PROGRAM(run) {
		assert_accepted(execve(specimen_path(file), tell_who_and_wait, NO_WORDS));
	}
	snprintf(path, sizeof path, "/proc/%d/exe", (int)run.pid);
	arrange(fstat(file, &given) == 0 && stat("/proc/self/exe", &own) == 0);
	arrange(stat(path, &now) == 0);
	assert_equals(now.st_ino, given.st_ino, "the inode of the file it runs");
	assert_equals(now.st_dev, given.st_dev, "the device of the file it runs");
	assert_equals(now.st_ino == own.st_ino && now.st_dev == own.st_dev, false,
		      "whether it is that of the old program");
	end_program(&run);
}

CONTROL(a_forked_child_has_another_number, "exec-01",
	"The process that forked and waits does not have the number that the new program has",
	.needs = SPECIMENS)
{
	int file = specimen_file(&does_as_told);
	unsigned long long numbers[2];

	for (int i = 0; i < 2; i++) {
		START_PROGRAM(run) {
			execve(specimen_path(file), tell_who_and_wait, NO_WORDS);
		}
		numbers[i] = specimen_said(&run, "pid");
		if (i == 0) {
			assert_differs(numbers[i], getpid(), "the new program's number");
		}
		end_program(&run);
	}
	assert_differs(numbers[1], numbers[0], "the number of the next one");
}
