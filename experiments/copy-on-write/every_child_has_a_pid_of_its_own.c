/* SPDX-License-Identifier: MIT */
/*
 * Every child has a process number of its own
 * ===========================================
 *
 * fork makes "various data structures for the new process and assigns it a unique PID" (document
 * 002). Unique among the living, that is: a number belongs to its process until that was waited
 * for, and may be given again afterwards. fork says it twice, once on either side: the parent gets
 * the child's number, the child gets 0 and can ask.
 *
 *      parent 100 --fork--> 101        fork() = 101 here       getpid() = 101,
 *                 --fork--> 102        fork() = 102            getppid() = 100 there
 *                 --fork--> 103 ...
 *
 * The opposite of a fork in this respect is a thread: it has a task of its own and shares the
 * number, as it shares the memory.
 *
 * Look with: getpid(2), getppid(2), kill(2) with signal 0.
 * Read on:   fork(2), getpid(2), clone(2) CLONE_THREAD; document 002 "fork revisited".
 */
#include <pthread.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("Every child has a process number of its own");

enum { CHILDREN = 32 };

CLAIM(no_two_living_processes_share_a_number, "fork-01",
      "Of a parent and its living children no two have the same process number")
{
	struct child children[CHILDREN];

	for (size_t i = 0; i < CHILDREN; i++) {
		START_CHILD(children[i]) {
			hand_over(); /* lives until the claim ends */
		}
	}
	for (size_t i = 0; i < CHILDREN; i++) {
		assert_differs(children[i].pid, getpid(), "a child's number");
		assert_equals(kill(children[i].pid, 0), 0, "whether it lives");
		for (size_t k = 0; k < i; k++) {
			assert_differs(children[i].pid, children[k].pid, "a child's number");
		}
	}
}

CLAIM(both_sides_agree_on_the_number, "fork-01",
      "The number that fork gave the parent is the one that the child goes by")
{
	struct child child;
	pid_t told[2];

	for (size_t i = 0; i < CHILDREN / 4; i++) {
		START_CHILD(child) {
			pid_t mine[2] = {getpid(), getppid()};

			tell_parent(mine, sizeof mine);
		}
		hear_from(&child, told, sizeof told);
		assert_equals(told[0], child.pid, "the child's getpid()");
		assert_equals(told[1], getpid(), "the child's getppid()");
	}
}

CLAIM(a_number_is_kept_until_it_was_waited_for, "fork-01",
      "The number of a child that has ended is given to nobody before the parent has waited for it")
{
	pid_t ended = fork();

	arrange(ended >= 0);
	if (ended == 0) {
		_exit(0);
	}

	siginfo_t info;

	arrange(waitid(P_PID, (id_t)ended, &info, WEXITED | WNOWAIT) == 0);
	for (size_t i = 0; i < CHILDREN / 4; i++) {
		struct child next;

		START_CHILD(next) {
		}
		assert_differs(next.pid, ended, "the next child's number");
	}
	assert_equals(kill(ended, 0), 0, "whether the number is still taken");
	assert_equals(waitpid(ended, NULL, 0), ended, "whom waitpid(2) waited for");
	assert_refused(waitpid(ended, NULL, 0), ECHILD);
}

static void *ask(void *answer)
{
	*(pid_t *)answer = getpid();
	return NULL;
}

CONTROL(a_thread_has_the_number_of_its_process, "fork-01",
	"A second thread goes by the same process number")
{
	pthread_t thread;
	pid_t answer = 0;

	arrange(pthread_create(&thread, NULL, ask, &answer) == 0);
	arrange(pthread_join(thread, NULL) == 0);
	assert_equals(answer, getpid(), "the thread's getpid()");
}
