/* SPDX-License-Identifier: MIT */
/*
 * A page more takes twice as much
 * ===============================
 *
 * Where blocks are powers of two (document 004, section 4.3) a request is rounded up to the next one. Of
 * five pages that costs three, which belong to somebody and are used by nobody: internal fragmentation
 * (13.2). A buddy allocator has holes that are easy to join, and pays for it inside of its blocks:
 *
 *      asked for    |#|#|#|#|#|
 *      taken        |#|#|#|#|#|.|.|.|
 *
 * The kernel's allocator of frames rounds in just this way, and gives back what it can tell beforehand
 * that nobody needs (alloc_pages_exact). Small objects come from caches, so that they are not rounded
 * as far: besides those of 64 and 128 bytes there is one of 96.
 *
 * Look with: the blocks that a buddy allocator maps, until nothing is left; mincore(2); as root /proc/slabinfo.
 * Read on:   document 004 sections 4.3 and 13.2; touchstone/buddies.h.
 */
#include <touchstone/buddies.h>
#include <touchstone/experiment.h>

EXPERIMENT("A page more takes twice as much");

enum { ORDER = 3 };

static struct buddies buddies;

CLAIM(a_page_more_takes_twice_as_much, "frag-10",
      "A request of a page more than a power of two takes twice that power, so that half as many "
      "fit")
{
	buddies_begin(&buddies);
	for (size_t i = 0; i < BUDDY_PAGES >> (ORDER + 1); i++) {
		size_t block = take_buddy(&buddies, (1 << ORDER) + 1);

		assert_equals(block ? buddy_pages(block) : 0, 2 << ORDER, "pages that it takes");
	}
	assert_equals(take_buddy(&buddies, 1), 0,
		      "the block that is left for a page, though almost half is waste");
	assert_holes_are_real(&buddies.arena);
}

CONTROL(a_power_of_two_wastes_nothing, "frag-10",
	"Requests of just a power of two take that, and all of the memory can be given out")
{
	buddies_begin(&buddies);
	for (size_t i = 0; i < BUDDY_PAGES >> ORDER; i++) {
		assert_equals(buddy_pages(take_buddy(&buddies, 1 << ORDER)), 1 << ORDER,
			      "pages that it takes");
	}
	assert_equals(buddies.arena.taken, BUDDY_PAGES, "pages that were given out");
	assert_holes_are_real(&buddies.arena);
}
