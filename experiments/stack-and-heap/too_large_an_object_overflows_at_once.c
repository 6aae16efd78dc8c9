/* SPDX-License-Identifier: MIT */
/*
 * Too large an object overflows the stack at once
 * ===============================================
 *
 * "Deep recursion or very large stack objects can cause stack overflow", says document 004
 * (20.4). The second way needs no depth at all. A local array that is larger than what the limit
 * leaves ends beyond it in the very first call, and the first access to its far end is refused.
 * The size is no matter for the heap: from malloc it comes, and can be used at both ends.
 *
 *      +-----------+  the call's frame
 *      |   array   |
 *      :...........:  end - RLIMIT_STACK
 *      :           :
 *      :   array   :  SIGSEGV (SEGV_MAPERR), here or at its far end
 *      :...........:
 *
 * How far the access comes depends on the compiler: some make a function touch each page of a
 * large frame on its way down, so that no guard can be jumped.
 *
 * Look with: SIGSEGV's si_code and si_addr.
 * Read on:   getrlimit(2) RLIMIT_STACK, malloc(3); document 004 section 20.4.
 */
#include <alloca.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>

#include <touchstone/experiment.h>

EXPERIMENT("Too large an object overflows the stack at once");

enum { KIB = 1024, LIMIT = 1024 * KIB, LARGE = 2 * LIMIT, SMALL = LIMIT / 4 };

/* How long the array is, and what was reached of it; what try_call calls takes no arguments. */
static size_t length;
static char *volatile reached;

__attribute__((noinline)) static void use_array(void)
{
	volatile char *array = alloca(length);

	array[0] = 'f'; /* the far end, for stacks grow down */
	array[length - 1] = 'n';
	reached = (char *)(uintptr_t)array;
}

/* In a child. The lowest address that the stack may have. */
static char *limit_stack(void)
{
	struct area stack = observe_area(__builtin_frame_address(0));
	struct rlimit limit;

	arrange(stack.exists && getrlimit(RLIMIT_STACK, &limit) == 0);
	if (limit.rlim_cur < LIMIT || stack.end - stack.start > LIMIT - 2 * SMALL) {
		undecided("needs a main stack of 1 MiB of which half is free: a larger ulimit -s");
	}
	limit.rlim_cur = LIMIT;
	arrange(setrlimit(RLIMIT_STACK, &limit) == 0);
	return (char *)stack.end - LIMIT;
}

CLAIM(its_far_end_cannot_be_reached, "stack-09",
      "An array of twice the limit traps in its first use, in the first call, time after time",
      .needs = AREA_LIST)
{
	IN_CHILD {
		char *low = limit_stack(), *frame = __builtin_frame_address(0);

		length = LARGE;
		for (int round = 0; round < 3; round++) {
			struct trap trap = try_call((const void *)(uintptr_t)use_array);

			assert_trap(trap, SIGSEGV, SEGV_MAPERR, trap.address);
			assert_at_least(low - (char *)trap.address, 1,
					"bytes from the trap up to the limit");
			assert_at_most(frame - (char *)trap.address, LARGE + LIMIT / 4,
				       "bytes from the trap up to the caller's frame");
			assert_address(reached, NULL, "an array that was used");
		}
	}
}

CLAIM(from_the_heap_it_can_be_had, "stack-09",
      "With the same limit malloc gives a block of that size, and both of its ends can be used",
      .needs = AREA_LIST)
{
	IN_CHILD {
		limit_stack();

		char *volatile block = malloc(LARGE);

		arrange(block);
		assert_no_trap(try_store(block, 'f'));
		assert_no_trap(try_store(block + LARGE - 1, 'n'));
		assert_byte(block, 'f', "the block's first byte");
		assert_byte(block + LARGE - 1, 'n', "its last byte");
	}
}

CONTROL(a_smaller_array_is_served, "stack-09",
	"An array of a quarter of the limit can be used at both ends", .needs = AREA_LIST)
{
	IN_CHILD {
		limit_stack();
		length = SMALL;
		assert_no_trap(try_call((const void *)(uintptr_t)use_array));
		assert_byte(reached, 'f', "the array's far end, on a stack that nobody used since");
	}
}
