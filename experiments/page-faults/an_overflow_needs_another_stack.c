/* SPDX-License-Identifier: MIT */
/*
 * The overflow of a stack can be handled on another stack only
 * ============================================================
 *
 * When SIGSEGV says that the stack has run out of room (document 004, 3.6), there is nothing to stand
 * on for a handler: the kernel cannot even write down what it is to return to. So it makes the action
 * the default, and the process is killed, handler or not. An alternate stack saves it.
 *
 *      stack                           alternate stack
 *      | main()    |                   |              |
 *      | recursion |                   | handler()    |  which may end the process in an
 *      | recursion |                   |              |  orderly way, or jump out
 *      +-----------+ SIGSEGV --------> +--------------+
 *                    SIGSEGV --------> nowhere: killed
 *
 * Look with: how children end whose recursion has no end.
 * Read on:   sigaltstack(2) "NOTES", getrlimit(2) RLIMIT_STACK; document 004 sections 3.6 and 20.4.
 */
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("The overflow of a stack can be handled on another stack only");

enum {
	SIZE = 256 * 1024,
	FRAME = 512,
	LIMIT = 512 * 1024,
	ENDLESS = 64 * LIMIT / FRAME,
	HANDLED = 3
};

static char alternate[SIZE] __attribute__((aligned(64)));

/* Each frame is written to, at both ends, and goes on below the last one. */
__attribute__((noinline)) static void descend(volatile size_t depth)
{
	volatile char frame[FRAME];

	frame[FRAME - 1] = frame[0] = 'd';
	if (depth > 0) {
		descend(depth - 1);
	}
	frame[1] = frame[0]; /* so that the call is not the last thing, and cannot become a jump */
}

static void leave(int signal)
{
	(void)signal;
	_exit(HANDLED);
}

/* How a child ends that goes so deep: its exit status, or the signal that killed it, negative. */
static int end_of_descent(size_t depth, bool with_alternate, int flags)
{
	pid_t child = fork();
	int status;

	arrange(child >= 0);
	if (child == 0) {
		struct sigaction action = {.sa_handler = leave, .sa_flags = flags};
		stack_t stack = {.ss_sp = alternate, .ss_size = SIZE},
			none = {.ss_flags = SS_DISABLE};
		struct rlimit limit;

		prctl(PR_SET_PDEATHSIG, SIGKILL);
		prctl(PR_SET_DUMPABLE, 0); /* no core file */
		getrlimit(RLIMIT_STACK, &limit);
		limit.rlim_cur = limit.rlim_cur < LIMIT ? limit.rlim_cur : LIMIT;
		setrlimit(RLIMIT_STACK, &limit);
		sigaltstack(with_alternate ? &stack : &none, NULL);
		sigaction(SIGSEGV, &action, NULL);
		descend(depth);
		_exit(0);
	}
	arrange(waitpid(child, &status, 0) == child);
	return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}

CLAIM(without_one_an_overflow_kills, "sigact-04",
      "A stack overflow kills a process whose handler has no other stack, by SIGSEGV")
{
	for (int round = 0; round < 2; round++) {
		assert_equals(end_of_descent(ENDLESS, false, SA_ONSTACK), -SIGSEGV,
			      "how a child ends that has no other stack");
		assert_equals(end_of_descent(ENDLESS, true, 0), -SIGSEGV,
			      "how one ends that has one, and a handler that does not use it");
	}
}

CLAIM(with_one_it_is_handled, "sigact-04",
      "With an alternate stack the same overflow is handled, and the process may end as it likes")
{
	for (int round = 0; round < 2; round++) {
		assert_equals(end_of_descent(ENDLESS, true, SA_ONSTACK), HANDLED,
			      "exit status of a child whose handler has another stack");
	}
}

CONTROL(a_descent_that_ends_needs_none, "sigact-04",
	"A recursion that stays within the limit returns, with or without another stack")
{
	assert_equals(end_of_descent(8, false, SA_ONSTACK), 0, "exit status without another stack");
	assert_equals(end_of_descent(8, true, SA_ONSTACK), 0, "exit status with one");
}
