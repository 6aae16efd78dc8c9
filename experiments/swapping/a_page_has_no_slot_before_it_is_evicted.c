/* SPDX-License-Identifier: MIT */
/*
 * A page has no slot in swap before it is evicted
 * ===============================================
 *
 * "Once a virtual page is initialised, the kernel maintains a dedicated space on disk called a swap
 * file" (document 002). One may read that as a place on the disk for each page that has been
 * written. There is none. A page gets its slot in the moment it is reclaimed, so that far more
 * pages can be written than a swap area could hold, and a machine without swap writes pages, too.
 *
 *      written pages     p p p p p p p p p p p p p p p p
 *      swap area         [ ] [ ] [ ] [ ]                      nothing is set aside
 *      two are evicted   p p p ~ p p p p p p ~ p p p p p
 *      swap area         [3] [10] [ ] [ ]
 *
 * Look with: Swap in /proc/PID/smaps and bit 62 of /proc/PID/pagemap, which belong to one process;
 *            the Used column of /proc/swaps, which belongs to everybody.
 * Read on:   swapon(2), sysinfo(2), proc(5) /proc/swaps; document 002.
 */
#include <sys/mman.h>
#include <sys/sysinfo.h>

#include <touchstone/experiment.h>

EXPERIMENT("A page has no slot in swap before it is evicted");

enum { PAGES = 512, ROOM = 64, EVICTED = 16, ROUNDS = 3, SEED = 1 };

/* A machine that is short of memory may evict new pages at once; hardly so each time. */
static void assert_written_without_swap(void)
{
	size_t least = PAGES, least_swap = PAGES * page_size();

	for (int round = 0; round < ROUNDS && least + least_swap > 0; round++) {
		char *area = filled_pages(PAGES, MAP_PRIVATE, SEED);
		size_t swap = observe_usage("written", area, PAGES * page_size()).swap;
		size_t swapped = count_swapped(observe_pages("written", area, PAGES));

		least = swapped < least ? swapped : least;
		least_swap = swap < least_swap ? swap : least_swap;
		assert_pattern(area, PAGES * page_size(), SEED, "what was written");
		arrange(munmap(area, PAGES * page_size()) == 0);
	}
	assert_equals(least, 0, "written pages in swap, in the best of three rounds");
	assert_equals(least_swap, 0, "Swap, in bytes, in the best of three rounds");
}

CLAIM(written_pages_are_in_memory_alone, "swap-01",
      "Pages that are written have their bytes in memory, and none of them has anything in swap",
      .needs = PAGE_STATES | AREA_USAGE)
{
	assert_written_without_swap();
}

CLAIM(no_swap_is_needed_to_write, "swap-01",
      "On a machine without any swap the same pages are written, and keep their bytes",
      .needs = PAGE_STATES | AREA_USAGE, .alone = "swap")
{
	struct sysinfo machine;

	arrange(sysinfo(&machine) == 0);
	if (machine.totalswap > 0) {
		undecided("needs a machine without swap");
	}
	assert_written_without_swap();
}

CLAIM(more_is_written_than_the_area_could_hold, "swap-01",
      "Eight times as many pages are written as swap could hold, and not a slot is taken",
      .needs = SWAP_AREA | PAGE_STATES, .alone = "swap")
{
	struct swap_area swap = guard_swap_area(SWAP_ON_ZRAM, ROOM * page_size());
	size_t least = ROOM * page_size();

	for (int round = 0; round < ROUNDS && least > 0; round++) {
		char *area = filled_pages(PAGES, MAP_PRIVATE, SEED);
		size_t used = swap_area_used(&swap);

		least = used < least ? used : least;
		assert_pattern(area, PAGES * page_size(), SEED, "what was written");
		arrange(munmap(area, PAGES * page_size()) == 0);
	}
	assert_equals(least, 0, "bytes of the area in use, in the best of three rounds");
}

CONTROL(an_evicted_page_takes_a_slot, "swap-01",
	"When some of the pages are evicted the area has at least so many slots in use",
	.needs = SWAP_AREA | PAGE_STATES | AREA_USAGE, .alone = "swap")
{
	struct swap_area swap = guard_swap_area(SWAP_ON_ZRAM, 2 * ROOM * page_size());

	turn_to_swap_area(&swap);

	char *area = swapped_pages(EVICTED, SEED);

	assert_at_least(swap_area_used(&swap), EVICTED * page_size(), "bytes of the area in use");
	assert_equals(observe_usage("evicted", area, EVICTED * page_size()).swap,
		      EVICTED * page_size(), "Swap, in bytes");
}
