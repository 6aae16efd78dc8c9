/* SPDX-License-Identifier: MIT */
/*
 * After the pressure pages come back only when they are touched
 * =============================================================
 *
 * "Slow recovery after memory pressure spikes" is what users see (document 004, section 12.5),
 * and this is why: nothing brings back what was swapped out, however much memory is free again.
 * The kernel cannot know which of it will ever be wanted. So each page costs its fault when
 * somebody comes for it, hours later if need be.
 *
 *      under pressure        # # ~ ~ ~ # # ~ ~ ~
 *      the limit is raised   # # ~ ~ ~ # # ~ ~ ~         room for all, and nothing moves
 *      one load              # # ~ # ~ # # ~ ~ ~
 *      all are loaded        # # # # # # # # # #
 *
 * Neighbours of a page that is read from swap may be read ahead, too; but into the swap cache
 * only: each still has to be touched to be in the page table. One thing does bring pages back:
 * swapoff(2).
 *
 * Look with: bit 62 of /proc/PID/pagemap.
 * Read on:   swapoff(8), cgroups(7); document 004 sections 12.4 and 12.5.
 */
#include <sched.h>
#include <sys/mman.h>
#include <sys/swap.h>

#include <touchstone/experiment.h>

EXPERIMENT("After the pressure pages come back only when they are touched");

enum { TIGHT = 768, PAGES = 1024, ROOMY = 4 * PAGES, AWHILE = 200, SEED = 6, IN_AREA = 512 };

/*
 * Pages of which some have been swapped out by a limit that is gone by now; how they were under
 * it.
 */
static char *pages_after_pressure(struct pages *before)
{
	guard_quick_swap(2 * PAGES * page_size());

	struct memory_group group = guard_memory_group(TIGHT * page_size());
	char *area = fresh_pages(PAGES, MAP_PRIVATE);

	enter_memory_group(&group);
	write_pattern(area, PAGES * page_size(), SEED);
	*before = observe_pages("under pressure", area, PAGES);
	assert_at_least(count_swapped(*before), PAGES - TIGHT, "pages swapped out under pressure");
	limit_memory_group(&group, ROOMY * page_size());
	return area;
}

/* Pages of before that are still in swap. */
static size_t still_swapped(struct pages before, const char *area)
{
	struct pages now = observe_pages("now", area, PAGES);
	size_t count = 0;

	for (size_t i = 0; i < PAGES; i++) {
		count += page_is_swapped(before, i) && page_is_swapped(now, i);
	}
	return count;
}

/* The number of the swap area that a page is in: bits 0 to 4 of pagemap, where it is swapped. */
static unsigned area_of(struct pages seen, size_t number)
{
	return seen.words[number] & 0x1f;
}

CLAIM(room_alone_brings_nothing_back, "pressure-14",
      "When the limit is raised each page that is in swap stays there, while the process goes on "
      "with others",
      .needs = MEMORY_CGROUP | SWAP | PAGE_STATES, .alone = "swap")
{
	struct pages before;
	char *area = pages_after_pressure(&before), *others = fresh_pages(AWHILE, MAP_PRIVATE);

	for (size_t i = 0; i < AWHILE; i++) {
		store(page(others, i), 'o');
		sched_yield();
	}
	assert_equals(still_swapped(before, area), count_swapped(before), "pages still in swap");
}

CLAIM(a_touch_brings_its_own_page_back, "pressure-14",
      "A load brings back the page that it needs, and no other; loads of all bring all, with every "
      "byte",
      .needs = MEMORY_CGROUP | SWAP | PAGE_STATES, .alone = "swap")
{
	struct pages before;
	char *area = pages_after_pressure(&before);
	size_t one = 0, swapped = count_swapped(before);

	while (!page_is_swapped(before, one)) {
		one++;
	}
	load(page(area, one));
	assert_equals(page_is_present(observe_pages("one load", page(area, one), 1), 0), true,
		      "1: the page that was loaded is there");
	assert_equals(still_swapped(before, area), swapped - 1, "pages still in swap");
	assert_pattern(area, PAGES * page_size(), SEED, "what comes back");
	assert_at_most(count_swapped(observe_pages("all loaded", area, PAGES)), swapped / 2,
		       "pages in swap when all were loaded");
}

CONTROL(swapoff_brings_them_back, "pressure-14",
	"When the swap area is given up its pages are back in the table, and nobody has touched "
	"them",
	.needs = SWAP_AREA | FRAME_NUMBERS, .alone = "swap")
{
	struct swap_area swap = guard_swap_area(SWAP_IN_FILE, 2 * IN_AREA * page_size());
	char *area = swapped_pages(IN_AREA, SEED);

	struct pages out = observe_pages("before", area, IN_AREA), now;
	size_t left_behind = 0, back = 0, first = 0;

	assert_accepted(swapoff(swap.path));
	now = observe_pages("swapoff", area, IN_AREA);
	while (first < IN_AREA - 1 && page_is_swapped(now, first)) {
		first++;
	}
	for (size_t i = 0; i < IN_AREA; i++) { /* some may have gone to another area */
		back += page_is_present(now, i);
		left_behind += page_is_swapped(now, i) && area_of(out, i) == area_of(out, first);
	}
	assert_at_least(back, IN_AREA / 4, "pages that are present");
	assert_equals(left_behind, 0, "pages left in the area that was given up");
	assert_pattern(area, IN_AREA * page_size(), SEED, "the pages");
}
