/* SPDX-License-Identifier: MIT */
/*
 * The signal mask that a handler leaves in its context holds
 * ==========================================================
 *
 * When a handler returns, the signals that were blocked before it are blocked again. The kernel has
 * kept the mask with the other things it needs for the return: in the context (ucontext_t,
 * uc_sigmask), which is the handler's to read and to change. sigprocmask(2) in a handler is undone when it
 * returns; a change of the context is what stays.
 *
 *      before            in the handler                          afterwards
 *      SIGUSR1 free      sigaddset(&context->uc_sigmask, ...)    SIGUSR1 blocked
 *      SIGUSR1 free      sigprocmask(SIG_BLOCK, ...)             SIGUSR1 free
 *
 * Look with: the signal mask behind the handler.
 * Read on:   sigaction(2), sigreturn(2), sigprocmask(2); document 004 section 6.5.
 */
#include <signal.h>
#include <sys/mman.h>
#include <ucontext.h>

#include <touchstone/experiment.h>

EXPERIMENT("The signal mask that a handler leaves in its context holds");

static char *closed; /* a page without any rights */
static volatile int calls;
static volatile bool adds_to_mask;

static void close_a_page(void)
{
	closed = closed ? closed : fresh_pages(1, MAP_PRIVATE);
	arrange(mprotect(closed, page_size(), PROT_NONE) == 0);
	calls = 0;
}

static void install(void (*handler)(int, siginfo_t *, void *))
{
	struct sigaction action = {.sa_sigaction = handler, .sa_flags = SA_SIGINFO};

	sigemptyset(&action.sa_mask);
	arrange(sigaction(SIGSEGV, &action, NULL) == 0);
}

/* Opens the page, and has a signal blocked or unblocked in what it returns to. */
static void change_mask(int signal, siginfo_t *info, void *context)
{
	ucontext_t *interrupted = context;

	(void)signal;
	(void)info;
	calls++;
	if (adds_to_mask) {
		sigaddset(&interrupted->uc_sigmask, SIGUSR1);
	} else {
		sigdelset(&interrupted->uc_sigmask, SIGUSR1);
	}
	mprotect(closed, page_size(), PROT_READ | PROT_WRITE);
}

static bool is_blocked(int signal)
{
	sigset_t blocked;

	arrange(sigprocmask(SIG_SETMASK, NULL, &blocked) == 0);
	return sigismember(&blocked, signal);
}

CLAIM(the_mask_it_leaves_holds, "sigact-11",
      "The signals that the context says are blocked when the handler returns are blocked then")
{
	install(change_mask);
	for (int round = 0; round < 4; round++) {
		close_a_page();
		adds_to_mask = round % 2 == 0;
		store(closed, 's');
		assert_equals(calls, 1, "calls of the handler");
		assert_equals(is_blocked(SIGUSR1), adds_to_mask, "whether SIGUSR1 is blocked");
		assert_equals(is_blocked(SIGSEGV), false, "whether SIGSEGV is blocked");
		assert_byte(closed, 's', "what was stored");
	}
}

/* Opens the page, and blocks a signal for as long as it runs. */
static void block_meanwhile(int signal, siginfo_t *info, void *context)
{
	sigset_t more;

	(void)signal;
	(void)info;
	(void)context;
	calls++;
	sigemptyset(&more);
	sigaddset(&more, SIGUSR1);
	sigprocmask(SIG_BLOCK, &more, NULL);
	mprotect(closed, page_size(), PROT_READ | PROT_WRITE);
}

CONTROL(a_mask_of_its_own_ends_with_it, "sigact-11",
	"What the handler blocks by sigprocmask is free again when it has returned")
{
	sigset_t before, after;

	arrange(sigprocmask(SIG_SETMASK, NULL, &before) == 0);
	install(block_meanwhile);
	for (int round = 0; round < 3; round++) {
		close_a_page();
		store(closed, 's');
		assert_equals(calls, 1, "calls of the handler");
		arrange(sigprocmask(SIG_SETMASK, NULL, &after) == 0);
		for (int signal = 1; signal < 32; signal++) {
			assert_equals(sigismember(&after, signal), sigismember(&before, signal),
				      "whether a signal is blocked");
		}
	}
}
