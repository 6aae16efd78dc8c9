/* SPDX-License-Identifier: MIT */
/*
 * Recursion needs a frame for each call
 * =====================================
 *
 * Why have a stack at all? Because of one function several calls may be under way, and each needs
 * its own variables. Without a stack "recursion would be awkward" (document 004, 3.4).
 * The oldest compilers gave each function one place for its variables, for good. Then
 * the inner call destroys what the outer one still needs:
 *
 *      fib(3) = fib(2) + fib(1)      n = 3  ->  n = 2  ->  n = 1 ...  and back: what was n?
 *
 *      one frame for all calls       wrong
 *      a block for each call         right, and slower
 *      a stack frame for each        right, and nearly free
 *
 * Look with: Fibonacci numbers, computed by one function over three kinds of frames; a clock, as a
 * ratio only.
 * Read on:   malloc(3); document 004 sections 3.4 and 20.4.
 */
#include <stdlib.h>

#include <touchstone/experiment.h>

EXPERIMENT("Recursion needs a frame for each call");

enum { NUMBER = 15, LAST = 12 };

enum kind { ON_THE_STACK, IN_A_BLOCK, IN_ONE_PLACE };

/* The variables of a call. */
struct frame {
	volatile int n;
	volatile long sum;
};

static struct frame *place_for_all_calls(void)
{
	static struct frame frame;

	return &frame;
}

/* volatile: each call is one. */
static struct frame *(*volatile frame_of_one_place)(void) = place_for_all_calls;

__attribute__((noinline)) static long fibonacci(enum kind kind, int n)
{
	struct frame local, *own = &local;

	if (kind == IN_A_BLOCK) {
		own = malloc(sizeof *own);
		arrange(own);
	} else if (kind == IN_ONE_PLACE) {
		own = frame_of_one_place();
	}
	own->n = n;
	own->sum = n;
	if (n >= 2) {
		long inner = fibonacci(kind, own->n - 1);

		own->sum = inner;
		inner = fibonacci(kind, own->n - 2);
		own->sum += inner;
	}

	long sum = own->sum;

	if (kind == IN_A_BLOCK) {
		free(own);
	}
	return sum;
}

/* Without any recursion, for comparison. */
static long true_number(int n)
{
	long low = 0, high = 1;

	for (; n > 0; n--) {
		long next = low + high;

		low = high;
		high = next;
	}
	return low;
}

CLAIM(with_frames_of_their_own_it_is_right, "stack-13",
      "With a frame for each call, on the stack or from malloc, the recursion computes what is "
      "right")
{
	for (int n = 0; n <= LAST; n++) {
		assert_equals(fibonacci(ON_THE_STACK, n), true_number(n), "over stack frames");
		assert_equals(fibonacci(IN_A_BLOCK, n), true_number(n), "over blocks of the heap");
	}
}

CLAIM(with_one_frame_it_is_wrong, "stack-13",
      "With one place for the variables of all calls every number from the third on is wrong")
{
	for (int n = 2; n <= LAST; n++) {
		assert_differs(fibonacci(IN_ONE_PLACE, n), true_number(n), "over one place");
	}
}

CONTROL(who_never_calls_himself_needs_but_one, "stack-13",
	"Where no inner call is made one place will do")
{
	for (int n = 0; n < 2; n++) {
		assert_equals(fibonacci(IN_ONE_PLACE, n), true_number(n), "over one place");
	}
}

static void over_blocks(void *unused)
{
	(void)unused;
	fibonacci(IN_A_BLOCK, NUMBER);
}

static void over_stack_frames(void *unused)
{
	(void)unused;
	fibonacci(ON_THE_STACK, NUMBER);
}

CLAIM(blocks_are_slower, "stack-13", "The same recursion over blocks from malloc takes longer",
      .needs = TIMING)
{
	struct race race = {.slow = over_blocks, .fast = over_stack_frames, .wanted = 1.2};

	assert_race(&race, "a block for each call, against a stack frame for each");
}
