/* SPDX-License-Identifier: MIT */
/*
 * Pages that others map stay when one process gives them up
 * =========================================================
 *
 * Document 002 tells eviction as the business of one page and one process. After a fork a frame has
 * two, and to evict it the kernel has to find both entries and clear them. It does so when memory is
 * short. But when a process merely says that it does not need its pages for now (MADV_PAGEOUT), it
 * speaks for itself: a page that somebody else maps as well stays in memory, for both.
 *
 *      parent         child          parent gives all up     the child has gone
 *      p p p p        p p p p        p p p p                 ~ ~ ~ ~
 *      and after the child has stored into page 2, of which each has a copy since:
 *      p p p p        p p P p        p p ~ p
 *
 * Look with: bits 63 and 62 of /proc/PID/pagemap of both.
 * Read on:   madvise(2) MADV_PAGEOUT, fork(2); document 002.
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("Pages that others map stay when one process gives them up");

#ifndef MADV_COLD
#define MADV_COLD 20
#endif
enum { PAGES = 8, WRITTEN = 3, ATTEMPTS = 10, SEED = 1 };

/*
 * Pages in memory, of which it is known that they can be swapped: they have been before. Being called cold
 * they leave the lists of this processor, in which they would be overlooked from another one.
 */
static char *pages_to_share(void)
{
	char *area = swapped_pages(PAGES, SEED + 1);

	write_pattern(area, PAGES * page_size(), SEED);
	arrange(madvise(area, PAGES * page_size(), MADV_COLD) == 0);
	return area;
}

CLAIM(what_a_child_shares_stays, "swap-27",
      "Pages that a child shares stay present in both; once it has gone they can be evicted",
      .needs = SWAP | PAGE_STATES | FAULT_COUNTS, .alone = "swap")
{
	size_t gone = 0;

	guard_swap(ATTEMPTS * PAGES * page_size());
	for (int attempt = 0; attempt < ATTEMPTS && gone < PAGES; attempt++) {
		char *area = pages_to_share();
		struct child other;

		START_CHILD(other) {
			load_each(area, PAGES);
			hand_over();
			struct faults spent = faults_of(load_each(area, PAGES));
			assert_equals(spent.minor + spent.major, 0, "faults of the child's loads");
			assert_pattern(area, PAGES * page_size(), SEED, "what the child reads");
		}
		assert_equals(page_out(area, PAGES), 0, "pages in swap that a child maps");
		assert_strip(observe_pages("parent", area, PAGES), "p");
		assert_strip(observe_pages_of(other.pid, "child", area, PAGES), "p");
		end_child(&other);
		gone = page_out(area, PAGES);
		assert_pattern(area, PAGES * page_size(), SEED, "what the parent reads");
	}
	assert_equals(gone, PAGES, "pages in swap, once the child has gone");
}

CLAIM(what_has_parted_goes, "swap-27",
      "When the child has stored into one of the pages the parent's copy goes, and no other page",
      .needs = SWAP | PAGE_STATES, .alone = "swap")
{
	size_t gone = 0;

	guard_swap(ATTEMPTS * PAGES * page_size());
	for (int attempt = 0; attempt < ATTEMPTS && gone == 0; attempt++) {
		char *area = pages_to_share();
		struct child other;

		START_CHILD(other) {
			store(page(area, WRITTEN), 'c');
			hand_over();
			assert_byte(page(area, WRITTEN), 'c', "what the child has stored");
		}
		gone = page_out(area, PAGES);
		assert_strip(observe_pages("parent", area, PAGES), "ppp?pppp");
		assert_strip(observe_pages_of(other.pid, "child", area, PAGES), "p");
		end_child(&other);
		assert_pattern(area, PAGES * page_size(), SEED, "what the parent reads");
	}
	assert_equals(gone, 1, "pages in swap");
}

CLAIM(what_a_neighbour_maps_of_a_file_stays, "swap-27",
      "Pages of a file that another process maps, too, stay present, and go when it has gone",
      .needs = PAGE_STATES | DISK_FILE)
{
	size_t present = PAGES;

	for (int attempt = 0; attempt < ATTEMPTS && present > 0; attempt++) {
		char *area = fresh_mapping(PAGES, MAP_SHARED, disk_file(PAGES, SEED));
		struct child other;

		START_CHILD(other) {
			load_each(area, PAGES);
			hand_over();
			assert_strip(observe_pages("child", area, PAGES), "p");
		}
		load_each(area, PAGES);
		for (int round = 0; round < 3; round++) {
			if (madvise(area, PAGES * page_size(), MADV_PAGEOUT) != 0) {
				undecided("needs MADV_PAGEOUT: Linux 5.4");
			}
			assert_strip(observe_pages("shared with a child", area, PAGES), "p");
		}
		end_child(&other);
		arrange(madvise(area, PAGES * page_size(), MADV_PAGEOUT) == 0);
		present = count_present(observe_pages("the child has gone", area, PAGES));
		assert_pattern(area, PAGES * page_size(), SEED, "what comes back");
	}
	assert_equals(present, 0, "pages present, once the child has gone");
}

CONTROL(what_nobody_shares_goes, "swap-27",
	"Pages that nobody else maps go when they are given up, although there is a child",
	.needs = SWAP | PAGE_STATES, .alone = "swap")
{
	size_t gone = 0;

	guard_swap(ATTEMPTS * PAGES * page_size());
	for (int attempt = 0; attempt < ATTEMPTS && gone < PAGES; attempt++) {
		char *area = pages_to_share();
		struct child other;

		arrange(madvise(area, PAGES * page_size(), MADV_DONTFORK) == 0);
		START_CHILD(other) {
			hand_over();
		}
		gone = page_out(area, PAGES);
		end_child(&other);
		assert_pattern(area, PAGES * page_size(), SEED, "what the parent reads");
	}
	assert_equals(gone, PAGES, "pages in swap");
}
