/* SPDX-License-Identifier: MIT */
/*
 * What was never written needs no swap
 * ====================================
 *
 * The kernel has to keep what only it can lose. A page that nobody has touched holds nothing; one that
 * was only read shows the page of zeros that all processes share; a page of a file that was only
 * read is in the file. None of them costs a slot of swap, however large the mapping. The first store
 * changes that, were it a zero that is stored:
 *
 *      touched by     store    load    nobody      store of zero
 *      before         o        z       .           o
 *      evicted        ~        z       .           ~
 *
 * Look with: bits 63 and 62 of /proc/PID/pagemap, Swap in /proc/PID/smaps.
 * Read on:   mmap(2), madvise(2) MADV_PAGEOUT; documents 002, 004 section 12.4.
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("What was never written needs no swap");

enum { PAGES = 16, EACH = 4, ATTEMPTS = 10, SEED = 2 };

/* Of each four pages one is stored to, one is loaded from, one left alone, one given a zero. */
static void touch(char *area)
{
	for (size_t i = 0; i < PAGES; i += EACH) {
		write_pattern(page(area, i), page_size(), SEED);
		load(page(area, i + 1));
		store(page(area, i + 3), 0);
	}
}

/* All is asked to go, until the half that can be in swap is. */
static void evict(char *area)
{
	size_t swapped = 0;

	for (int attempt = 0; attempt < ATTEMPTS && swapped < PAGES / 2; attempt++) {
		arrange(madvise(area, PAGES * page_size(), MADV_PAGEOUT) == 0);
		swapped = count_swapped(observe_pages("to go", area, PAGES));
	}
	if (swapped < PAGES / 2) {
		undecided("needs swap with room: MADV_PAGEOUT left pages in memory");
	}
}

CLAIM(only_written_pages_are_swapped, "swap-20",
      "Of pages stored to, loaded from and left alone only those stored to are in swap",
      .needs = SWAP | PAGE_STATES | AREA_USAGE, .alone = "swap")
{
	guard_swap(2 * PAGES * page_size());
	stay_on_one_processor();
	arrange(munmap(swapped_pages(PAGES, 1), PAGES * page_size()) == 0);

	char *area = fresh_pages(PAGES, MAP_PRIVATE);

	touch(area);
	assert_strip(observe_pages("touched", area, PAGES), "pp.p");
	evict(area);
	assert_strip(observe_pages("evicted", area, PAGES), "~p.~");
	assert_equals(observe_usage("evicted", area, PAGES * page_size()).swap,
		      PAGES / 2 * page_size(), "Swap, in bytes");
	for (size_t i = 0; i < PAGES; i += EACH) {
		assert_pattern(page(area, i), page_size(), SEED, "a page stored to");
		assert_all_bytes(page(area, i + 1), (EACH - 1) * page_size(), 0, "the others");
	}
}

CLAIM(what_was_read_of_a_file_is_not_swapped, "swap-20",
      "Of a private mapping of a file only pages stored to are in swap, none that was only read",
      .needs = SWAP | PAGE_STATES | AREA_USAGE | DISK_FILE, .alone = "swap")
{
	guard_swap(2 * PAGES * page_size());
	stay_on_one_processor();
	arrange(munmap(swapped_pages(PAGES, 1), PAGES * page_size()) == 0);

	char *area = fresh_mapping(PAGES, MAP_PRIVATE, disk_file(PAGES, 1));

	for (size_t i = 0; i < PAGES; i++) {
		load(page(area, i));
		if (i % 2 == 0) {
			write_pattern(page(area, i), page_size(), SEED);
		}
	}
	evict(area);

	struct pages seen = observe_pages("evicted", area, PAGES);

	for (size_t i = 0; i < PAGES; i++) {
		assert_equals(page_is_swapped(seen, i), i % 2 == 0, "whether the page is in swap");
	}
	assert_equals(observe_usage("evicted", area, PAGES * page_size()).swap,
		      PAGES / 2 * page_size(), "Swap, in bytes");
}

CLAIM(a_mapping_costs_no_swap, "swap-20",
      "A large mapping that is only read, or not at all, has nothing to swap, asked or not",
      .needs = PAGE_STATES | AREA_USAGE)
{
	enum { MANY = 4096 };
	char *area = fresh_pages(MANY, MAP_PRIVATE);

	load_each(area, MANY / 2);
	for (int round = 0; round < 2; round++) {
		(void)madvise(area, MANY * page_size(), MADV_PAGEOUT);
		assert_equals(count_swapped(observe_pages("asked to go", area, MANY)), 0,
			      "pages in swap");
		assert_equals(observe_usage("asked to go", area, MANY * page_size()).swap, 0,
			      "Swap, in bytes");
		load_each(area, MANY / 2);
	}
	assert_equals(load(page(area, MANY / 2 - 1)), 0, "what is read there");
}

CONTROL(one_byte_stored_is_a_page_to_swap, "swap-20",
	"One byte stored in each of the pages that were only read, or not at all, and all go to "
	"swap",
	.needs = SWAP | PAGE_STATES | AREA_USAGE, .alone = "swap")
{
	size_t swapped = 0;

	guard_swap(ATTEMPTS * PAGES * page_size());
	arrange(munmap(swapped_pages(PAGES, 1), PAGES * page_size()) == 0);
	for (int attempt = 0; attempt < ATTEMPTS && swapped < PAGES; attempt++) {
		char *area = fresh_pages(PAGES, MAP_PRIVATE);

		load_each(area, PAGES / 2);
		for (size_t i = 0; i < PAGES; i++) {
			store(page(area, i) + page_size() - 1, 1);
		}
		swapped = page_out(area, PAGES);
		assert_equals(observe_usage("evicted", area, PAGES * page_size()).swap,
			      swapped * page_size(), "Swap, in bytes");
	}
	assert_equals(swapped, PAGES, "pages in swap");
}
