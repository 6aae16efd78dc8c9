/* SPDX-License-Identifier: MIT */
/*
 * A frame takes the place of the last one
 * =======================================
 *
 * Document 004 (3.4): "function calls are nested and naturally follow LIFO order". A function
 * that returns leaves its frame's place to the next one that is called. Two functions, called in
 * turn, have their local variables in the same bytes; called one within the other they have not.
 *
 *      f()              g()              f() calls g()
 *      | caller |       | caller |       | caller |
 *      |   f    |       |   g    |       |   f    |
 *                                        |   g    |
 *
 * So it is "limited in lifetime" (20.4): who keeps a pointer to a local of a function that has
 * returned reads what later calls left there. A block of the heap lives until it is freed, and a
 * static variable as long as the program.
 *
 * Look with: the addresses of local variables, and what lies there after the next call.
 * Read on:   malloc(3); document 004 sections 3.4 and 20.4.
 */
#include <stdlib.h>

#include <touchstone/experiment.h>

EXPERIMENT("A frame takes the place of the last one");

enum { LENGTH = 256, TURNS = 10 };

/*
 * What a call tells of its local array. Its address is a number: compilers give nobody a pointer
 * to it.
 */
struct told {
	uintptr_t start;
	size_t kept; /* bytes as the call had filled them, when it was about to return */
};

typedef void fill_function(unsigned char fill, struct told *told, bool calls_the_other);

static fill_function first, second;

/* volatile: so that each call is one, and has a frame. */
static fill_function *volatile functions_in_turn[] = {first, second};

static void first(unsigned char fill, struct told *told, bool calls_the_other)
{
	volatile unsigned char local[LENGTH];

	for (int i = 0; i < LENGTH; i++) {
		local[i] = fill;
	}
	told[0] = (struct told){.start = (uintptr_t)local};
	if (calls_the_other) {
		functions_in_turn[1]((unsigned char)~fill, told + 1, false);
	}
	for (int i = 0; i < LENGTH; i++) {
		told->kept += local[i] == fill;
	}
}

static void second(unsigned char fill, struct told *told, bool calls_the_other)
{
	volatile unsigned char local[LENGTH];

	(void)calls_the_other;
	for (int i = 0; i < LENGTH; i++) {
		local[i] = fill;
	}
	told[0] = (struct told){.start = (uintptr_t)local, .kept = LENGTH};
}

static size_t distance(uintptr_t a, uintptr_t b)
{
	return a < b ? b - a : a - b;
}

CLAIM(calls_in_turn_have_one_place, "stack-06",
      "Two functions that are called in turn have their local arrays in the same bytes, each time")
{
	struct told now[2], before[2] = {{0, 0}, {0, 0}};

	for (int turn = 0; turn < TURNS; turn++) {
		functions_in_turn[0]('f', &now[0], false);
		functions_in_turn[1]('g', &now[1], false);
		assert_at_most(distance(now[0].start, now[1].start), LENGTH - 1,
			       "bytes between the two arrays' starts");
		for (int i = 0; i < 2 && turn > 0; i++) {
			assert_address(now[i].start, before[i].start, "the array's place");
		}
		memcpy(before, now, sizeof now);
	}
}

CONTROL(a_call_within_a_call_has_another, "stack-06 stack-10",
	"The array of a function that is still running overlaps no other, and keeps its bytes")
{
	struct told told[2];

	functions_in_turn[0]('f', told, true);
	assert_at_least(told[0].start - told[1].start, LENGTH,
			"bytes from the inner array up to the outer one");
	assert_equals(told[0].kept, LENGTH, "bytes that the inner call left alone");
}

CLAIM(the_next_call_overwrites_what_is_left, "stack-10",
      "Where a function that has returned had its array, the next call's bytes are read")
{
	struct told one, other;
	size_t left = 0, overwritten = 0, apart;

	functions_in_turn[0]('f', &one, false);
	functions_in_turn[1]('g', &other, false);
	for (uintptr_t at = one.start; at < one.start + LENGTH; at++) {
		unsigned char seen = load((const void *)at);

		left += seen == 'f';
		overwritten += seen == 'g';
	}
	apart = distance(one.start, other.start);
	assert_at_least(overwritten, apart < LENGTH ? LENGTH - apart : 1,
			"bytes of the next call in its place");
	assert_at_most(left, apart < LENGTH ? apart : 0, "bytes that are left of it");
}

CLAIM(a_block_of_the_heap_persists, "stack-10",
      "A block and a static array that were filled before those calls are as they were, to the "
      "last "
      "byte")
{
	static unsigned char in_globals[LENGTH];
	unsigned char *volatile block = malloc(LENGTH);
	struct told told[2];

	arrange(block);
	for (int i = 0; i < LENGTH; i++) {
		store(block + i, 'f');
		store(in_globals + i, 'f');
	}
	for (int turn = 0; turn < TURNS; turn++) {
		functions_in_turn[0]('x', told, true);
		functions_in_turn[1]('g', told, false);
	}
	assert_all_bytes(block, LENGTH, 'f', "the block");
	assert_all_bytes(in_globals, LENGTH, 'f', "the static array");
}
