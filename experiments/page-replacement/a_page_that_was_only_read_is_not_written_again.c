/* SPDX-License-Identifier: MIT */
/*
 * A page that was only read is not written again
 * ==============================================
 *
 * Document 002 has it that a page that comes back from swap leaves its place there free for others,
 * and document 004 (11.4) that memory without a file must be written when it goes. Neither is
 * the whole of it. A page that came back and was only read is the same as what is in its slot.
 * On a disk the kernel lets the slot stand, beside the frame: when the page has to go again it is
 * clean, and nothing is written. The first store ends that: then the copy in the slot is stale.
 *
 *      goes the first time      [frame] -> slot 5         written
 *      comes back, is read      [frame]    slot 5         both hold it
 *      goes again               given up,  slot 5         nothing written
 *      comes back, is stored into, goes   -> a slot       written
 *
 * Where swap is memory itself (zram) a slot would cost what it was to save: there it is given up
 * when the page comes back (Linux 6.18), and each eviction writes. A swap area that is half full
 * does so, too.
 *
 * Look with: bytes written to a block device of our own that is the swap area, by its statistics;
 *            mincore(2), which tells what is being written, for it is in memory still.
 * Read on:   Documentation/admin-guide/iostats.rst; document 002, introduction; 004 section 11.4.
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("A page that was only read is not written again");

enum { PAGES = 128, ROOM = 8 * PAGES, STORES = 2, ROUNDS = 5, SEED = 6 };

static struct swap_area roomy_swap(void)
{
	need_no_zswap();
	stay_on_one_processor(); /* its lists hide no page from the advice */
	return guard_swap_area(SWAP_ON_LOOP, ROOM * page_size());
}

/* Pages written while they go. Others may use the area too: the quietest of some rounds counts. */
static long long written_again(const struct swap_area *area, char *pages, bool stored_into)
{
	long long least = -1;

	for (unsigned round = 1; round <= (stored_into ? STORES : ROUNDS) && least != 0; round++) {
		long long before = swap_traffic_of(area).written;

		if (stored_into) {
			write_pattern(pages, PAGES * page_size(), SEED + round);
		} else {
			assert_pattern(pages, PAGES * page_size(), SEED, "what came back");
		}
		leave_memory(area, pages, PAGES);

		long long written = swap_traffic_of(area).written - before;

		least = least < 0 || written < least ? written : least;
	}
	return least;
}

CLAIM(what_was_only_read_costs_no_write, "replace-21",
      "Pages that came back from swap and were only read go again without a single write",
      .needs = SWAP_AREA | PAGE_STATES, .alone = "swap")
{
	struct swap_area area = roomy_swap();
	char *pages = filled_pages(PAGES, MAP_PRIVATE, SEED);
	long long before = swap_traffic_of(&area).written;

	leave_memory(&area, pages, PAGES);
	assert_at_least(swap_traffic_of(&area).written - before, PAGES / 2,
			"pages written the first time"); /* to this area: there may be others */
	assert_equals(written_again(&area, pages, false), 0, "pages written again");
	assert_pattern(pages, PAGES * page_size(), SEED, "what came back");
}

CLAIM(the_slot_stays, "replace-21",
      "While they are in memory again their slots in the swap area are in use as before",
      .needs = SWAP_AREA | PAGE_STATES, .alone = "swap")
{
	struct swap_area area = roomy_swap();
	char *pages = filled_pages(PAGES, MAP_PRIVATE, SEED);

	leave_memory(&area, pages, PAGES);
	load_each(pages, PAGES);
	assert_strip(observe_pages("come back", pages, PAGES), "p");
	assert_at_least(swap_area_used(&area), PAGES / 2 * page_size(), "bytes of the area in use");
}

CONTROL(what_was_stored_into_is_written, "replace-21",
	"Pages that are stored into when they have come back are written each time, and come back "
	"new",
	.needs = SWAP_AREA | PAGE_STATES, .alone = "swap")
{
	struct swap_area area = roomy_swap();
	char *pages = filled_pages(PAGES, MAP_PRIVATE, SEED);

	leave_memory(&area, pages, PAGES);
	assert_at_least(written_again(&area, pages, true), PAGES / 2, "pages written again");
	assert_pattern(pages, PAGES * page_size(), SEED + STORES, "what came back");
}
