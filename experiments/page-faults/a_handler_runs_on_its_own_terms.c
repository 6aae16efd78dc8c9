/* SPDX-License-Identifier: MIT */
/*
 * A handler of faults runs on the terms it was installed with
 * ===========================================================
 *
 * While a handler runs, its own signal waits, and so do those of its sa_mask; on return everything
 * is as it was. With SA_NODEFER the own signal does not wait, and a handler that faults calls
 * itself.
 *
 *      flags           in the handler               a fault in the handler
 *      none            SIGSEGV, sa_mask blocked     kills
 *      SA_NODEFER      sa_mask blocked              is handled
 *
 * A fault cannot wait: where its signal is blocked the process ends. So a pager that runs in a
 * handler must not fault itself, or must have said SA_NODEFER.
 *
 * Look with: the signal mask inside the handler and behind it; how children end.
 * Read on:   sigaction(2), sigprocmask(2); document 004 section 6.5.
 */
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("A handler of faults runs on the terms it was installed with");

enum { PAGES = 2 };

static char *area; /* closed pages */
static volatile int depth, deepest, calls;
static volatile bool faults_itself, segv_waits, usr1_waits, usr2_waits;

static void open_a_page(int signal, siginfo_t *info, void *context)
{
	sigset_t blocked;

	(void)signal;
	(void)context;
	calls++;
	deepest = ++depth > deepest ? depth : deepest;
	sigprocmask(SIG_SETMASK, NULL, &blocked);
	segv_waits = sigismember(&blocked, SIGSEGV);
	usr1_waits = sigismember(&blocked, SIGUSR1);
	usr2_waits = sigismember(&blocked, SIGUSR2);
	if (faults_itself) {
		faults_itself = false;
		store(page(area, 1), 'n');
	}
	mprotect(page_of(info->si_addr), page_size(), PROT_READ | PROT_WRITE);
	depth--;
}

/* Two closed pages, and the handler with these flags, for whose time SIGUSR1 waits. */
static void install(int flags)
{
	struct sigaction action = {.sa_sigaction = open_a_page, .sa_flags = SA_SIGINFO | flags};

	sigemptyset(&action.sa_mask);
	sigaddset(&action.sa_mask, SIGUSR1);
	arrange(sigaction(SIGSEGV, &action, NULL) == 0);
	area = fresh_pages(PAGES, MAP_PRIVATE);
	arrange(mprotect(area, PAGES * page_size(), PROT_NONE) == 0);
	calls = depth = deepest = 0;
}

/* The signal that kills a child which stores to the closed pages; 0: it goes on to its end. */
static int signal_of_two_stores(bool handler_faults)
{
	pid_t child = fork();
	int status;

	arrange(child >= 0);
	if (child == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		prctl(PR_SET_DUMPABLE, 0); /* no core file */
		faults_itself = handler_faults;
		store(area, 'a');
		store(page(area, 1), 'b');
		_exit(0);
	}
	arrange(waitpid(child, &status, 0) == child);
	return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

CLAIM(its_mask_holds_while_it_runs, "sigact-06",
      "In the handler its own signal and those of sa_mask are blocked, and afterwards none of them")
{
	sigset_t before, after;

	install(0);
	for (size_t i = 0; i < PAGES; i++) {
		arrange(sigprocmask(SIG_SETMASK, NULL, &before) == 0);
		store(page(area, i), 's');
		arrange(sigprocmask(SIG_SETMASK, NULL, &after) == 0);
		assert_equals(calls, i + 1, "calls of the handler");
		assert_equals(segv_waits, true, "whether SIGSEGV was blocked in it");
		assert_equals(usr1_waits, true, "whether SIGUSR1 was, which sa_mask names");
		assert_equals(usr2_waits, false, "whether SIGUSR2 was, which nobody named");
		for (int signal = 1; signal < 32; signal++) {
			assert_equals(sigismember(&after, signal), sigismember(&before, signal),
				      "whether a signal is blocked afterwards");
		}
		assert_byte(page(area, i), 's', "what was stored");
	}
}

CLAIM(with_nodefer_it_may_fault_itself, "sigact-07",
      "With SA_NODEFER its own signal is not blocked, and a handler that faults is called once "
      "more")
{
	install(SA_NODEFER);
	faults_itself = true;
	store(area, 's');
	assert_equals(calls, 2, "calls of the handler");
	assert_equals(deepest, 2, "handlers at once");
	assert_equals(segv_waits, false, "whether SIGSEGV was blocked");
	assert_equals(usr1_waits, true, "whether SIGUSR1 was, which sa_mask names");
	assert_byte(area, 's', "what the program stored");
	assert_byte(page(area, 1), 'n', "what the handler stored");
}

CLAIM(a_fault_in_the_handler_kills, "sigact-07",
      "Without SA_NODEFER a handler that faults ends the process by SIGSEGV")
{
	install(0);
	assert_equals(signal_of_two_stores(true), SIGSEGV, "the signal that killed the child");
	assert_equals(signal_of_two_stores(false), 0, "the same, of a handler that does not fault");
}

CONTROL(an_ordinary_handler_serves_on, "sigact-06 sigact-07",
	"An ordinary handler is called once a fault, and one at a time")
{
	install(0);
	for (size_t i = 0; i < PAGES; i++) {
		store(page(area, i), 's');
		assert_equals(calls, i + 1, "calls of the handler");
		assert_equals(deepest, 1, "handlers at once");
	}
}
