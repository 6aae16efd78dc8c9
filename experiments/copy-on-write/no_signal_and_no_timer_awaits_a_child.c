/* SPDX-License-Identifier: MIT */
/*
 * No signal and no timer awaits a child
 * =====================================
 *
 * The child goes on in the middle of its parent's program, but nothing is on its way to it that was on
 * its way to the parent. A signal that pends, because it is blocked, is the parent's to take.
 * A timer that was set goes off once, in the parent. Otherwise each fork would multiply
 * them: two handlers would run for one alarm.
 *
 *      parent   SIGUSR1 pends, alarm in 1000 seconds ----- still so
 *      child    \-- nothing pends, nothing is set
 *
 * Look with: sigpending(2), getitimer(2), timer_gettime(2).
 * Read on:   fork(2), signal(7), setitimer(2), timer_create(2); document 002 "fork revisited".
 */
#include <signal.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("No signal and no timer awaits a child");

enum { LATER = 1000 };

CLAIM(no_signal_is_pending, "fork-31",
      "A signal that is pending at the fork stays the parent's: the child has none, now or later")
{
	sigset_t blocked, pending;

	sigemptyset(&blocked);
	sigaddset(&blocked, SIGUSR1);
	sigaddset(&blocked, SIGUSR2);
	arrange(sigprocmask(SIG_BLOCK, &blocked, NULL) == 0);
	arrange(raise(SIGUSR1) == 0 &&
		kill(getpid(), SIGUSR2) == 0); /* one to the thread, one to all */
	IN_CHILD {
		arrange(sigpending(&pending) == 0);
		assert_equals(sigismember(&pending, SIGUSR1), 0,
			      "whether SIGUSR1 pends in the child");
		assert_equals(sigismember(&pending, SIGUSR2), 0,
			      "whether SIGUSR2 pends in the child");
		arrange(sigprocmask(SIG_UNBLOCK, &blocked, NULL) == 0); /* they would end it */
	}
	arrange(sigpending(&pending) == 0);
	assert_equals(sigismember(&pending, SIGUSR1), 1, "whether SIGUSR1 pends in the parent");
	assert_equals(sigismember(&pending, SIGUSR2), 1, "whether SIGUSR2 pends in the parent");
}

CONTROL(who_sends_to_a_child_reaches_it, "fork-31",
	"A signal that the child has blocked and sends itself is pending there, and only there")
{
	sigset_t blocked, pending;

	sigemptyset(&blocked);
	sigaddset(&blocked, SIGUSR1);
	arrange(sigprocmask(SIG_BLOCK, &blocked, NULL) == 0);
	IN_CHILD {
		arrange(raise(SIGUSR1) == 0 && sigpending(&pending) == 0);
		assert_equals(sigismember(&pending, SIGUSR1), 1,
			      "whether SIGUSR1 pends in the child");
	}
	arrange(sigpending(&pending) == 0);
	assert_equals(sigismember(&pending, SIGUSR1), 0, "whether SIGUSR1 pends in the parent");
}

CLAIM(no_timer_is_set, "fork-35",
      "Of its parent's alarm, interval timers and POSIX timers the child has none")
{
	const int each[] = {ITIMER_REAL, ITIMER_VIRTUAL, ITIMER_PROF};
	struct itimerval value = {.it_value.tv_sec = LATER}, left;
	struct itimerspec later = {.it_value.tv_sec = LATER}, rest;
	struct sigevent event = {.sigev_notify = SIGEV_NONE};
	timer_t timer;

	for (size_t i = 0; i < 3; i++) {
		arrange(setitimer(each[i], &value, NULL) == 0);
	}
	arrange(timer_create(CLOCK_MONOTONIC, &event, &timer) == 0);
	arrange(timer_settime(timer, 0, &later, NULL) == 0);
	IN_CHILD {
		for (size_t i = 0; i < 3; i++) {
			arrange(getitimer(each[i], &left) == 0);
			assert_equals(left.it_value.tv_sec + left.it_value.tv_usec, 0,
				      "what is left of the child's interval timer");
		}
		assert_refused(timer_gettime(timer, &rest), EINVAL);
	}
}

CONTROL(the_parents_timers_go_on, "fork-35",
	"The parent's timers are still running after the fork, and the child's end changes none")
{
	struct itimerval value = {.it_value.tv_sec = LATER}, left;
	struct itimerspec later = {.it_value.tv_sec = LATER}, rest;
	struct sigevent event = {.sigev_notify = SIGEV_NONE};
	timer_t timer;

	arrange(setitimer(ITIMER_REAL, &value, NULL) == 0);
	arrange(timer_create(CLOCK_MONOTONIC, &event, &timer) == 0);
	arrange(timer_settime(timer, 0, &later, NULL) == 0);
	IN_CHILD {
		alarm(2 * LATER);
	}
	arrange(getitimer(ITIMER_REAL, &left) == 0);
	assert_at_least(left.it_value.tv_sec, 1, "seconds left of the parent's alarm");
	assert_at_most(left.it_value.tv_sec, LATER, "seconds left of the parent's alarm");
	assert_accepted(timer_gettime(timer, &rest));
	assert_at_least(rest.it_value.tv_sec, 1, "seconds left of its POSIX timer");
}
