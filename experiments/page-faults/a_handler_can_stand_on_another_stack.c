/* SPDX-License-Identifier: MIT */
/*
 * A handler can stand on another stack, and must where the own one has ended
 * ==========================================================================
 *
 * A signal handler is a function, and needs a stack. Usually that is the one that was interrupted.
 * When the signal says that this very stack has run out of room (document 004, 3.6), there is
 * nothing to stand on: the kernel cannot even write down what the handler is to return to, and kills the
 * process. sigaltstack(2) names other memory, for handlers that are marked SA_ONSTACK.
 *
 *      stack                           alternate stack
 *      | main()    |                   |              |  ss_sp + ss_size
 *      | recursion |                   | handler()    |
 *      | recursion |                   |              |
 *      +-----------+ SIGSEGV --------> +--------------+  ss_sp
 *
 * Look with: the address of a local variable of the handler, what sigaltstack says, and how
 * children end.
 * Read on:   sigaltstack(2), sigaction(2) SA_ONSTACK; document 004 sections 3.6 and 20.4.
 */
#include <pthread.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("A handler can stand on another stack, and must where the own one has ended");

enum { SIZE = 256 * 1024, FRAME = 512, LIMIT = 512 * 1024, HANDLED = 3 };

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

/* How a child ends whose stack overflows, with or without another stack for its handler. */
static int status_of_overflow(bool with_alternate)
{
	pid_t child = fork();
	int status;

	arrange(child >= 0);
	if (child == 0) {
		struct sigaction action = {.sa_handler = leave, .sa_flags = SA_ONSTACK};
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
		descend(64 * LIMIT / FRAME);
		_exit(0);
	}
	arrange(waitpid(child, &status, 0) == child);
	return status;
}

CLAIM(without_one_an_overflow_kills, "sigact-04",
      "A stack overflow kills a process whose handler has no other stack, and is handled on one")
{
	for (int round = 0; round < 2; round++) {
		int without = status_of_overflow(false), with = status_of_overflow(true);

		assert_equals(WIFSIGNALED(without) ? WTERMSIG(without) : 0, SIGSEGV,
			      "the signal that killed the child without another stack");
		assert_equals(WIFEXITED(with) ? WEXITSTATUS(with) : -1, HANDLED,
			      "exit status of the one whose handler could run");
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

CONTROL(unmarked_handlers_stay_where_they_are, "sigact-03 sigact-04 sigact-05",
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
