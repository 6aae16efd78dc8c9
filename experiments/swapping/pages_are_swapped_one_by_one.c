/* SPDX-License-Identifier: MIT */
/*
 * Pages are swapped one by one
 * ============================
 *
 * Once, swapping meant that a whole process was written to disk and brought back later. "In modern systems,
 * swapping more often means moving individual pages" (document 004, section 12.2): the page table tells for
 * each page where it is, so each can go by itself, and the process runs on with the others.
 *
 *      page      0   1   2   3   4   5   6   7
 *      now       ~   p   ~   p   ~   p   ~   p      ~ in swap     p present
 *      page 4
 *      is read   ~   p   ~   p   p   p   ~   p
 *
 * Look with: bits 62 and 63 of /proc/PID/pagemap.
 * Read on:   madvise(2) MADV_PAGEOUT; document 004 sections 12.1 and 12.2.
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("Pages are swapped one by one");

enum { PAGES = 64, ATTEMPTS = 10, FIRST = 1, SECOND = 2 };

/* Pages that hold the pattern; those with an even number are in swap. */
static char *every_other_page_in_swap(void)
{
	for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
		char *area = filled_pages(PAGES, MAP_PRIVATE, FIRST);
		size_t swapped = 0;

		for (size_t i = 0; i < PAGES; i += 2) {
			swapped += page_out(page(area, i), 1);
		}
		if (swapped == PAGES / 2) {
			return area;
		}
	}
	undecided("needs swap with room: MADV_PAGEOUT left pages in memory each time");
}

CLAIM(one_goes_and_its_neighbours_stay, "swap-17",
      "Of a process that runs every other page is in swap; it reads and writes the rest as before",
      .needs = SWAP | PAGE_STATES, .alone = "swap")
{
	guard_swap(ATTEMPTS * PAGES * page_size());

	char *area = every_other_page_in_swap();

	assert_strip(observe_pages("every other page", area, PAGES), "~p");
	for (size_t i = 1; i < PAGES; i += 2) {
		write_pattern(page(area, i), page_size(), SECOND);
		assert_pattern(page(area, i), page_size(), SECOND, "a page that stayed");
	}
	assert_strip(observe_pages("when the rest was written", area, PAGES), "~p");
}

CLAIM(one_comes_and_the_others_stay_out, "swap-17",
      "A touch brings back the touched page, and leaves all others in swap",
      .needs = SWAP | PAGE_STATES, .alone = "swap")
{
	guard_swap(ATTEMPTS * PAGES * page_size());

	char *area = every_other_page_in_swap();

	load(page(area, 4) + page_size() - 1);
	assert_strip(observe_pages("page 4 was read", page(area, 0), 8), "~p~ppp~p");
	assert_strip(observe_pages("the others", page(area, 8), PAGES - 8), "~p");
	store(page(area, 8), load(page(area, 8)));
	assert_strip(observe_pages("page 8 was written", page(area, 6), 6), "~ppp~p");
	assert_pattern(area, PAGES * page_size(), FIRST, "all pages");
	assert_strip(observe_pages("all were read", area, PAGES), "p");
}

CONTROL(all_may_go_and_the_process_runs_on, "swap-17",
	"Where the advice names all pages, all are in swap, and the process runs on and finds them",
	.needs = SWAP | PAGE_STATES, .alone = "swap")
{
	guard_swap(ATTEMPTS * PAGES * page_size());

	char *area = swapped_pages(PAGES, FIRST);

	assert_strip(observe_pages("all", area, PAGES), "~");
	assert_pattern(area, PAGES * page_size(), FIRST, "what came back");
}
