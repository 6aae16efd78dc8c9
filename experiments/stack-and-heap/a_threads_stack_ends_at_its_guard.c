/* SPDX-License-Identifier: MIT */
/*
 * A thread's stack ends at its guard
 * ==================================
 *
 * A thread's stack does not grow: it is an ordinary mapping, of its full size from the start, and
 * the next one may lie right below it. So here it is as document 004 (3.6) says: there is "an
 * unmapped or protected page near the end of a stack". Who overflows runs into that guard. Its size
 * is an attribute of the thread, one page if nobody asks for more. A stack that was brought
 * along (pthread_attr_setstack) has none, and an overflow destroys the neighbour silently.
 *
 *      +-----------+  high
 *      |   rw-p    |
 *      +-----------+  low
 *      |   guard   |  SIGSEGV (SEGV_ACCERR; SEGV_MAPERR where the libc uses MADV_GUARD_INSTALL)
 *      +-----------+  low - guard size
 *      | neighbour |
 *      +-----------+
 *
 * Look with: SIGSEGV's si_code and si_addr, on an alternate stack that the thread has to bring.
 * Read on:   pthread_attr_setguardsize(3), sigaltstack(2); document 004 sections 3.6 and 14.3.
 */
#include <pthread.h>
#include <signal.h>

#include <touchstone/experiment.h>

EXPERIMENT("A thread's stack ends at its guard");

enum { FRAME = 512, SIZE = 1024 * 1024, NEIGHBOUR = 16 };

/* Where recursion shall end, and how deep it went: what try_call calls takes no arguments. */
static char *until, *volatile reached;

/* Each frame is written to, and smaller than any page, lest it jump a guard. */
__attribute__((noinline)) static void descend(void)
{
	volatile char frame[FRAME];
	char *place = (char *)(uintptr_t)frame;

	__asm__("" : "+r"(place)); /* a place, of which the compiler need not know what is there */
	frame[FRAME - 1] = frame[0] = 'd';
	reached = place;
	if ((uintptr_t)frame > (uintptr_t)until) {
		descend();
	}
	frame[1] = frame[0]; /* so that the call is not the last thing, and cannot become a jump */
}

/* A thread's stack, and what its owner saw of it. */
struct thread_stack {
	char *low, *guard; /* where it ends, and where the guard below it does */
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
	size_t size, guard;

	arrange(sigaltstack(&other, NULL) == 0);
	arrange(pthread_getattr_np(pthread_self(), &attributes) == 0);
	arrange(pthread_attr_getstack(&attributes, &low, &size) == 0);
	arrange(pthread_attr_getguardsize(&attributes, &guard) == 0);
	own->low = low;
	until = own->guard = own->low - guard;
	own->overflow = try_call((const void *)(uintptr_t)descend);
	own->lowest = try_store(own->low, 'l');
	own->guard_top = try_store(own->low - 1, 'g');
	own->guard_bottom = try_load(own->guard);
	for (char *at = own->guard; at < own->low; at += page_size()) {
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
	arrange(pthread_attr_setstacksize(&attributes, SIZE) == 0);
	arrange(guard == 0 || pthread_attr_setguardsize(&attributes, guard) == 0);
	arrange(pthread_create(&thread, &attributes, overflow_own_stack, &seen) == 0);
	arrange(pthread_join(thread, NULL) == 0);
	return seen;
}

/* Either code says so, by what the guard was made of. */
static void assert_guard_trap(struct trap trap, const void *address)
{
	assert_trap(trap, SIGSEGV, trap.code == SEGV_MAPERR ? SEGV_MAPERR : SEGV_ACCERR, address);
}

CLAIM(an_overflow_is_stopped_in_the_guard, "stack-03",
      "The overflow of a thread's stack is stopped in the guard page that every stack gets")
{
	struct thread_stack seen = overflow_in_thread(0);
	char *address = (char *)(uintptr_t)seen.overflow.address;

	assert_at_least(seen.low - seen.guard, page_size(), "bytes of guard");
	assert_guard_trap(seen.overflow, address);
	assert_at_least(address - seen.guard, 0, "bytes from the guard's start to the trap");
	assert_at_least(seen.low - address, 1, "bytes from the trap to the guard's end");
}

CLAIM(the_whole_guard_is_forbidden, "stack-03",
      "The guard is as large as was asked for, and forbidden up to the stack's first byte")
{
	for (size_t pages = 1; pages <= 4; pages++) {
		struct thread_stack seen = overflow_in_thread(pages * page_size());

		assert_equals(seen.low - seen.guard, pages * page_size(), "bytes of guard");
		assert_no_trap(seen.lowest);
		assert_guard_trap(seen.guard_top, seen.low - 1);
		assert_guard_trap(seen.guard_bottom, seen.guard);
		assert_equals(seen.open_pages, 0, "pages of the guard that can be accessed");
	}
}

static void *descend_as_told(void *context)
{
	(void)context;
	descend();
	return NULL;
}

CONTROL(without_a_guard_the_neighbour_is_overwritten, "stack-03",
	"A thread on a stack without guard overflows into what lies below, and nothing tells it")
{
	char *below = fresh_pages(NEIGHBOUR + SIZE / page_size(), MAP_PRIVATE);
	char *stack = page(below, NEIGHBOUR);
	pthread_attr_t attributes;
	pthread_t thread;

	until = page(below, NEIGHBOUR / 2);
	arrange(pthread_attr_init(&attributes) == 0);
	arrange(pthread_attr_setstack(&attributes, stack, SIZE) == 0);
	arrange(pthread_create(&thread, &attributes, descend_as_told, NULL) == 0);
	arrange(pthread_join(thread, NULL) == 0);
	assert_at_most(reached - until, 0, "bytes that it has stayed above the neighbour's middle");
	assert_byte(reached, 'd', "what it wrote there");
	assert_all_bytes(below, page_size(), 0, "the neighbour's first page");
}
