/* SPDX-License-Identifier: MIT */
/*
 * Coming back from swap takes time
 * ================================
 *
 * "Disk is vastly slower than RAM" (document 004, section 12.3), and that is why swap is a last resort. A load
 * from a page in memory takes some nanoseconds. A load from a page in swap is a fault: the kernel is
 * entered, finds a frame, and reads the page from the area. Even where that is memory as well, and nothing
 * is read but some compressed bytes, it takes a thousand times as long.
 *
 *      in memory        |                                nanoseconds
 *      in zram          |----|                           microseconds: fault, decompress
 *      on a disk        |---------------------- ... -|   microseconds to milliseconds
 *
 * How much faster zram is than a disk depends on the disk, and on who keeps a copy of it in memory: both
 * times are told, and not compared.
 *
 * Look with: clock_gettime(2), for equally many loads of each kind.
 * Read on:   the kernel's Documentation/admin-guide/blockdev/zram.rst; document 004 section 12.3.
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("Coming back from swap takes time");

enum { PAGES = 64, ROOM = 4 * PAGES, SEED = 1, TIMES = 10 };

static void push_out(void *area)
{
	leave_memory(area, PAGES);
}

static void bring_in(void *area)
{
	load_each(area, PAGES);
}

static void race_against_memory(const char *what)
{
	char *area = swapped_pages(PAGES, SEED);
	struct race race = {.before_slow = push_out,
			    .slow = bring_in,
			    .before_fast = bring_in,
			    .fast = bring_in,
			    .context = area,
			    .wanted = TIMES};

	assert_race(&race, what);
	evidence("a page from swap", "%.0f ns", race.slow_ns / PAGES);
	evidence("a page in memory", "%.0f ns", race.fast_ns / PAGES);
	assert_pattern(area, PAGES * page_size(), SEED, "what came back");
}

CLAIM(a_disk_is_slower_than_memory, "swap-18",
      "A load from a page that is on a disk takes ten times as long as one from a page in memory",
      .needs = SWAP_AREA | PAGE_STATES | TIMING, .alone = "swap")
{
	guard_swap_area(SWAP_ON_LOOP, ROOM * page_size());
	race_against_memory("loads from pages in swap on a disk, against pages in memory");
}

CLAIM(compressed_memory_is_slower_than_memory, "swap-18",
      "A load from a page in compressed memory (zram) takes ten times as long as one from memory",
      .needs = SWAP_AREA | PAGE_STATES | TIMING, .alone = "swap")
{
	guard_swap_area(SWAP_ON_ZRAM, ROOM * page_size());
	race_against_memory("loads from pages in swap on zram, against pages in memory");
}

CONTROL(a_page_in_memory_does_not_wait, "swap-18",
	"Pages that nobody pushed out take no longer to be loaded than they took a moment ago",
	.needs = TIMING)
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, SEED);
	struct race race = {.before_slow = bring_in,
			    .slow = bring_in,
			    .before_fast = bring_in,
			    .fast = bring_in,
			    .context = area,
			    .at_most = TIMES / 2};

	assert_race(&race, "loads from pages in memory, against the same");
}
