/* SPDX-License-Identifier: MIT */
/*
 * Shared memory is swapped, too
 * =============================
 *
 * Shared memory that has no name, made by mmap(2) before a fork, and segments of System V are one thing
 * to the kernel: files that live in memory only. So their pages are in the page cache, and still
 * they have no disk to go back to. They are evicted to swap, like private ones (document 004, 12.2
 * and 15). But where they went is noted in the file and not in the page tables, for it concerns all
 * who share it:
 *
 *      page table of A     file in memory     swap
 *      (nothing)           page 0: slot 7     [7] bytes
 *      page table of B     page 1: slot 8     [8] bytes
 *      (nothing)
 *
 * Look with: Swap in /proc/PID/smaps counts what of a mapped file in memory is in swap. Bit 62 of
 *            /proc/PID/pagemap does not tell.
 * Read on:   mmap(2) MAP_SHARED, shmget(2), madvise(2) MADV_PAGEOUT; document 004.
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>
#include <touchstone/sysv.h>

EXPERIMENT("Shared memory is swapped, too");

enum { PAGES = 16, ATTEMPTS = 10, SEED = 3 };

static char *shared_mapping(void)
{
	return filled_pages(PAGES, MAP_SHARED, SEED);
}

static char *segment(void)
{
	int id = new_segment(PAGES * page_size());
	char *area = attached(id, segment_place(PAGES), SHM_REMAP);

	arrange(shmctl(id, IPC_RMID, NULL) == 0);
	write_pattern(area, PAGES * page_size(), SEED);
	return area;
}

static size_t pages_in_swap(const char *area)
{
	return observe_usage("shared", area, PAGES * page_size()).swap / page_size();
}

/* Such memory, all in swap: private memory can be swapped here, so it can. */
static char *evicted(char *make(void))
{
	char *area = NULL;
	size_t swapped = 0;

	guard_swap((ATTEMPTS + 1) * PAGES * page_size());
	arrange(munmap(swapped_pages(PAGES, 1), PAGES * page_size()) == 0);
	for (int attempt = 0; attempt < ATTEMPTS && swapped < PAGES; attempt++) {
		area = make();
		for (int i = 0; i < ATTEMPTS && swapped < PAGES; i++) {
			arrange(madvise(area, PAGES * page_size(), MADV_PAGEOUT) == 0);
			swapped = pages_in_swap(area);
		}
	}
	assert_equals(swapped, PAGES, "shared pages in swap");
	return area;
}

static void assert_comes_back(char *area)
{
	assert_equals(count_present(observe_pages("evicted", area, PAGES)), 0, "pages present");
	load(page(area, 3));
	assert_strip(observe_pages("the fourth touched", area, PAGES), "???p????????????");
	assert_pattern(area, PAGES * page_size(), SEED, "what came back");
	assert_strip(observe_pages("all touched", area, PAGES), "p");
}

CLAIM(shared_anonymous_memory_is_swapped, "swap-07",
      "Pages of a shared anonymous mapping are all in swap, and come back with their bytes",
      .needs = SWAP | PAGE_STATES | AREA_USAGE, .alone = "swap")
{
	assert_comes_back(evicted(shared_mapping));
}

CLAIM(a_segment_is_swapped, "swap-07",
      "Pages of a segment of System V are all in swap, and come back with their bytes",
      .needs = SWAP | PAGE_STATES | AREA_USAGE | SYSV_MEMORY, .alone = "swap")
{
	assert_comes_back(evicted(segment));
}

CLAIM(who_shares_it_finds_it, "swap-07",
      "A child finds in swap what its parent has stored in shared memory, and the other way round",
      .needs = SWAP | PAGE_STATES | AREA_USAGE, .alone = "swap")
{
	char *area = evicted(shared_mapping);

	IN_CHILD {
		assert_pattern(area, PAGES * page_size(), SEED, "what the child reads");
		write_pattern(area, PAGES * page_size(), SEED + 1);
		arrange(madvise(area, PAGES * page_size(), MADV_PAGEOUT) == 0);
	}
	evidence("in swap by the child", "%zu of %d", pages_in_swap(area), PAGES);
	assert_pattern(area, PAGES * page_size(), SEED + 1, "what the parent reads");
}

CONTROL(what_nobody_evicts_is_in_memory, "swap-07",
	"Shared memory that is not to go is present, and nothing of it in swap",
	.needs = PAGE_STATES | AREA_USAGE)
{
	char *area = shared_mapping();

	assert_strip(observe_pages("left alone", area, PAGES), "p");
	assert_equals(pages_in_swap(area), 0, "shared pages in swap");
}
