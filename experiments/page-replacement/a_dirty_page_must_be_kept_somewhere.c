/* SPDX-License-Identifier: MIT */
/*
 * A dirty page must be kept somewhere
 * ===================================
 *
 * "A dirty page has been modified and must be written back before eviction" (document 004, 11.4). A
 * page of memory without a file, once written, is the only copy there is. So its way out of memory
 * leads through a swap area: a slot for each page, all its bytes written there, and only then is
 * the frame somebody else's. Where there is no swap area there is no way out.
 *
 *      swap                [a][b][c][d] -> ~ ~ ~ ~          written: 4
 *      no swap             [a][b][c][d]    [a][b][c][d]     all stay
 *      nobody wants them   [a][b][c][d]    .  .  .  .       written: 0     (MADV_FREE)
 *
 * Look with: bit 62 of /proc/PID/pagemap, Swap in /proc/PID/smaps; /proc/swaps; the statistics of a
 *            block device of our own, which is the swap area.
 * Read on:   madvise(2) MADV_PAGEOUT and MADV_FREE, swapon(2); document 004 section 11.4.
 */
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("A dirty page must be kept somewhere");

enum { PAGES = 128, ROUNDS = 5, SEED = 6 };

CLAIM(each_page_gets_a_slot, "replace-18",
      "Each dirty page that leaves memory is in swap, is charged for it, and loses no byte",
      .needs = SWAP | PAGE_STATES | AREA_USAGE, .alone = "swap")
{
	guard_swap(PAGES * page_size());

	char *area = swapped_pages(PAGES, SEED);

	assert_strip(observe_pages("paged out", area, PAGES), "~");
	assert_equals(observe_usage("paged out", area, PAGES * page_size()).swap,
		      PAGES * page_size(), "bytes in swap");
	assert_pattern(area, PAGES * page_size(), SEED, "what came back");
}

CLAIM(each_page_is_written, "replace-18",
      "By the time they are gone as many pages as were dirty have been written to the swap device",
      .needs = SWAP_AREA | PAGE_STATES, .alone = "swap")
{
	need_no_zswap();

	struct swap_area area = guard_swap_area(SWAP_ON_LOOP, 4 * PAGES * page_size());
	long long written = 0;

	/* A processor may have slots of another area in stock, which are used up first. */
	for (int round = 0; round < ROUNDS && written < PAGES; round++) {
		long long before = swap_traffic_of(&area).written;
		char *pages = filled_pages(PAGES, MAP_PRIVATE, SEED);

		leave_memory(&area, pages, PAGES);
		written = swap_traffic_of(&area).written - before;
		assert_pattern(pages, PAGES * page_size(), SEED, "what came back");
		arrange(munmap(pages, PAGES * page_size()) == 0);
	}
	assert_at_least(written, PAGES, "pages written");
}

static bool swap_is_active(void)
{
	char text[512];
	int fd = open("/proc/swaps", O_RDONLY | O_CLOEXEC);
	ssize_t length = fd < 0 ? 0 : read(fd, text, sizeof text - 1);

	text[length > 0 ? length : 0] = 0;
	return strchr(text, '/') || (fd >= 0 && close(fd) != 0);
}

CLAIM(without_swap_all_stay, "replace-18",
      "Where there is no swap area dirty pages stay in memory, whatever is asked for",
      .needs = PAGE_STATES, .alone = "swap")
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, SEED);

	for (int time = 0; time < 3; time++) {
		if (madvise(area, PAGES * page_size(), MADV_PAGEOUT) != 0) {
			undecided("needs MADV_PAGEOUT: Linux 5.4");
		}

		struct pages seen = observe_pages("asked to go", area, PAGES);

		if (swap_is_active()) {
			undecided("needs a machine without swap: swapoff -a");
		}
		assert_strip(seen, "p");
	}
	assert_pattern(area, PAGES * page_size(), SEED, "the pages");
}

CONTROL(what_nobody_wants_is_dropped, "replace-18",
	"Pages that were given up with MADV_FREE go without a slot, and are zeros afterwards",
	.needs = PAGE_STATES)
{
	size_t left = PAGES;

	for (int attempt = 0; attempt < ROUNDS && left > 0; attempt++) {
		char *area = filled_pages(PAGES, MAP_PRIVATE, SEED);

		if (madvise(area, PAGES * page_size(), MADV_FREE) != 0 ||
		    madvise(area, PAGES * page_size(), MADV_PAGEOUT) != 0) {
			undecided("needs MADV_FREE and MADV_PAGEOUT: Linux 5.4");
		}

		struct pages seen = observe_pages("given up", area, PAGES);

		left = count_present(seen) + count_swapped(seen);
		if (left == 0) {
			assert_all_bytes(area, PAGES * page_size(), 0, "the pages");
		}
		arrange(munmap(area, PAGES * page_size()) == 0);
	}
	assert_equals(left, 0, "pages in memory or in swap");
}
