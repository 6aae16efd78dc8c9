/* SPDX-License-Identifier: MIT */
/*
 * A child has its parent's handlers of faults, and may choose others
 * ==================================================================
 *
 * A handler is a function, and fork(2) copies all functions with the memory they are in; so it can
 * copy the table of handlers as well, and the mask of blocked signals. A user-level pager goes on
 * in the child without another line of code, with pages and book-keeping of its own. From then on
 * each process has its own table.
 *
 *      parent    SIGSEGV -> open_it       --fork-->       child    SIGSEGV -> open_it
 *                calls = 0                                         calls = 1, after its fault
 *                SIGSEGV -> open_it                                sigaction(SIGSEGV, SIG_DFL)
 *
 * (execve(2) is another matter: it takes the functions away, so handlers become the default.)
 *
 * Look with: calls of the handler, counted on both sides.
 * Read on:   fork(2), sigaction(2), signal(7); documents 003, 004 section 6.5.
 */
#include <signal.h>
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("A child has its parent's handlers of faults, and may choose others");

enum { PAGES = 4 };

static char *closed; /* pages that the handler opens one by one */
static volatile int calls, others;

static void open_it(int signal, siginfo_t *info, void *context)
{
	(void)signal;
	(void)context;
	calls++;
	mprotect(page_of(info->si_addr), page_size(), PROT_READ | PROT_WRITE);
}

static void open_it_otherwise(int signal, siginfo_t *info, void *context)
{
	others++;
	open_it(signal, info, context);
}

static void act(void (*handler)(int, siginfo_t *, void *))
{
	struct sigaction action = {.sa_sigaction = handler, .sa_flags = SA_SIGINFO};

	sigemptyset(&action.sa_mask);
	arrange(sigaction(SIGSEGV, &action, NULL) == 0);
}

static void close_pages(void)
{
	closed = fresh_pages(PAGES, MAP_PRIVATE);
	arrange(mprotect(closed, PAGES * page_size(), PROT_NONE) == 0);
}

/* One store into each page, handled so often, and kept. */
static void assert_handled(char value)
{
	for (int i = 0; i < PAGES; i++) {
		store(page(closed, i), value);
		assert_equals(calls, i + 1, "calls of the handler");
		assert_byte(page(closed, i), value, "what was stored");
	}
}

CLAIM(it_handles_faults_as_its_parent_does, "sigact-10",
      "A forked child handles faults by its parent's handler, and so does a child of that one")
{
	close_pages();
	act(open_it);
	IN_CHILD {
		IN_CHILD {
			assert_handled('g');
		}
		assert_equals(calls, 0, "calls of the child's handler so far");
		assert_handled('c');
	}
	assert_equals(calls, 0, "calls of the parent's handler so far");
	assert_handled('p');
}

CLAIM(it_may_choose_another, "sigact-10",
      "A handler that a child installs is the child's alone: the parent keeps the one it has")
{
	struct sigaction now;

	close_pages();
	act(open_it);
	IN_CHILD {
		act(open_it_otherwise);
		assert_handled('c');
		assert_equals(others, PAGES, "calls of the child's own handler");
	}
	assert_accepted(sigaction(SIGSEGV, NULL, &now));
	ck_assert(now.sa_sigaction == open_it);
	assert_handled('p');
	assert_equals(others, 0, "calls of the other handler in the parent");
}

CONTROL(what_is_chosen_before_the_fork_is_inherited, "sigact-10",
	"The other handler, installed before the fork, is called on both sides")
{
	close_pages();
	act(open_it_otherwise);
	IN_CHILD {
		assert_handled('c');
		assert_equals(others, PAGES, "calls of it in the child");
	}
	assert_handled('p');
	assert_equals(others, PAGES, "calls of it in the parent");
}
