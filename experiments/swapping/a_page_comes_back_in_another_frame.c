/* SPDX-License-Identifier: MIT */
/*
 * A page comes back in another frame
 * ==================================
 *
 * That a page keeps its address and not its place is what makes virtual memory (document 004, section
 * 1). Nowhere does it show better than here: an evicted page leaves its frame to whoever asks next. When
 * it comes back it gets one that happens to be free, the page table is told, and the process
 * finds its bytes at the old address.
 *
 *      address     frame          evicted        others come     back
 *      page 0      [7]            (slot 1)       (slot 1)        [31]
 *      page 1      [9]            (slot 2)       (slot 2)        [12]
 *                                 [7] [9] free   [7] [9] theirs
 *
 * Look with: the frame numbers of /proc/PID/pagemap, for root.
 * Read on:   madvise(2) MADV_PAGEOUT, the kernel's pagemap.rst; documents 002, 004 section 1.
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("A page comes back in another frame");

enum { PAGES = 64, OTHERS = 512, ROUNDS = 10, SEED = 1 };

/* How many of the frames are behind the other pages now. */
static size_t count_taken(struct pages before, struct pages others)
{
	size_t taken = 0;

	for (size_t i = 0; i < before.count; i++) {
		for (size_t j = 0; j < others.count; j++) {
			if (page_frame(before, i) != 0 &&
			    page_frame(others, j) == page_frame(before, i)) {
				taken++;
				break;
			}
		}
	}
	return taken;
}

CLAIM(frames_are_given_to_others, "swap-22",
      "Frames of evicted pages serve others, and the pages come back in frames that nobody has",
      .needs = SWAP_AREA | FRAME_NUMBERS, .alone = "swap")
{
	size_t kept = PAGES, taken = 0;

	guard_swap_area(SWAP_ON_ZRAM, ROUNDS * PAGES * page_size());
	for (int round = 0; round < ROUNDS && (kept == PAGES || taken == 0); round++) {
		char *area = filled_pages(PAGES, MAP_PRIVATE, SEED);
		struct pages before = observe_pages("before", area, PAGES);

		if (page_out(area, PAGES) != PAGES) {
			continue;
		}

		char *more = filled_pages(OTHERS, MAP_PRIVATE, SEED + 1);

		load_each(area, PAGES);

		struct pages others = observe_pages("others", more, OTHERS);
		struct pages after = observe_pages("after", area, PAGES);

		taken = count_taken(before, others);
		kept = count_frames_kept(after, before);
		/* Of what others have now nothing is ours, too. */
		assert_equals(count_taken(after, others), 0, "frames that two pages have");
		assert_at_most(kept, PAGES - taken, "pages in the frame they had");
		assert_pattern(area, PAGES * page_size(), SEED, "what came back");
		assert_pattern(more, OTHERS * page_size(), SEED + 1, "what the others hold");
		arrange(munmap(more, OTHERS * page_size()) == 0);
	}
	evidence("frames that others have got", "%zu of %d", taken, PAGES);
	assert_at_most(kept, PAGES - 1, "pages that came back in the frame they had");
}

CLAIM(each_has_a_frame_of_its_own, "swap-22",
      "Pages that came back from swap are in as many frames as there are pages, each mapped once",
      .needs = SWAP | FRAME_NUMBERS, .alone = "swap")
{
	guard_swap(PAGES * page_size());

	char *area = swapped_pages(PAGES, SEED);

	store_each(area, PAGES, 's');

	struct pages after = observe_pages("after", area, PAGES);

	assert_equals(count_present(after), PAGES, "pages that are back");
	assert_equals(count_distinct_frames(after), PAGES, "frames behind them");
	assert_equals(count_exclusive(after), PAGES, "pages that this process alone maps");
	for (size_t i = 0; i < PAGES; i++) {
		assert_byte(page(area, i), 's', "what was stored");
	}
}

CONTROL(who_stays_keeps_the_frame, "swap-22",
	"Pages that are not evicted keep their frames, whoever else wants memory",
	.needs = FRAME_NUMBERS)
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, SEED);
	size_t kept = 0;

	/* The kernel may move a frame for reasons of its own; hardly so each time. */
	for (int round = 0; round < ROUNDS && kept < PAGES; round++) {
		struct pages before = observe_pages("before", area, PAGES);
		char *more = filled_pages(OTHERS, MAP_PRIVATE, SEED + 1);

		load_each(area, PAGES);
		kept = count_frames_kept(observe_pages("after", area, PAGES), before);
		arrange(munmap(more, OTHERS * page_size()) == 0);
	}
	assert_equals(kept, PAGES, "pages in the frame they had");
}
