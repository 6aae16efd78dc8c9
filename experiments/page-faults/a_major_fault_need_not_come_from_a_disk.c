/* SPDX-License-Identifier: MIT */
/*
 * A major fault need not come from a disk
 * =======================================
 *
 * Documents 003 and 004 (10.2) call a fault major when the page "must be loaded from disk". That
 * is where the name comes from, and it is not what is counted. The kernel counts as major what
 * was not in memory as a page: it had to be made from something else, and making it may need no
 * disk at all.
 *
 *      swap area          behind the page           read from a disk     fault
 *      on a disk          a block                   yes                  major
 *      on a disk          zeros: only noted (6.12)  no                   major
 *      in memory (zram)   compressed bytes          no                   major
 *
 * So major faults tell how often a program missed its page, and not how often a disk turned.
 *
 * Look with: ru_majflt and ru_inblock of getrusage(2), /proc/swaps; mincore(2) tells what is in
 *            memory still.
 * Read on:   getrusage(2), madvise(2) MADV_PAGEOUT; documents 003, 004 section 10.2.
 */
#include <sys/resource.h>

#include <touchstone/experiment.h>

EXPERIMENT("A major fault need not come from a disk");

enum { PAGES = 16, ATTEMPTS = 20, SEED = 4 };

/* What loads of the pages cost that are in swap and nowhere in memory; and how many those are. */
struct cost {
	long pages, minor, major, blocks;
};

static struct cost cost_of_swapping_in(char *area)
{
	struct cost cost = {0};

	arrange(madvise(area, PAGES * page_size(), MADV_PAGEOUT) == 0);

	struct pages seen = observe_pages("paged out", area, PAGES);

	for (size_t i = 0; i < PAGES; i++) {
		struct rusage before, after;

		if (!page_is_swapped(seen, i) || count_in_memory(page(area, i), 1) != 0) {
			continue;
		}
		arrange(getrusage(RUSAGE_SELF, &before) == 0);
		load(page(area, i));
		arrange(getrusage(RUSAGE_SELF, &after) == 0);
		cost.pages++;
		cost.minor += after.ru_minflt - before.ru_minflt;
		cost.major += after.ru_majflt - before.ru_majflt;
		cost.blocks += after.ru_inblock - before.ru_inblock;
	}
	return cost;
}

/* The same of several areas, until there was one page at least. */
static struct cost cost_of_pages(unsigned seed)
{
	for (int i = 0; i < ATTEMPTS; i++) {
		char *area = fresh_pages(PAGES, MAP_PRIVATE);

		if (seed > 0) {
			write_pattern(area, PAGES * page_size(), seed);
		} else {
			store_each(area, PAGES, 0);
		}

		struct cost cost = cost_of_swapping_in(area);

		if (seed > 0) {
			assert_pattern(area, PAGES * page_size(), seed, "what came back");
		} else {
			assert_all_bytes(area, PAGES * page_size(), 0, "what came back");
		}
		if (cost.pages > 0) {
			return cost;
		}
	}
	undecided("needs swapped pages that leave memory at once: zram, or zeros on Linux 6.12");
}

CLAIM(zeros_come_back_without_a_disk, "fault-11",
      "A swapped page of zeros costs a major fault, although not a block is read for it",
      .needs = FAULT_COUNTS | PAGE_STATES | SWAP, .alone = "swap")
{
	guard_swap(ATTEMPTS * PAGES * page_size());

	struct cost cost = cost_of_pages(0);

	if (cost.blocks > 0) {
		undecided("needs a kernel that notes pages of zeros in its swap area: Linux 6.12");
	}
	assert_equals(cost.major, cost.pages, "major faults, one for each page");
	assert_equals(cost.minor, 0, "minor faults");
}

CLAIM(compressed_memory_is_no_disk, "fault-11",
      "A page that comes back from swap in memory (zram) costs a major fault as well",
      .needs = FAULT_COUNTS | PAGE_STATES | SWAP_AREA, .alone = "swap")
{
	guard_swap_area(SWAP_ON_ZRAM, ATTEMPTS * PAGES * page_size());

	struct cost cost = cost_of_pages(SEED);

	assert_equals(cost.major, cost.pages, "major faults, one for each page");
	assert_equals(cost.minor, 0, "minor faults");
}

CONTROL(what_is_in_memory_is_no_major_fault, "fault-11",
	"Pages that were never paged out, be they zeros or a pattern, cost no fault at all",
	.needs = FAULT_COUNTS)
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, SEED),
	     *zeros = fresh_pages(PAGES, MAP_PRIVATE);

	store_each(zeros, PAGES, 0);

	struct faults spent = faults_of(load_each(area, PAGES); load_each(zeros, PAGES));

	assert_equals(spent.major, 0, "major faults");
	assert_equals(spent.minor, 0, "minor faults");
}
