/* SPDX-License-Identifier: MIT */
/*
 * A slot is kept for who only reads
 * =================================
 *
 * When a page comes back from swap it "still exists in the swap space", says document 002, "but the OS
 * typically marks it as available for future use". It exists there still, and for that very reason
 * its slot is not available: it stays taken. As long as the page is only read, slot and frame hold the same
 * bytes, so that the frame can be given away again without a single write.
 *
 *      page           swapped      read          written in place     swapped again
 *      frame          -            [ a ]         [ b ]                -
 *      slot           [ a ]        [ a ]         [ a ] stale          [ b ]
 *
 * A store that brings the page in frees the slot at once, for what is there is out of date from then on.
 * A store that comes later, to a page that a load has brought in and that may be written already, is
 * seen by nobody: the slot stays, with bytes that are good for nothing until the page goes out again.
 *
 * Look with: /proc/swaps, for a swap area of our own; bit 62 of /proc/PID/pagemap.
 * Read on:   swapon(2), madvise(2) MADV_PAGEOUT; document 002, introduction.
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("A slot is kept for who only reads");

/* Slots are handed out and taken back in batches, which are small against so many. */
enum { PAGES = 384, ROOM = 4 * PAGES, FIRST = 1, SECOND = 2 };

static struct swap_area area_on_a_disk(void)
{
	struct swap_area area = guard_swap_area(SWAP_ON_LOOP, ROOM * page_size());

	turn_to_swap_area(&area);
	return area;
}

static size_t slots_taken(const struct swap_area *area)
{
	return swap_area_used(area) / page_size();
}

CLAIM(a_load_leaves_the_slot_taken, "swap-08",
      "Pages that loads have brought back are in memory, and their slots are as taken as before",
      .needs = SWAP_AREA | PAGE_STATES, .alone = "swap")
{
	struct swap_area area = area_on_a_disk();
	char *memory = swapped_pages(PAGES, FIRST);

	assert_at_least(slots_taken(&area), PAGES, "slots taken while all pages are out");
	for (int times = 0; times < 2; times++) {
		load_each(memory, PAGES);
		assert_strip(observe_pages("after a load from each", memory, PAGES), "p");
		assert_at_least(slots_taken(&area), PAGES, "slots taken when all were read");
		assert_pattern(memory, PAGES * page_size(), FIRST, "what came back");
		page_out(memory, PAGES);
	}
}

CLAIM(a_store_in_place_leaves_the_slot_stale, "swap-09",
      "Where a store to a page that a load has brought back costs no fault, its slot stays taken",
      .needs = SWAP_AREA | PAGE_STATES | FAULT_COUNTS, .alone = "swap")
{
	struct swap_area area = area_on_a_disk();
	char *memory = swapped_pages(PAGES, FIRST);

	load_each(memory, PAGES);

	struct faults spent = faults_of(store_each(memory, PAGES, 's'));

	if (spent.minor > 0) {
		undecided("needs a kernel that lets what was read from swap be written at once: "
			  "Linux 6.8, without soft-dirty marks; here %ld stores of %d faulted",
			  spent.minor, PAGES);
	}
	assert_at_least(slots_taken(&area), PAGES, "slots taken when all were written");
}

CLAIM(the_last_bytes_come_back, "swap-09",
      "What was written after a page was read from swap is what comes back from swap next time",
      .needs = SWAP_AREA | PAGE_STATES, .alone = "swap")
{
	struct swap_area area = area_on_a_disk();
	char *memory = swapped_pages(PAGES, FIRST);

	for (unsigned seed = SECOND; seed < SECOND + 2; seed++) {
		load_each(memory, PAGES);
		write_pattern(memory, PAGES * page_size(), seed);
		leave_memory(&area, memory, PAGES);
		assert_at_least(slots_taken(&area), PAGES, "slots taken while all pages are out");
		assert_pattern(memory, PAGES * page_size(), seed, "what came back");
	}
}

CONTROL(a_store_that_brings_a_page_in_frees_its_slot, "swap-08 swap-09",
	"Where stores bring the pages in, slots become free: most of them at once",
	.needs = SWAP_AREA | PAGE_STATES, .alone = "swap")
{
	struct swap_area area = area_on_a_disk();
	char *memory = swapped_pages(PAGES, FIRST);

	leave_memory(&area, memory, PAGES); /* what is being written would keep its slot */
	assert_at_least(slots_taken(&area), PAGES, "slots taken while all pages are out");
	store_each(memory, PAGES, 's');
	assert_strip(observe_pages("after a store to each", memory, PAGES), "p");
	assert_at_most(slots_taken(&area), PAGES / 2, "slots taken when all were written");
}
