/* SPDX-License-Identifier: MIT */
/*
 * execve leaves one thread
 * ========================
 *
 * Threads of a process run in one memory, and execve ends that memory. A thread cannot go on in a
 * program that it never was part of, so all of them end but the one that called. That one becomes the
 * new program's first and only thread; and if it was not the first one of its process, it takes
 * the first one's number, which is the number of the process.
 *
 *      before                                     after
 *      process 700:  thread 700   waits           process 700:  thread 700
 *                    thread 701   waits
 *                    thread 702   calls execve ----------------> it was 702
 *
 * Look with: getpid and gettid in the new program; /proc/PID/task, which has an entry a thread.
 * Read on:   execve(2) "Effect on process attributes", pthreads(7), gettid(2).
 */
#include <dirent.h>
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("execve leaves one thread");

SPECIMEN(does_as_told);

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
	assert_accepted(execve(specimen_path(*(int *)file), tell_who_and_wait, NO_WORDS));
	return NULL;
}

static void start_thread(void *(*start)(void *), void *argument)
{
	pthread_t thread;

	arrange((errno = pthread_create(&thread, NULL, start, argument)) == 0);
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
