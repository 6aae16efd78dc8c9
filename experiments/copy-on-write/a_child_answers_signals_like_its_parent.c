/* SPDX-License-Identifier: MIT */
/*
 * A child answers signals like its parent
 * =======================================
 *
 * The child runs the same program at the same place, so it wants the same handlers: they are functions
 * in memory that it has, at the same addresses. fork(2) copies dispositions, the mask of
 * blocked signals and the alternate stack; the table is the child's own from there on. execve is where
 * handlers end, for it takes away the memory that they lie in.
 *
 *      SIGUSR1 -> handler           the same handler, in the child's memory
 *      SIGUSR2 ignored, blocked     ignored, blocked
 *      alternate stack              the same addresses, on a page of its own
 *
 * Look with: sigaction(2), sigprocmask(2), sigaltstack(2), and where a handler's variables lie.
 * Read on:   fork(2), signal(7), sigaltstack(2); document 002 "fork revisited".
 */
#include <signal.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("A child answers signals like its parent");

enum { STACK = 256 * 1024 };

static volatile sig_atomic_t calls;
static volatile uintptr_t stood_at;

static void count_call(int signal)
{
	volatile char local = (char)signal;

	calls++;
	stood_at = (uintptr_t)&local;
}

static void install(int signal, void (*handler)(int), int flags)
{
	struct sigaction action = {.sa_handler = handler, .sa_flags = flags};

	sigaddset(&action.sa_mask, SIGUSR2);
	arrange(sigaction(signal, &action, NULL) == 0);
}

static struct sigaction disposition(int signal)
{
	struct sigaction action;

	arrange(sigaction(signal, NULL, &action) == 0);
	return action;
}

CLAIM(handlers_are_inherited, "fork-40",
      "The child has its parent's handlers, with flags and masks, and they run in its own memory")
{
	install(SIGUSR1, count_call, SA_NODEFER);
	install(SIGUSR2, SIG_IGN, 0);
	IN_CHILD {
		struct sigaction one = disposition(SIGUSR1), other = disposition(SIGUSR2);

		assert_address((uintptr_t)one.sa_handler, (uintptr_t)count_call,
			       "SIGUSR1's handler");
		assert_equals(one.sa_flags & SA_NODEFER, SA_NODEFER, "its flag");
		assert_equals(sigismember(&one.sa_mask, SIGUSR2), 1,
			      "whether its mask has SIGUSR2");
		assert_address((uintptr_t)other.sa_handler, (uintptr_t)SIG_IGN,
			       "SIGUSR2's handler");
		arrange(raise(SIGUSR1) == 0 && raise(SIGUSR2) == 0 && raise(SIGUSR1) == 0);
		assert_equals(calls, 2, "calls of the handler in the child");
	}
	assert_equals(calls, 0, "calls of the handler in the parent");
}

CLAIM(the_mask_is_inherited, "fork-40",
      "What its parent has blocked is blocked in the child, and nothing else")
{
	sigset_t blocked, childs;

	sigemptyset(&blocked);
	sigaddset(&blocked, SIGUSR1);
	sigaddset(&blocked, SIGWINCH);
	arrange(sigprocmask(SIG_SETMASK, &blocked, NULL) == 0);
	IN_CHILD {
		arrange(sigprocmask(SIG_BLOCK, NULL, &childs) == 0);
		for (int signal = 1; signal < 32; signal++) { /* those that every Linux has */
			assert_equals(sigismember(&childs, signal), sigismember(&blocked, signal),
				      "whether a signal is blocked in the child");
		}
	}
}

CLAIM(the_alternate_stack_is_inherited, "fork-40",
      "The child's handlers stand on its parent's alternate stack, in a copy of its own")
{
	static char alternate[STACK];
	stack_t stack = {.ss_sp = alternate, .ss_size = STACK}, childs;

	arrange(sigaltstack(&stack, NULL) == 0);
	install(SIGUSR1, count_call, SA_ONSTACK);
	IN_CHILD {
		arrange(sigaltstack(NULL, &childs) == 0);
		assert_address(childs.ss_sp, alternate, "where the child's alternate stack begins");
		assert_equals(childs.ss_size, STACK, "its length");
		assert_equals(childs.ss_flags, 0, "its flags");
		arrange(raise(SIGUSR1) == 0);
		assert_equals(stood_at >= (uintptr_t)alternate &&
				      stood_at < (uintptr_t)alternate + STACK,
			      true, "whether the handler stood on it");
	}
	assert_all_bytes(alternate, STACK, 0,
			 "the stack in the parent, where no handler has stood");
}

CONTROL(the_table_is_each_ones_own, "fork-40",
	"What the child changes of handlers, mask and alternate stack is as before in the parent")
{
	stack_t before, none = {.ss_flags = SS_DISABLE}, after;
	sigset_t all, mask;

	install(SIGUSR1, count_call, 0);
	arrange(sigaltstack(NULL, &before) == 0);
	IN_CHILD {
		install(SIGUSR1, SIG_DFL, 0);
		sigfillset(&all);
		arrange(sigprocmask(SIG_BLOCK, &all, NULL) == 0 && sigaltstack(&none, NULL) == 0);
	}
	assert_address((uintptr_t)disposition(SIGUSR1).sa_handler, (uintptr_t)count_call,
		       "the parent's handler");
	arrange(sigprocmask(SIG_BLOCK, NULL, &mask) == 0 && sigaltstack(NULL, &after) == 0);
	assert_equals(sigismember(&mask, SIGUSR1), 0, "whether SIGUSR1 is blocked in the parent");
	assert_address(after.ss_sp, before.ss_sp, "the parent's alternate stack");
	arrange(raise(SIGUSR1) == 0);
	assert_equals(calls, 1, "calls of the handler in the parent");
}
