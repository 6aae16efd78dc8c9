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

struct place_to_go {
	struct swap_area area;
	char *memory;
};

static void push_out(void *context)
{
	const struct place_to_go *go = context;

	leave_memory(&go->area, go->memory, PAGES);
}

static void bring_in(void *context)
{
	const struct place_to_go *go = context;

	load_each(go->memory, PAGES);
}

static void race_against_memory(enum swap_kind kind, const char *what)
{
	struct place_to_go go = {.area = guard_swap_area(kind, ROOM * page_size())};
	struct race race = {.before_slow = push_out,
			    .slow = bring_in,
			    .before_fast = bring_in,
			    .fast = bring_in,
			    .context = &go,
			    .wanted = TIMES};

	turn_to_swap_area(&go.area);
	go.memory = swapped_pages(PAGES, SEED);
	assert_race(&race, what);
	evidence("a page from swap", "%.0f ns", race.slow_ns / PAGES);
	evidence("a page in memory", "%.0f ns", race.fast_ns / PAGES);
	assert_pattern(go.memory, PAGES * page_size(), SEED, "what came back");
}

CLAIM(a_disk_is_slower_than_memory, "swap-18",
      "A load from a page that is on a disk takes ten times as long as one from a page in memory",
      .needs = SWAP_AREA | PAGE_STATES | TIMING, .alone = "swap")
{
	race_against_memory(SWAP_ON_LOOP,
			    "loads from pages in swap on a disk, against pages in memory");
}

CLAIM(compressed_memory_is_slower_than_memory, "swap-18",
      "A load from a page in compressed memory (zram) takes ten times as long as one from memory",
      .needs = SWAP_AREA | PAGE_STATES | TIMING, .alone = "swap")
{
	race_against_memory(SWAP_ON_ZRAM,
			    "loads from pages in swap on zram, against pages in memory");
}

CONTROL(a_page_in_memory_does_not_wait, "swap-18",
	"Pages that nobody pushed out take no longer to be loaded than they took a moment ago",
	.needs = TIMING)
{
	struct place_to_go nowhere = {.memory = filled_pages(PAGES, MAP_PRIVATE, SEED)};
	struct race race = {.before_slow = bring_in,
			    .slow = bring_in,
			    .before_fast = bring_in,
			    .fast = bring_in,
			    .context = &nowhere,
			    .at_most = TIMES / 2};

	assert_race(&race, "loads from pages in memory, against the same");
}
