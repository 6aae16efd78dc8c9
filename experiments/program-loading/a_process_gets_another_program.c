/* SPDX-License-Identifier: MIT */
/*
 * execve puts another program into the same process
 * =================================================
 *
 * Document 002 says it in one sentence: execve loads and runs a program "within the current
 * process". No process is made. The one that calls keeps its number and its parent, and gets
 * other memory with another program in it. Whoever waits for it waits for the new program.
 *
 *      process 700                           process 700
 *      +-------------------+                 +-------------------+
 *      | program: shell    |     execve      | program: ls       |
 *      | memory: its own   |  ------------>  | memory: all new   |
 *      | thread 700        |                 | thread 700        |
 *      | threads 701, 702  |                 +-------------------+
 *      +-------------------+
 *
 * Threads run in memory, and that memory ends. So all of them end but the caller; and if the
 * caller was not the first thread of its process, it becomes that, and takes its number.
 *
 * Look with: getpid, getppid and gettid in the new program; /proc/PID/exe; /proc/PID/task.
 * Read on:   execve(2), pthreads(7); document 002 "The execve Function Revisited".
 */
#include <dirent.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("execve puts another program into the same process");

SPECIMEN(does_as_told);

static char *const no_environment[] = {NULL};
static char *const tell_who_and_wait[] = {"does_as_told", "pid", "wait", NULL};
static struct specimen_run run;

static size_t count_threads(pid_t process)
{
	char path[40];
	size_t count = 0;

	snprintf(path, sizeof path, "/proc/%d/task", (int)process);

	DIR *tasks = opendir(path);

	arrange(tasks != NULL);
	for (struct dirent *entry; (entry = readdir(tasks));) {
		count += entry->d_name[0] != '.';
	}
	closedir(tasks);
	return count;
}

static void *wait_for_ever(void *unused)
{
	for (;;) {
		pause();
	}
	return unused;
}

static void *become_the_program(void *file)
{
	assert_accepted(execve(specimen_path(*(int *)file), tell_who_and_wait, no_environment));
	return NULL;
}

static void start_thread(void *(*start)(void *), void *argument)
{
	pthread_t thread;

	arrange((errno = pthread_create(&thread, NULL, start, argument)) == 0);
}

CLAIM(the_number_stays, "exec-01",
      "The new program has the number and the parent of the process that called execve",
      .needs = SPECIMENS)
{
	int file = specimen_file(&does_as_told);

	START_PROGRAM(run) {
		assert_accepted(execve(specimen_path(file), tell_who_and_wait, no_environment));
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
		assert_accepted(execve(specimen_path(file), tell_who_and_wait, no_environment));
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

CLAIM(other_threads_are_gone, "exec-30",
      "Whichever thread calls execve, it alone is left, and has the number of the process",
      .needs = SPECIMENS)
{
	int file = specimen_file(&does_as_told);

	for (int first = 0; first <= 1; first++) {
		START_PROGRAM(run) {
			start_thread(wait_for_ever, NULL);
			if (first) {
				become_the_program(&file);
			}
			start_thread(become_the_program, &file);
			wait_for_ever(NULL);
		}
		assert_equals(specimen_said(&run, "pid"), run.pid, "the new program's number");
		assert_equals(specimen_said(&run, "thread"), run.pid, "its thread's number");
		assert_equals(count_threads(run.pid), 1, "its threads");
		end_program(&run);
	}
}

CONTROL(a_forked_child_has_another_number, "exec-01",
	"The process that forked and waits does not have the number that the new program has",
	.needs = SPECIMENS)
{
	int file = specimen_file(&does_as_told);
	unsigned long long numbers[2];

	for (int i = 0; i < 2; i++) {
		START_PROGRAM(run) {
			execve(specimen_path(file), tell_who_and_wait, no_environment);
		}
		numbers[i] = specimen_said(&run, "pid");
		if (i == 0) {
			assert_differs(numbers[i], getpid(), "the new program's number");
		}
		end_program(&run);
	}
	assert_differs(numbers[1], numbers[0], "the number of the next one");
}

CONTROL(without_execve_threads_stay, "exec-30",
	"A process whose threads wait has them all, under numbers of their own", .needs = SPECIMENS)
{
	IN_CHILD {
		assert_equals(count_threads(getpid()), 1, "threads at first");
		start_thread(wait_for_ever, NULL);
		start_thread(wait_for_ever, NULL);
		assert_equals(count_threads(getpid()), 3, "threads then");
	}
}
