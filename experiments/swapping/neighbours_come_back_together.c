/* SPDX-License-Identifier: MIT */
/*
 * Neighbours come back together
 * =============================
 *
 * Whoever reads a page from a disk has waited for most of what reading eight would take. So the kernel
 * loads pages ahead of time (document 004, section 18.4), from swap as well: with a page come its
 * neighbours, as many as vm.page-cluster says, into memory but not into the page table. Who goes on
 * to them finds them there: a minor fault each, and no wait.
 *
 *      touch        0      1  2  3  4  5  6  7      8      9 ...
 *      fault      major    minor ...              major   minor          vm.page-cluster = 3
 *      fault      major  major  major ...                                vm.page-cluster = 0
 *
 * Look with: ru_majflt and ru_minflt of getrusage(2); mincore(2) tells what is in memory.
 * Read on:   proc_sys_vm(5) page-cluster, madvise(2) MADV_PAGEOUT; document 004 section 18.4.
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("Neighbours come back together");

enum { PAGES = 256, ROOM = 4 * PAGES, SEED = 1 };

/* From here on so many pages come together at most: two to the power of this number. */
static void set_cluster(const char *power)
{
	if (!guard_setting("/proc/sys/vm/page-cluster", power)) {
		undecided("needs to set vm.page-cluster: run as root, with /proc/sys writable");
	}
}

/* Pages that are in swap, and nowhere in memory. */
static char *pages_on_disk(void)
{
	struct swap_area area = guard_swap_area(SWAP_ON_LOOP, ROOM * page_size());
	char *memory;

	turn_to_swap_area(&area);
	memory = swapped_pages(PAGES, SEED);
	leave_memory(&area, memory, PAGES);
	return memory;
}

CLAIM(a_walk_waits_for_a_few, "swap-21",
      "Of the faults of a walk through swapped pages at most half are major, and the rest minor",
      .needs = SWAP_AREA | PAGE_STATES | FAULT_COUNTS, .alone = "swap")
{
	set_cluster("3");

	char *memory = pages_on_disk();
	struct faults spent = faults_of(load_each(memory, PAGES));

	assert_at_most(spent.major, PAGES / 2, "major faults");
	assert_at_least(spent.major, 1, "major faults");
	assert_equals(spent.major + spent.minor, PAGES, "faults, one for each page");
	assert_pattern(memory, PAGES * page_size(), SEED, "what came back");
}

CLAIM(neighbours_wait_in_memory, "swap-21",
      "On the way others than the touched pages are in memory, in swap still as far as entries "
      "tell",
      .needs = SWAP_AREA | PAGE_STATES, .alone = "swap")
{
	size_t touched = 0, ahead = 0;

	set_cluster("3");

	char *memory = pages_on_disk();

	while (touched < PAGES / 2) {
		load(page(memory, touched++));

		size_t more = count_in_memory(memory, PAGES) - touched;

		ahead = more > ahead ? more : ahead;
	}
	assert_at_least(ahead, 1, "pages in memory at once that nobody had touched");
	assert_strip(observe_pages("touched", memory, PAGES / 2), "p");
	assert_strip(observe_pages("untouched", page(memory, PAGES / 2), PAGES / 2), "~");
	assert_pattern(memory, PAGES * page_size(), SEED, "what came back");
}

CONTROL(alone_each_page_is_waited_for, "swap-21",
	"With a cluster of one page every fault of the same walk is major, and brings one page",
	.needs = SWAP_AREA | PAGE_STATES | FAULT_COUNTS, .alone = "swap")
{
	set_cluster("0");

	char *memory = pages_on_disk();
	struct faults spent = faults_of(load(memory));

	assert_equals(count_in_memory(memory, PAGES), 1, "pages in memory after the first load");
	assert_equals(spent.major, 1, "major faults of the first load");
	spent = faults_of(load_each(page(memory, 1), PAGES - 1));
	assert_equals(spent.major, PAGES - 1, "major faults");
	assert_equals(spent.minor, 0, "minor faults");
	assert_pattern(memory, PAGES * page_size(), SEED, "what came back");
}
