/* SPDX-License-Identifier: MIT */
/*
 * With SA_RESETHAND a handler serves but once
 * ===========================================
 *
 * A handler stays installed until somebody installs another one. With SA_RESETHAND it does not: when
 * it is called the action is the default already, so the next fault ends the process. That is how the
 * first signal(2) of Unix worked, and how a program still lets itself die of the second fault, after it
 * has reported the first.
 *
 *      fault 1:  action = SIG_DFL, then handler()         the page is opened, the store goes through
 *      fault 2:  SIG_DFL                                  killed
 *
 * Look with: the action, asked in the handler and behind it; how children end.
 * Read on:   sigaction(2) SA_RESETHAND; document 004 section 14.4.
 */
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("With SA_RESETHAND a handler serves but once");

enum { PAGES = 3 };

static char *area; /* closed pages */
static volatile int calls;
static volatile bool default_meanwhile;

static bool is_default(void)
{
	struct sigaction now;

	arrange(sigaction(SIGSEGV, NULL, &now) == 0);
	return now.sa_handler == SIG_DFL;
}

static void open_a_page(int signal, siginfo_t *info, void *context)
{
	(void)signal;
	(void)context;
	calls++;
	default_meanwhile = is_default();
	mprotect(page_of(info->si_addr), page_size(), PROT_READ | PROT_WRITE);
}

/* Closed pages, and the handler with these flags. */
static void install(int flags)
{
	struct sigaction action = {.sa_sigaction = open_a_page, .sa_flags = SA_SIGINFO | flags};

	sigemptyset(&action.sa_mask);
	arrange(sigaction(SIGSEGV, &action, NULL) == 0);
	area = fresh_pages(PAGES, MAP_PRIVATE);
	arrange(mprotect(area, PAGES * page_size(), PROT_NONE) == 0);
	calls = 0;
}

/* The signal that kills a child which stores to so many closed pages; 0: it goes on to its end. */
static int signal_of_stores(size_t count)
{
	pid_t child = fork();
	int status;

	arrange(child >= 0);
	if (child == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		prctl(PR_SET_DUMPABLE, 0); /* no core file */
		store_each(area, count, 's');
		_exit(0);
	}
	arrange(waitpid(child, &status, 0) == child);
	return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

CLAIM(the_second_fault_kills, "sigact-08",
      "A process whose handler was installed with SA_RESETHAND survives one fault, and not a "
      "second")
{
	install((int)SA_RESETHAND);
	for (int round = 0; round < 2; round++) {
		assert_equals(signal_of_stores(1), 0, "the signal that killed it after one fault");
		assert_equals(signal_of_stores(2), SIGSEGV, "the same after two");
	}
}

CLAIM(it_is_gone_when_it_is_called, "sigact-08",
      "While such a handler runs the action is the default already, and stays so until it is set "
      "anew")
{
	for (int round = 0; round < 3; round++) {
		install((int)SA_RESETHAND);
		assert_equals(is_default(), false, "whether the action is the default before");
		store(area, 's');
		assert_equals(calls, 1, "calls of the handler");
		assert_byte(area, 's', "what was stored");
		assert_equals(default_meanwhile, true, "whether it was in the handler");
		assert_equals(is_default(), true, "whether it is afterwards");
	}
}

CONTROL(an_ordinary_handler_stays, "sigact-08",
	"Without the flag the handler stays, and serves one fault after the other")
{
	install(0);
	assert_equals(signal_of_stores(PAGES), 0, "the signal that killed a child");
	for (int i = 0; i < PAGES; i++) {
		store(page(area, i), 's');
		assert_equals(calls, i + 1, "calls of the handler");
		assert_equals(default_meanwhile, false, "whether the default was restored in it");
	}
	assert_equals(is_default(), false, "whether it is afterwards");
}
