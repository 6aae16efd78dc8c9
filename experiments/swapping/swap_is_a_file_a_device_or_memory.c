/* SPDX-License-Identifier: MIT */
/*
 * Swap is a file, a device, or memory
 * ===================================
 *
 * "Linux uses swap partitions or swap files", says document 004 (section 12.2). Any file on a disk will do
 * and any block device, among them one that is no disk at all: zram keeps what is written to it in memory,
 * compressed. The program cannot tell them apart, but by the time it takes. The same steps, with the
 * same outcome, on each:
 *
 *      write     in memory    go out        in swap     read      in memory, same bytes
 *      pppp      ---------->  ~~~~   area: 4 slots      ------->  pppp
 *
 * Look with: /proc/swaps and /sys/block/DEVICE/stat for an area of our own; bit 62 of /proc/PID/pagemap.
 * Read on:   swapon(8), the kernel's Documentation/admin-guide/blockdev/zram.rst; document 004 section
 *            12.2.
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("Swap is a file, a device, or memory");

enum { PAGES = 256, ROOM = 4 * PAGES, SEED = 1 };

/* Little of it is used, on a machine where nobody else is just swapping. */
static struct swap_area new_area(enum swap_kind kind)
{
	struct swap_area area = guard_swap_area(kind, ROOM * page_size());

	turn_to_swap_area(&area);
	if (swap_area_used(&area) > PAGES / 2 * page_size()) {
		undecided("needs a machine at rest: others are swapping just now");
	}
	return area;
}

/* Pages go out to the area and come back, twice, with other bytes each time. */
static void go_and_come_back(const struct swap_area *area)
{
	char *memory = swapped_pages(PAGES, SEED);

	for (unsigned seed = SEED;; seed++) {
		assert_strip(observe_pages("swapped", memory, PAGES), "~");
		assert_at_least(swap_area_used(area), PAGES * page_size(),
				"bytes of the area used");
		assert_pattern(memory, PAGES * page_size(), seed, "what came back");
		assert_strip(observe_pages("read again", memory, PAGES), "p");
		if (seed == SEED + 1) {
			break;
		}
		write_pattern(memory, PAGES * page_size(), seed + 1);
		leave_memory(area, memory, PAGES);
	}
}

CLAIM(a_file_holds_swapped_pages, "swap-16",
      "Pages go out to a swap file, and come back with every byte, again and again",
      .needs = SWAP_AREA | PAGE_STATES, .alone = "swap")
{
	struct swap_area area = new_area(SWAP_IN_FILE);

	go_and_come_back(&area);
}

CLAIM(a_block_device_holds_swapped_pages, "swap-16",
      "Pages go out to a block device, which is written to, and come back with every byte",
      .needs = SWAP_AREA | PAGE_STATES, .alone = "swap")
{
	struct swap_area area = new_area(SWAP_ON_LOOP);
	struct swap_traffic before = swap_traffic_of(&area);

	go_and_come_back(&area);
	evidence("pages written", "%lld", swap_traffic_of(&area).written - before.written);
}

CLAIM(compressed_memory_holds_swapped_pages, "swap-16",
      "Pages go out to compressed memory (zram), and come back with every byte",
      .needs = SWAP_AREA | PAGE_STATES, .alone = "swap")
{
	struct swap_area area = new_area(SWAP_ON_ZRAM);

	go_and_come_back(&area);
	evidence("pages written", "%lld", swap_traffic_of(&area).written);
}

CONTROL(pages_that_stay_take_no_slot, "swap-16",
	"Pages that are written, read, and not asked to leave, are in memory and in no area's "
	"slots",
	.needs = SWAP_AREA | PAGE_STATES, .alone = "swap")
{
	struct swap_area area = new_area(SWAP_IN_FILE);
	size_t before = swap_area_used(&area); /* slots that processors keep at hand */
	char *memory = filled_pages(PAGES, MAP_PRIVATE, SEED);

	assert_pattern(memory, PAGES * page_size(), SEED, "what they hold");
	assert_strip(observe_pages("not asked to leave", memory, PAGES), "p");
	assert_at_most(swap_area_used(&area), before + PAGES / 2 * page_size(),
		       "bytes of the area used");
}
