/* SPDX-License-Identifier: MIT */
/*
 * Traffic breaks large holes up
 * =============================
 *
 * Where memory is given in one piece, "finding a large enough free hole becomes harder over time"
 * (document 004, section 4.1). Nothing leaks and nothing grows: blocks of all sizes come and go, each
 * leaves a hole that the next one fills in part, and what was one large hole is soon many.
 *
 *      at first     |...........................|      one hole
 *      later        |##...##.###....#.##...##..#|      as much is free, in pieces
 *
 * So requests fail though enough is free. "Paging changes the question" (4.2): where all blocks are of one
 * size, any hole serves, and what is free can be used to the last piece.
 *
 * Look with: the largest hole and all that is free, while the kernel agrees to each placement.
 * Read on:   document 004 sections 4.1, 4.2; touchstone/placement.h.
 */
#include <touchstone/experiment.h>
#include <touchstone/placement.h>

EXPERIMENT("Traffic breaks large holes up");

enum { PAGES = 2048, SMALLEST = 4, LARGEST = 40, STEPS = 600, SIZE = 16 };

/* The largest hole, in thousandths of all that is free. */
static size_t largest_share(const struct arena *arena)
{
	size_t largest = 0;

	for (size_t i = 0; i <= arena->count; i++) {
		size_t pages = hole_pages(arena, i);

		largest = pages > largest ? pages : largest;
	}
	return largest * 1000 / (arena->pages - arena->taken);
}

CLAIM(the_largest_hole_dwindles, "frag-02",
      "All that is free is one hole at first, and under random traffic the largest is a third at "
      "most")
{
	static struct arena arena;

	for (enum placement policy = FIRST_FIT; policy <= WORST_FIT; policy++) {
		size_t sum = 0;

		arena_begin(&arena, PAGES);
		assert_equals(largest_share(&arena), 1000, "thousandths of it in the largest hole");
		for (int step = 0; step < STEPS; step++) {
			arena_step(&arena, policy, SMALLEST, LARGEST, PAGES * 8 / 10);
			sum += step >= STEPS / 2 ? largest_share(&arena) : 0;
		}
		assert_at_most(sum / (STEPS / 2), 400, "thousandths of it in the largest, later");
		assert_holes_are_real(&arena);
	}
}

/* How many requests found no hole, with at least as many pages free, in the second half of the traffic. */
static size_t refused_with_enough_free(size_t smallest, size_t largest)
{
	static struct arena arena;
	size_t refused = 0;

	arena_begin(&arena, PAGES);
	for (int step = 0; step < STEPS; step++) {
		size_t pages = smallest + arena_random(&arena, largest - smallest + 1);

		while (request_pages(&arena, FIRST_FIT, pages) == NO_HOLE) {
			refused += step >= STEPS / 2 && PAGES - arena.taken >= pages;
			release_block(&arena, arena_random(&arena, arena.count));
		}
	}
	assert_holes_are_real(&arena);
	return refused;
}

CLAIM(requests_fail_though_enough_is_free, "frag-02",
      "After a while requests find no hole again and again, though as many pages are free")
{
	assert_at_least(refused_with_enough_free(SMALLEST, LARGEST), STEPS / 4,
			"times that no hole sufficed and all of them together did");
}

CONTROL(pieces_of_one_size_fit_any_hole, "frag-02",
	"Where all requests are of one size none ever fails as long as so much is free")
{
	assert_equals(refused_with_enough_free(SIZE, SIZE), 0,
		      "times that no hole sufficed and all of them together did");
}
