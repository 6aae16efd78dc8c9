/* SPDX-License-Identifier: MIT */
/*
 * A fault can be handled, but neither ignored nor put off
 * =======================================================
 *
 * A signal that is blocked waits, and one that is ignored is dropped; so it is with a SIGSEGV that
 * somebody sends. With a SIGSEGV that the processor raised it cannot be so. The instruction cannot be
 * completed, and to return to it would be to fault again, for ever. The kernel sees to that:
 * where such a signal is blocked or ignored it makes the action the default, and the process ends.
 *
 *                        sent by kill(2) or raise(3)       raised by an access
 *      handled           the handler is called             the handler is called
 *      blocked           waits until it is unblocked       killed, handler or not
 *      ignored           nothing happens                   killed
 *
 * Look with: how children end; signals that are pending.
 * Read on:   sigaction(2), sigprocmask(2), signal(7); document 004 section 14.4.
 */
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("A fault can be handled, but neither ignored nor put off");

enum { HANDLED = 3, WENT_ON = 0 };

static volatile int calls;

static void leave(int signal)
{
	(void)signal;
	_exit(HANDLED);
}

static void count(int signal)
{
	(void)signal;
	calls++;
}

static void act(int signal, void (*handler)(int))
{
	struct sigaction action = {.sa_handler = handler};

	sigemptyset(&action.sa_mask);
	arrange(sigaction(signal, &action, NULL) == 0);
}

static void mask(int how, int signal)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, signal);
	arrange(sigprocmask(how, &set, NULL) == 0);
}

/* How a child ends that does this with the signal, and then accesses a closed page; or sends it. */
static int end_of_child(void (*handler)(int), bool blocked, int signal, char *address)
{
	pid_t child = fork();
	int status;

	arrange(child >= 0);
	if (child == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		prctl(PR_SET_DUMPABLE, 0); /* no core file */
		act(signal, handler);
		mask(blocked ? SIG_BLOCK : SIG_UNBLOCK, signal);
		if (address) {
			store(address, 1);
		} else {
			raise(signal);
		}
		_exit(WENT_ON);
	}
	arrange(waitpid(child, &status, 0) == child);
	return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}

/* A page that may not be accessed, and one of a mapping behind the end of its file. */
static char *closed_page(void)
{
	char *area = fresh_pages(1, MAP_PRIVATE);

	arrange(mprotect(area, page_size(), PROT_NONE) == 0);
	return area;
}

static char *page_behind_file(void)
{
	return page(fresh_mapping(2, MAP_SHARED, memory_file(1, 1)), 1);
}

CLAIM(ignored_it_kills, "sigact-09",
      "A fault whose signal is ignored kills the process by that signal, SIGSEGV or SIGBUS")
{
	char *closed = closed_page(), *behind = page_behind_file();

	for (int round = 0; round < 2; round++) {
		assert_equals(end_of_child(SIG_IGN, false, SIGSEGV, closed), -SIGSEGV,
			      "how a child ends that ignores SIGSEGV");
		assert_equals(end_of_child(SIG_IGN, false, SIGBUS, behind), -SIGBUS,
			      "how a child ends that ignores SIGBUS");
	}
}

CLAIM(blocked_it_kills, "sigact-09",
      "A fault whose signal is blocked kills the process, and its handler is not called")
{
	char *closed = closed_page(), *behind = page_behind_file();

	for (int round = 0; round < 2; round++) {
		assert_equals(end_of_child(leave, true, SIGSEGV, closed), -SIGSEGV,
			      "how a child ends that blocks SIGSEGV");
		assert_equals(end_of_child(SIG_DFL, true, SIGSEGV, closed), -SIGSEGV,
			      "how it ends without a handler");
		assert_equals(end_of_child(leave, true, SIGBUS, behind), -SIGBUS,
			      "how a child ends that blocks SIGBUS");
	}
}

CONTROL(a_signal_that_was_sent_can_be, "sigact-09",
	"A SIGSEGV that was sent is dropped where it is ignored, and waits where it is blocked")
{
	sigset_t pending;

	assert_equals(end_of_child(SIG_IGN, false, SIGSEGV, NULL), WENT_ON,
		      "how a child ends that ignores it");
	assert_equals(end_of_child(leave, true, SIGSEGV, NULL), WENT_ON,
		      "how a child ends that blocks it");
	assert_equals(end_of_child(leave, false, SIGSEGV, NULL), HANDLED,
		      "how a child ends that handles it");
	act(SIGSEGV, count);
	mask(SIG_BLOCK, SIGSEGV);
	raise(SIGSEGV);
	arrange(sigpending(&pending) == 0);
	assert_equals(sigismember(&pending, SIGSEGV), 1, "whether it is pending");
	assert_equals(calls, 0, "calls of the handler while it was blocked");
	mask(SIG_UNBLOCK, SIGSEGV);
	assert_equals(calls, 1, "calls of the handler then");
}
