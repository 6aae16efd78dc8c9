/* SPDX-License-Identifier: MIT */
/*
 * A policy chooses among holes that suffice
 * =========================================
 *
 * Memory that is handed out in one piece needs a hole that is large enough, and often several are. Document 004
 * (section 4.1) names three ways to choose. First fit takes the first one large enough, best fit the
 * smallest that works, worst fit the largest. Here they choose among six holes for five requests:
 *
 *      holes       300   600   350   200   750   125    pages, in the order of their addresses
 *      115 first   ^^^                                  what is left of a hole is a hole
 *          best                                ^^^
 *          worst                         ^^^
 *
 * The table below was worked out by hand. Each block is really mapped where the policy says, so that the
 * kernel has a say in what is free. Worst fit has used up its large holes when the last request comes.
 *
 * Look with: the addresses at which mmap(2) places the blocks; mincore(2), ENOMEM where nothing is mapped.
 * Read on:   mmap(2) MAP_FIXED_NOREPLACE; document 004 section 4.1; touchstone/placement.h.
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>
#include <touchstone/placement.h>

EXPERIMENT("A policy chooses among holes that suffice");

enum { HOLES = 6, REQUESTS = 5, WALL = 1 };

static const size_t holes[HOLES] = {300, 600, 350, 200, 750, 125};
static const size_t requests[REQUESTS] = {115, 500, 358, 200, 375};

/* By hand: the hole that each request goes to, and how far behind its start. */
struct answer {
	size_t hole, behind;
};
static const struct answer by_hand[][REQUESTS] = {
	[FIRST_FIT] = {{0, 0}, {1, 0}, {4, 0}, {2, 0}, {4, 358}},
	[BEST_FIT] = {{5, 0}, {1, 0}, {4, 0}, {3, 0}, {4, 358}},
	[WORST_FIT] = {{4, 0}, {4, 115}, {1, 0}, {2, 0}, {NO_HOLE, 0}},
};

static size_t start_of(size_t hole)
{
	size_t at = 0;

	for (size_t i = 0; i < hole; i++) {
		at += holes[i] + WALL;
	}
	return at;
}

/* Walls of one page between the holes: all is mapped, and what is to be free unmapped again. */
static void begin_with_holes(struct arena *arena)
{
	arena_begin(arena, start_of(HOLES) - WALL);
	for (size_t i = 0; i + 1 < HOLES; i++) {
		place_block(arena, i, 0, holes[i]);
		place_block(arena, i + 1, 0, WALL);
		release_block(arena, i);
	}
	assert_holes_are_real(arena);
}

static void assert_as_by_hand(enum placement policy)
{
	static struct arena arena;

	begin_with_holes(&arena);
	for (size_t i = 0; i < REQUESTS; i++) {
		struct answer answer = by_hand[policy][i];
		size_t at = request_pages(&arena, policy, requests[i]);

		evidence("request", "%zu pages", requests[i]);
		if (answer.hole == NO_HOLE) {
			assert_equals(at, NO_HOLE, "the page it was placed at, -1 for nowhere");
		} else {
			assert_equals(at, start_of(answer.hole) + answer.behind,
				      "the page it was placed at, -1 for nowhere");
		}
	}
	assert_holes_are_real(&arena);
}

CLAIM(first_fit_takes_the_first, "frag-18",
      "First fit places each request in the first hole that is large enough")
{
	assert_as_by_hand(FIRST_FIT);
}

CLAIM(best_fit_takes_the_smallest, "frag-18",
      "Best fit places each request in the smallest hole that is large enough")
{
	assert_as_by_hand(BEST_FIT);
}

CLAIM(worst_fit_takes_the_largest, "frag-18",
      "Worst fit places each request in the largest hole, and has none left for the last one")
{
	assert_as_by_hand(WORST_FIT);
}

CONTROL(where_one_hole_suffices_all_agree, "frag-18",
	"A request that only one hole can serve goes there, whatever the policy, and fills it")
{
	static struct arena arena;

	for (enum placement policy = FIRST_FIT; policy <= WORST_FIT; policy++) {
		begin_with_holes(&arena);
		assert_equals(request_pages(&arena, policy, holes[4] + 1), NO_HOLE,
			      "where a page more than the largest hole is placed, -1 for nowhere");
		assert_equals(request_pages(&arena, policy, holes[4]), start_of(4),
			      "the page at which a request as large as that one is placed");
		assert_holes_are_real(&arena);
	}
}
