/* SPDX-License-Identifier: MIT */
/*
 * An evicted page moves to swap
 * =============================
 *
 * Documents 002 and 004 (12.2) give evicted pages a place to go: a swap file, or a partition. It
 * has to be so. Nobody but its process knows what is in an anonymous page; the kernel may take
 * the frame only when the bytes are safe somewhere else, and where there is no such place the page
 * stays. What has left is not present any more, and its entry says that it is in swap.
 *
 *      before      p p p p p p p p p p p p      present: p
 *      evict               |-----------|
 *      after       p p p p ~ ~ ~ ~ ~ ~ p p      in swap: ~      never absent: .
 *
 * Look with: bits 63 (present) and 62 (swapped) of /proc/PID/pagemap; Swap and Rss in
 *            /proc/PID/smaps; /proc/swaps.
 * Read on:   madvise(2) MADV_PAGEOUT, proc(5); documents 002, 004 sections 11.4 and 12.2.
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("An evicted page moves to swap");

#ifndef MADV_COLD
#define MADV_COLD 20
#endif
enum { PAGES = 12, FIRST = 4, EVICTED = 6, ATTEMPTS = 10, SEED = 2 };

CLAIM(what_left_memory_is_in_swap, "swap-02",
      "Pages that were evicted are all in swap, none is present; one that is touched is back",
      .needs = SWAP | PAGE_STATES | AREA_USAGE, .alone = "swap")
{
	guard_swap(PAGES * page_size());

	char *area = swapped_pages(PAGES, SEED);
	struct pages seen = observe_pages("evicted", area, PAGES);
	struct usage usage = observe_usage("evicted", area, PAGES * page_size());

	assert_equals(count_swapped(seen), PAGES, "pages in swap");
	assert_equals(count_present(seen), 0, "pages present");
	assert_equals(usage.swap, PAGES * page_size(), "Swap, in bytes");
	assert_equals(usage.rss, 0, "Rss, in bytes");
	load(page(area, PAGES - 1));
	assert_strip(observe_pages("the last one touched", area, PAGES), "~~~~~~~~~~~p");
	usage = observe_usage("the last one touched", area, PAGES * page_size());
	assert_equals(usage.swap, (PAGES - 1) * page_size(), "Swap, when one is back");
	assert_equals(usage.rss, page_size(), "Rss, when one is back");
}

CLAIM(the_neighbours_stay, "swap-02",
      "Of twelve pages the six that are to go are in swap, and those beside them are present",
      .needs = SWAP | PAGE_STATES, .alone = "swap")
{
	guard_swap(ATTEMPTS * PAGES * page_size());
	for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
		char *area = filled_pages(PAGES, MAP_PRIVATE, SEED);

		if (page_out(page(area, FIRST), EVICTED) == EVICTED) {
			assert_strip(observe_pages("evicted", area, PAGES), "pppp~~~~~~pp");
			return;
		}
	}
	undecided("needs swap with room: MADV_PAGEOUT left pages in memory each time");
}

CLAIM(no_page_is_dropped, "swap-02 replace-18",
      "Whatever is to go is present or in swap at any time, never gone: where there is no swap it "
      "stays",
      .needs = PAGE_STATES)
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, SEED);

	for (int round = 0; round < ATTEMPTS; round++) {
		if (madvise(area, PAGES * page_size(), MADV_PAGEOUT) != 0) {
			undecided("needs MADV_PAGEOUT: Linux 5.4");
		}

		struct pages seen = observe_pages("to go", area, PAGES);

		assert_equals(count_present(seen) + count_swapped(seen), PAGES,
			      "pages that are present or in swap");
	}
	assert_pattern(area, PAGES * page_size(), SEED, "what the pages hold");
}

CLAIM(the_device_is_written, "swap-02 replace-18",
      "The area has so many pages more in use, and so many were written to its device",
      .needs = SWAP_AREA | PAGE_STATES, .alone = "swap")
{
	need_no_zswap();

	struct swap_area area = guard_swap_area(SWAP_ON_ZRAM, ATTEMPTS * PAGES * page_size());
	size_t used = swap_area_used(&area);

	turn_to_swap_area(&area);

	struct swap_traffic before = swap_traffic_of(&area);
	char *memory = swapped_pages(PAGES, SEED);

	/* Others may be swapped out to it as well, so it can only be more. */
	assert_at_least(swap_area_used(&area) - used, PAGES * page_size(), "bytes more in use");
	assert_at_least(swap_traffic_of(&area).written - before.written, PAGES, "pages written");
	assert_pattern(memory, PAGES * page_size(), SEED, "what came back");
}

CONTROL(what_is_only_called_cold_stays, "swap-02 replace-18",
	"MADV_COLD makes pages the next to go, and leaves them: present, none in swap",
	.needs = PAGE_STATES | AREA_USAGE)
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, SEED);

	if (madvise(area, PAGES * page_size(), MADV_COLD) != 0) {
		undecided("needs MADV_COLD: Linux 5.4");
	}
	assert_strip(observe_pages("cold", area, PAGES), "p");
	assert_equals(observe_usage("cold", area, PAGES * page_size()).swap, 0, "Swap, in bytes");
}
