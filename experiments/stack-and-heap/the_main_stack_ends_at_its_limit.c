/* SPDX-License-Identifier: MIT */
/*
 * The main stack grows on demand, and ends at its limit
 * =====================================================
 *
 * Recursion without end meets the end of the stack. "Real OSes often place an unmapped or protected
 * page near the end of a stack", says document 004 (3.6), so that this is detected instead of
 * silently destroying what lies below. The main stack of a Linux process needs no such page. It
 * grows, and what it may still grow into is simply not mapped. Its end is where RLIMIT_STACK says,
 * to the page (or earlier, where a neighbour is near).
 *
 *      +----------+  top
 *      |   rw-p   |  has been used
 *      +----------+  start now
 *      :  nothing :  v  becomes stack when it is touched
 *      :..........:  top - RLIMIT_STACK
 *      :  nothing :  SIGSEGV (SEGV_MAPERR)
 *
 * Who handles that signal needs another stack to stand on: sigaltstack(2). The words of traps.h
 * bring one for the first thread.
 *
 * Look with: SIGSEGV's si_code and si_addr; [stack] in /proc/self/maps.
 * Read on:   getrlimit(2) RLIMIT_STACK, sigaltstack(2); document 004 sections 3.6 and 20.4.
 */
#include <signal.h>
#include <sys/mman.h>
#include <sys/resource.h>

#include <touchstone/experiment.h>

EXPERIMENT("The main stack grows on demand, and ends at its limit");

enum { FRAME = 512, MIB = 1024 * 1024, FAR = 64 * MIB };

/* Where recursion shall end, and how deep it went: what try_call calls takes no arguments. */
static char *until, *volatile reached;

/* Each frame is written to, at both ends, and goes on below the last one. */
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

static struct trap descend_until(char *depth)
{
	until = depth;
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
	/* What ulimit -v leaves is taken by the stack as by any mapping. */
	arrange(munmap(reserve(bytes / page_size()), bytes) == 0);
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
			assert_at_least(reached + FRAME - (char *)trap.address, 1,
					"bytes from the end of the last frame down to the trap");
			assert_at_most(reached - (char *)trap.address, 2 * page_size(),
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
		char *low = (char *)stack.end - limit;

		IN_CHILD {
			limit_stack(limit);

			struct trap trap = descend_until(low - FAR);

			assert_trap(trap, SIGSEGV, SEGV_MAPERR, trap.address);
			assert_address(page_of(trap.address), low - page_size(),
				       "the page that trapped");
			assert_address(observe_area(&trap).start, low, "the stack's start now");
			assert_address(observe_area(&trap).end, stack.end, "the stack's end now");
		}
	}
}

CONTROL(a_larger_limit_lets_it_go_deeper, "stack-02",
	"Half-way down from the place where a small limit stops it a larger one lets it return",
	.needs = AREA_LIST)
{
	struct area stack = stack_with_room_for(2 * MIB);
	size_t used = stack.end - stack.start;
	char *between = (char *)stack.start - MIB - MIB / 2;

	IN_CHILD {
		limit_stack(used + MIB);
		assert_equals(descend_until(between).signal, SIGSEGV,
			      "the signal at the small one");
	}
	IN_CHILD {
		limit_stack(used + 2 * MIB);
		assert_no_trap(descend_until(between));
		assert_at_most(reached - between, 0, "bytes that it has stayed above");
	}
}
