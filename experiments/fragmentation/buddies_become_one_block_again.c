/* SPDX-License-Identifier: MIT */
/*
 * Buddies become one block again
 * ==============================
 *
 * "A buddy allocator for page-sized or power-of-two blocks" gives out the frames of Linux, and is good at
 * "coalescing neighbors" (document 004, section 4.3). A block is halved until it is as small as it may be;
 * its halves are buddies. When both are free they are one block again, and so on upwards:
 *
 *      |               16              |          block number n has the halves 2n and 2n + 1,
 *      |       8       |       8       |          so that the buddy of n is n ^ 1
 *      |   4   |   4   |
 *      | 2 |###|
 *
 * To find a buddy takes one bit, for each block is aligned to its size. That has a price: neighbours that
 * are no buddies stay apart.
 *
 * The allocator here is a model that gives out real address space. The one of the kernel shows in
 * /proc/buddyinfo, for the whole machine, where it never rests.
 *
 * Look with: the blocks themselves, mapped by mmap(2) with MAP_FIXED_NOREPLACE; mincore(2).
 * Read on:   document 004 sections 4.3 and 13.2; the kernel's mm/page_alloc.c; touchstone/buddies.h.
 */
#include <touchstone/buddies.h>
#include <touchstone/experiment.h>

EXPERIMENT("Buddies become one block again");

static struct buddies buddies;

CLAIM(freed_in_any_order_all_is_one_block, "frag-08",
      "Taken in pieces and given back in any order, all is one block again, and nothing before "
      "that")
{
	for (int round = 0; round < 4; round++) {
		buddies_begin(&buddies);
		while (take_buddy(&buddies, 2)) {
		}
		assert_equals(buddies.arena.count, BUDDY_PAGES / 2, "blocks that were taken");
		while (buddies.arena.count > 0) {
			struct block gone =
				buddies.arena
					.blocks[arena_random(&buddies.arena, buddies.arena.count)];

			assert_equals(take_buddy(&buddies, BUDDY_PAGES), 0,
				      "the block that is given out for all of it");
			give_buddy_back(&buddies, (BUDDY_PAGES + gone.at) / gone.pages);
		}
		assert_holes_are_real(&buddies.arena);
		assert_equals(take_buddy(&buddies, BUDDY_PAGES), 1,
			      "the block that is given out for all of it");
		assert_holes_are_real(&buddies.arena);
	}
}

CLAIM(each_block_is_aligned_to_its_size, "frag-09",
      "Each block has a power of two of pages, and starts at a multiple of its size")
{
	buddies_begin(&buddies);
	for (size_t pages = 1; pages <= BUDDY_PAGES / 4; pages = 3 * pages / 2 + 1) {
		struct block block = {buddy_place(take_buddy(&buddies, pages)), pages};
		struct block real = buddies.arena.blocks[buddy_in_arena(&buddies, block.at)];

		assert_equals(real.pages & (real.pages - 1), 0, "bits beside the highest");
		assert_equals(real.at % real.pages, 0, "pages behind a multiple of its size");
		assert_at_least(real.pages, pages, "pages it has");
	}
	assert_holes_are_real(&buddies.arena);
}

CONTROL(neighbours_that_are_no_buddies_stay_apart, "frag-08 frag-09",
	"Two free neighbours of different parents serve no larger request, as one of two buddies "
	"does")
{
	buddies_begin(&buddies);
	while (take_buddy(&buddies, 2)) {
	}
	give_buddy_back(&buddies, BUDDY_PAGES / 2 + 1);
	assert_equals(take_buddy(&buddies, 4), 0, "the block of four for one buddy that is free");
	give_buddy_back(&buddies, BUDDY_PAGES / 2 + 2);
	assert_equals(take_buddy(&buddies, 4), 0,
		      "the block of four for two neighbours that are free");
	give_buddy_back(&buddies, BUDDY_PAGES / 2);
	assert_equals(take_buddy(&buddies, 4), BUDDY_PAGES / 4,
		      "the block of four for two buddies that are free");
	assert_holes_are_real(&buddies.arena);
}
