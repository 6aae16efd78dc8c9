/* SPDX-License-Identifier: MIT */
/*
 * A handler can stand on another stack
 * ====================================
 *
 * A signal handler is a function, and needs a stack. Usually that is the one that was interrupted.
 * Where that will not do, sigaltstack(2) names other memory, for handlers that are marked SA_ONSTACK.
 *
 *      stack                           alternate stack
 *      | main()    |                   |              |  ss_sp + ss_size
 *      | work()    | SIGSEGV --------> | handler()    |
 *      |           | <-------- return  |              |
 *                                      +--------------+  ss_sp
 *
 * It belongs to one thread: a forked child has its copy of it, a new thread none at all.
 *
 * Look with: the address of a local variable of the handler, and what sigaltstack says.
 * Read on:   sigaltstack(2), sigaction(2) SA_ONSTACK; document 004 sections 3.6 and 20.4.
 */
#include <pthread.h>
#include <signal.h>
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("A handler can stand on another stack");

enum { SIZE = 256 * 1024 };

static char alternate[SIZE] __attribute__((aligned(64)));
static char *closed; /* a page that traps until the handler opens it */
static char *volatile stood_at;
static stack_t told;
static volatile int refusal; /* of a handler that wants another stack while it stands on one */

static void note_and_open(int signal)
{
	char local = (char)signal;
	stack_t other = {.ss_sp = alternate, .ss_size = SIZE};

	stood_at = (char *)((uintptr_t)&local);
	sigaltstack(NULL, &told);
	refusal = sigaltstack(&other, NULL) == 0 ? 0 : errno;
	mprotect(closed, page_size(), PROT_READ | PROT_WRITE);
}

/* A store that traps, handled by a function with these flags. */
static void store_and_handle(int flags)
{
	struct sigaction action = {.sa_handler = note_and_open, .sa_flags = flags};

	sigemptyset(&action.sa_mask);
	arrange(sigaction(SIGSEGV, &action, NULL) == 0);
	closed = closed ? closed : fresh_pages(1, MAP_PRIVATE);
	arrange(mprotect(closed, page_size(), PROT_NONE) == 0);
	stood_at = NULL;
	store(closed, 's');
	ck_assert_ptr_nonnull(stood_at);
}

static void use_alternate_stack(void)
{
	stack_t stack = {.ss_sp = alternate, .ss_size = SIZE};

	assert_accepted(sigaltstack(&stack, NULL));
}

static bool on_alternate(const char *address)
{
	return address >= alternate && address < alternate + SIZE;
}

CLAIM(it_stands_there, "sigact-03",
      "With SA_ONSTACK a handler's locals are on the alternate stack, and sigaltstack says "
      "SS_ONSTACK")
{
	stack_t now;

	use_alternate_stack();
	for (int round = 0; round < 3; round++) {
		store_and_handle(SA_ONSTACK);
		ck_assert(on_alternate(stood_at));
		assert_equals(told.ss_flags & SS_ONSTACK, SS_ONSTACK, "what the handler was told");
		assert_address(told.ss_sp, alternate, "ss_sp, as the handler was told");
		assert_equals(told.ss_size, SIZE, "ss_size");
		assert_equals(refusal, EPERM, "error of another sigaltstack meanwhile");
		assert_accepted(sigaltstack(NULL, &now));
		assert_equals(now.ss_flags, 0, "what is told once it has returned");
	}
}

static void *ask(void *answer)
{
	sigaltstack(NULL, answer);
	return NULL;
}

CLAIM(a_child_inherits_it_and_a_thread_does_not, "sigact-05",
      "A forked child has its parent's alternate stack, its own copy of it; a new thread has none")
{
	stack_t answer = {0};
	pthread_t thread;

	use_alternate_stack();
	IN_CHILD {
		store_and_handle(SA_ONSTACK);
		ck_assert(on_alternate(stood_at));
	}
	arrange(pthread_create(&thread, NULL, ask, &answer) == 0);
	arrange(pthread_join(thread, NULL) == 0);
	assert_equals(answer.ss_flags, SS_DISABLE, "what a thread is told");
}

CLAIM(it_has_to_be_large_enough, "sigact-05",
      "sigaltstack refuses a stack of a byte (ENOMEM) and unknown flags (EINVAL), and keeps the "
      "old one")
{
	stack_t small = {.ss_sp = alternate, .ss_size = 1};
	stack_t odd = {.ss_sp = alternate, .ss_size = SIZE, .ss_flags = 0x100};

	use_alternate_stack();
	assert_refused(sigaltstack(&small, NULL), ENOMEM);
	assert_refused(sigaltstack(&odd, NULL), EINVAL);
	store_and_handle(SA_ONSTACK);
	ck_assert(on_alternate(stood_at));
	assert_equals(told.ss_size, SIZE, "ss_size");
}

CONTROL(unmarked_handlers_stay_where_they_are, "sigact-03 sigact-05",
	"Without SA_ONSTACK, or once it is disabled, a handler stands on the stack it interrupted")
{
	stack_t none = {.ss_flags = SS_DISABLE};
	char local;

	use_alternate_stack();
	for (int i = 0; i < 2; i++) {
		store_and_handle(i == 0 ? 0 : SA_ONSTACK);
		ck_assert(!on_alternate(stood_at));
		assert_equals(told.ss_flags & SS_ONSTACK, 0, "what the handler was told");
		assert_at_most(&local > stood_at ? &local - stood_at : stood_at - &local, SIZE,
			       "bytes from a local variable to the handler's");
		assert_accepted(sigaltstack(&none, NULL));
	}
}
