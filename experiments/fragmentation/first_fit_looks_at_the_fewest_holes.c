/* SPDX-License-Identifier: MIT */
/*
 * First fit looks at the fewest holes
 * ===================================
 *
 * "First fit is fast", says document 004 (section 4.1), and why: it stops at the first hole that is large
 * enough. Best and worst fit cannot know that a hole is the smallest or the largest before they have
 * seen the last one. With a plain list of holes that is the whole difference:
 *
 *      holes       2   5   9   3   40          a request of 4
 *      first fit   ?   !                       2 looks
 *      best fit    ?   ?   ?   ?   ?           5 looks
 *
 * It is the list that makes it so. Linux keeps the gaps of an address space in a tree ordered by
 * address that knows the widest gap below each node, so that even a full search is short.
 *
 * Look with: a count of the holes that a policy looks at.
 * Read on:   document 004 section 4.1; touchstone/placement.h.
 */
#include <touchstone/experiment.h>
#include <touchstone/placement.h>

EXPERIMENT("First fit looks at the fewest holes");

enum { PAGES = 2048, SMALLEST = 4, LARGEST = 40, LIMIT = PAGES * 7 / 10, STEPS = 600 };

/* Hundredths of holes that a request looks at, under the same traffic; the kernel agrees to it. */
static size_t looks_of(enum placement policy)
{
	static struct arena arena;

	arena_begin(&arena, PAGES);
	for (int step = 0; step < STEPS; step++) {
		arena_step(&arena, policy, SMALLEST, LARGEST, LIMIT);
	}
	assert_holes_are_real(&arena);
	return arena.looks * 100 / arena.requests;
}

CLAIM(it_stops_at_the_first_that_suffices, "frag-04",
      "Under the same traffic first fit looks at three quarters as many holes as the others, or "
      "fewer")
{
	size_t first = looks_of(FIRST_FIT);

	assert_at_most(first, looks_of(BEST_FIT) * 3 / 4, "hundredths of holes, by best fit's");
	assert_at_most(first, looks_of(WORST_FIT) * 3 / 4, "hundredths of holes, by worst fit's");
}

CLAIM(the_others_look_at_every_hole, "frag-04",
      "Best and worst fit look at every hole for every request, first fit at none behind its "
      "choice")
{
	static struct arena arena;
	const enum placement others[] = {BEST_FIT, WORST_FIT};
	enum { WALLS = 9 };

	arena_begin(&arena, 2 * WALLS + 1);
	for (size_t i = 0; i < WALLS; i++) {
		place_block(&arena, i, 1, 1); /* with a hole of one page before it */
	}
	assert_holes_are_real(&arena);
	for (size_t i = 0; i < 2; i++) {
		arena.looks = 0;
		(void)choose_hole(&arena, others[i], 1);
		assert_equals(arena.looks, WALLS + 1, "holes that a policy has looked at");
	}
	for (size_t i = 0; i <= WALLS; i++) {
		arena.looks = 0;
		assert_equals(request_pages(&arena, FIRST_FIT, 1), 2 * i, "the page that is given");
		assert_equals(arena.looks, 1, "holes that first fit has looked at");
	}
	assert_holes_are_real(&arena);
}

CONTROL(what_no_hole_serves_costs_all_the_same, "frag-04",
	"For a request that no hole serves first fit looks at each of them, as the others do")
{
	static struct arena arena;

	for (enum placement policy = FIRST_FIT; policy <= WORST_FIT; policy++) {
		arena_begin(&arena, 20);
		for (size_t i = 0; i < 5; i++) {
			place_block(&arena, i, 3, 1);
		}
		assert_equals(request_pages(&arena, policy, 4), NO_HOLE, "the page that is given");
		assert_equals(arena.looks, 5, "holes that the policy has looked at");
		assert_holes_are_real(&arena);
	}
}
