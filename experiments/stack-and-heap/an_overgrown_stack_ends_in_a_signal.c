/* SPDX-License-Identifier: MIT */
/*
 * An overgrown stack ends in a signal, at its limit or at its guard
 * =================================================================
 *
 * "Real OSes often place an unmapped or protected page near the end of a stack", says document 004
 * (3.6), so that an overflow is detected instead of silently destroying what lies below. On Linux
 * it is one or the other, for there are two kinds of stack. A thread's stack has its full size from
 * the start, and a guard page (or a few) beneath it. The main stack grows, and what it may grow
 * into is simply not mapped. It has no guard page. It ends where RLIMIT_STACK says, to the
 * page; or earlier, for the kernel keeps it away from its neighbour by a whole gap (256 pages,
 * unless the machine was started with another stack_guard_gap).
 *
 *      main stack                                     thread's stack
 *      +----------+  top                              +----------+
 *      |  rw-p    |  grows downwards                  |  rw-p    |  has its full size
 *      +----------+                                   |          |
 *      :  nothing :  v  not below top - limit         +----------+
 *      :          :     not within the gap            |  guard   |  forbidden
 *      +----------+                                   +----------+
 *      | neighbour|                                   | neighbour|
 *      +----------+                                   +----------+
 *
 * Who handles the signal needs another stack to stand on: sigaltstack(2). The words of traps.h
 * bring one for the first thread; another thread has to bring its own.
 *
 * Look with: SIGSEGV's si_code and si_addr; [stack] in /proc/self/maps.
 * Read on:   getrlimit(2) RLIMIT_STACK, mmap(2) MAP_GROWSDOWN, pthread_attr_setguardsize(3),
 *            sigaltstack(2); document 004 sections 3.6, 14.3 and 20.4.
 */
#include <pthread.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/resource.h>

#include <touchstone/experiment.h>

EXPERIMENT("An overgrown stack ends in a signal, at its limit or at its guard");

enum { FRAME = 512, MIB = 1024 * 1024, FAR = 64 * MIB };

/* How deep to go, and how deep it went; what try_call calls takes no arguments. */
static struct {
	uintptr_t until;
	char *volatile reached;
} descent;

/* Recursion. Each frame is written to, and smaller than any page, lest it jump a guard. */
__attribute__((noinline)) static void descend(void)
{
	volatile char frame[FRAME];

	frame[FRAME - 1] = frame[0] = 'd';
	descent.reached = (char *)(uintptr_t)frame;
	if ((uintptr_t)frame > descent.until) {
		descend();
	}
	frame[1] = frame[0]; /* so that the call is not the last thing, and cannot become a jump */
}

static struct trap descend_until(const void *until)
{
	descent.until = (uintptr_t)until;
	return try_call((const void *)(uintptr_t)descend);
}

/* In a child only. The soft limit, for a lowered hard one could not be raised again. */
static void limit_stack(size_t bytes)
{
	struct rlimit limit;

	arrange(getrlimit(RLIMIT_STACK, &limit) == 0);
	limit.rlim_cur = bytes < limit.rlim_cur ? bytes : limit.rlim_cur;
	arrange(setrlimit(RLIMIT_STACK, &limit) == 0);
}

/* The main stack, as long as there is room below it for so many bytes more. */
static struct area stack_with_room_for(size_t bytes)
{
	struct area stack = observe_area(__builtin_frame_address(0));
	struct rlimit limit;

	arrange(stack.exists && getrlimit(RLIMIT_STACK, &limit) == 0);
	if (limit.rlim_cur < stack.end - stack.start + bytes) {
		undecided("needs a main stack that may still grow: one that grows on demand, and a "
			  "larger ulimit -s");
	}
	return stack;
}

CLAIM(endless_recursion_is_stopped, "stack-02",
      "Recursion without end is stopped by SIGSEGV just below the last frame, time after time")
{
	IN_CHILD {
		limit_stack(MIB);
		for (int round = 0; round < 3; round++) {
			struct trap trap = descend_until((char *)__builtin_frame_address(0) - FAR);

			assert_trap(trap, SIGSEGV, SEGV_MAPERR, trap.address);
			assert_at_least(descent.reached + FRAME - (char *)trap.address, 1,
					"bytes from the end of the last frame down to the trap");
			assert_at_most(descent.reached - (char *)trap.address, 2 * page_size(),
				       "bytes from the start of the last frame down to the trap");
		}
	}
}

CLAIM(the_main_stack_ends_at_the_limit, "stack-02",
      "The main stack grows to RLIMIT_STACK bytes, and the page below them traps",
      .needs = AREA_LIST)
{
	struct area stack = stack_with_room_for(2 * MIB);

	for (size_t more = MIB; more <= 2 * MIB; more += MIB / 2) {
		size_t limit = stack.end - stack.start + more;

		IN_CHILD {
			limit_stack(limit);

			struct trap trap = descend_until((char *)stack.end - FAR);
			char *low = (char *)stack.end - limit;

			assert_trap(trap, SIGSEGV, SEGV_MAPERR, trap.address);
			assert_address(page_of(trap.address), low - page_size(),
				       "the page that trapped");
			assert_address(observe_area(&trap).start, low, "the stack's start now");
			assert_address(observe_area(&trap).end, stack.end, "the stack's end now");
		}
	}
}

/* A thread's stack, and what its owner saw of it. */
struct thread_stack {
	char *low, *high;
	size_t guard;
	struct trap overflow, lowest, guard_top, guard_bottom;
	size_t open_pages; /* pages of the guard that a load or a store could reach */
};

static void *overflow_own_stack(void *context)
{
	static char alternate[256 * 1024];
	stack_t other = {.ss_sp = alternate, .ss_size = sizeof alternate};
	struct thread_stack *own = context;
	pthread_attr_t attributes;
	void *low;
	size_t size;

	arrange(sigaltstack(&other, NULL) == 0);
	arrange(pthread_getattr_np(pthread_self(), &attributes) == 0);
	arrange(pthread_attr_getstack(&attributes, &low, &size) == 0);
	arrange(pthread_attr_getguardsize(&attributes, &own->guard) == 0);
	own->low = low;
	own->high = own->low + size;
	own->overflow = descend_until(own->low - own->guard);
	own->lowest = try_store(own->low, 'l');
	own->guard_top = try_store(own->low - 1, 'g');
	own->guard_bottom = try_load(own->low - own->guard);
	for (char *at = own->low - own->guard; at < own->low; at += page_size()) {
		own->open_pages += try_load(at).signal == 0 || try_store(at + 1, 'g').signal == 0;
	}
	return NULL;
}

/* Lets a thread with such a guard overflow; 0: the guard that every thread gets. */
static struct thread_stack overflow_in_thread(size_t guard)
{
	struct thread_stack seen = {0};
	pthread_attr_t attributes;
	pthread_t thread;

	arrange(pthread_attr_init(&attributes) == 0);
	arrange(pthread_attr_setstacksize(&attributes, MIB) == 0);
	arrange(guard == 0 || pthread_attr_setguardsize(&attributes, guard) == 0);
	arrange(pthread_create(&thread, &attributes, overflow_own_stack, &seen) == 0);
	arrange(pthread_join(thread, NULL) == 0);
	return seen;
}

/* A guard made by mprotect says ACCERR, one made by MADV_GUARD_INSTALL (glibc 2.42) MAPERR. */
static void assert_guard_trap(struct trap trap, const void *address)
{
	assert_trap(trap, SIGSEGV, trap.code == SEGV_MAPERR ? SEGV_MAPERR : SEGV_ACCERR, address);
}

CLAIM(a_threads_stack_ends_at_its_guard, "stack-03",
      "The overflow of a thread's stack is stopped in the guard page that every stack gets")
{
	struct thread_stack seen = overflow_in_thread(0);

	assert_at_least(seen.guard, page_size(), "bytes of guard");
	assert_guard_trap(seen.overflow, seen.overflow.address);
	assert_at_least((char *)seen.overflow.address - (seen.low - seen.guard), 0,
			"bytes from the guard's start to the trap");
	assert_at_least(seen.low - (char *)seen.overflow.address, 1,
			"bytes from the trap to the guard's end");
}

CLAIM(the_whole_guard_is_forbidden, "stack-03",
      "The guard is as large as was asked for, and forbidden up to the stack's first byte")
{
	for (size_t pages = 1; pages <= 4; pages++) {
		struct thread_stack seen = overflow_in_thread(pages * page_size());

		assert_equals(seen.guard, pages * page_size(), "bytes of guard");
		assert_no_trap(seen.lowest);
		assert_guard_trap(seen.guard_top, seen.low - 1);
		assert_guard_trap(seen.guard_bottom, seen.low - seen.guard);
		assert_equals(seen.open_pages, 0,
			      "pages of the guard that can be loaded or stored to");
	}
}

static void *descend_as_told(void *context)
{
	(void)context;
	descend();
	return NULL;
}

CONTROL(a_deeper_limit_lets_it_go_deeper, "stack-02",
	"Where a small limit stopped it the recursion goes on under a larger one, and returns",
	.needs = AREA_LIST)
{
	struct area stack = stack_with_room_for(2 * MIB);
	struct child smaller;
	char *stopped;

	START_CHILD(smaller) {
		limit_stack(stack.end - stack.start + MIB);

		struct trap trap = descend_until((char *)stack.end - FAR);

		assert_equals(trap.signal, SIGSEGV, "the signal under the smaller limit");
		tell_parent(&trap.address, sizeof trap.address);
	}
	hear_from(&smaller, &stopped, sizeof stopped);
	IN_CHILD {
		limit_stack(stack.end - stack.start + 2 * MIB);
		assert_no_trap(descend_until(stopped - MIB / 2));
		assert_at_least(stopped - descent.reached, MIB / 2, "bytes that it went deeper");
	}
}

CONTROL(without_a_guard_the_neighbour_is_overwritten, "stack-03",
	"A thread on a stack without guard overflows into what lies below, and nothing tells it")
{
	char *below = mmap(NULL, 2 * MIB, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1,
			   0);
	pthread_attr_t attributes;
	pthread_t thread;

	arrange(below != MAP_FAILED && pthread_attr_init(&attributes) == 0);
	arrange(pthread_attr_setstack(&attributes, below + MIB, MIB) == 0);
	descent.until = (uintptr_t)(below + MIB / 2);
	arrange(pthread_create(&thread, &attributes, descend_as_told, NULL) == 0);
	arrange(pthread_join(thread, NULL) == 0);
	assert_at_most(descent.reached - below, MIB / 2,
		       "where in the neighbour the recursion ended");
	assert_byte(descent.reached, 'd', "what it wrote there");
	assert_all_bytes(below, MIB / 4, 0, "the neighbour below that");
}
