/* SPDX-License-Identifier: MIT */
/*
 * Dirty pages of a file go back to the file, not to swap
 * ======================================================
 *
 * Document 004 (11.3) has the victim of an eviction written "to disk or backing file", if it is
 * dirty. Which of the two is no choice: a page of a shared mapping belongs to its file, so there
 * it goes, and swap stays empty. Who evicts it need not even write it: Linux takes the page from
 * the process, and leaves the copying to its flusher threads or to fsync(2).
 *
 *      private, changed     --> swap
 *      shared, changed      --> the file         swap: nothing
 *
 * That is why a machine without swap can still evict most of what its programs have mapped.
 *
 * Look with: Swap in /proc/PID/smaps, bit 62 of /proc/PID/pagemap; the file, once it has left memory.
 * Read on:   madvise(2) MADV_PAGEOUT, fsync(2); documents 002, 004 sections 11.3 and 11.4.
 */
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("Dirty pages of a file go back to the file, not to swap");

enum { PAGES = 32, ROUNDS = 3, LARGEST_PAGE = 64 * 1024 };

static void evict(char *area)
{
	if (madvise(area, PAGES * page_size(), MADV_PAGEOUT) != 0) {
		undecided("needs MADV_PAGEOUT: Linux 5.4");
	}
}

/* The file's bytes as the disk has them: nothing of it is mapped or cached before. */
static void assert_on_disk(int fd, unsigned seed)
{
	static char seen[PAGES * LARGEST_PAGE];

	arrange(page_size() <= LARGEST_PAGE);
	make_cold(fd, PAGES);
	read_at(fd, seen, PAGES * page_size(), 0);
	assert_pattern(seen, PAGES * page_size(), seed, "the file, read from its disk");
}

CLAIM(swap_gets_nothing_of_a_file, "swap-06",
      "Changed pages of a shared mapping are not swapped when they are to go, however often",
      .needs = SWAP | PAGE_STATES | AREA_USAGE | DISK_FILE, .alone = "swap")
{
	guard_swap(PAGES * page_size());

	/* Here a page of the same size that is no file's would be in swap. */
	arrange(munmap(swapped_pages(PAGES, 1), PAGES * page_size()) == 0);

	char *area = fresh_mapping(PAGES, MAP_SHARED, disk_file(PAGES, 1));

	for (unsigned round = 2; round < 2 + ROUNDS; round++) {
		write_pattern(area, PAGES * page_size(), round);
		evict(area);
		assert_equals(count_swapped(observe_pages("evicted", area, PAGES)), 0,
			      "pages in swap");
		assert_equals(observe_usage("evicted", area, PAGES * page_size()).swap, 0,
			      "Swap, in bytes");
		assert_pattern(area, PAGES * page_size(), round, "what the pages hold");
	}
}

CLAIM(the_area_stays_empty, "swap-06",
      "Not a page is written to the swap area when changed pages of a file are to go",
      .needs = SWAP_AREA | PAGE_STATES | DISK_FILE, .alone = "swap")
{
	struct swap_area swap = guard_swap_area(SWAP_ON_ZRAM, PAGES * page_size());

	turn_to_swap_area(&swap);

	char *area = fresh_mapping(PAGES, MAP_SHARED, disk_file(PAGES, 1));
	long long least = PAGES;

	/* Somebody else's page may come in between; hardly so each time. */
	for (unsigned round = 2; round < 2 + ROUNDS && least > 0; round++) {
		struct swap_traffic before = swap_traffic_of(&swap);

		write_pattern(area, PAGES * page_size(), round);
		evict(area);

		long long written = swap_traffic_of(&swap).written - before.written;

		least = written < least ? written : least;
	}
	assert_equals(least, 0, "pages written to the swap area, in the best of three rounds");
}

CLAIM(the_file_has_the_new_bytes, "swap-06",
      "After fsync the disk has the new bytes of pages that were evicted when they were dirty",
      .needs = DISK_FILE)
{
	int fd = disk_file(PAGES, 1);

	for (unsigned round = 2; round < 2 + ROUNDS; round++) {
		char *area = fresh_mapping(PAGES, MAP_SHARED, fd);

		write_pattern(area, PAGES * page_size(), round);
		evict(area);
		assert_accepted(fsync(fd));
		assert_accepted(munmap(area, PAGES * page_size()));
		assert_on_disk(fd, round);
	}
}

CONTROL(a_private_change_goes_to_swap, "swap-06",
	"The same change in a private mapping of the file is swapped, and never reaches its disk",
	.needs = SWAP | PAGE_STATES | AREA_USAGE | DISK_FILE, .alone = "swap")
{
	guard_swap(PAGES * page_size());
	arrange(munmap(swapped_pages(PAGES, 1), PAGES * page_size()) == 0);

	int fd = disk_file(PAGES, 1);
	char *area = fresh_mapping(PAGES, MAP_PRIVATE, fd);

	write_pattern(area, PAGES * page_size(), 2);
	assert_at_least(page_out(area, PAGES), 1, "pages in swap");
	assert_at_least(observe_usage("evicted", area, PAGES * page_size()).swap, page_size(),
			"Swap, in bytes");
	assert_accepted(fsync(fd));
	assert_accepted(munmap(area, PAGES * page_size()));
	assert_on_disk(fd, 1);
}
