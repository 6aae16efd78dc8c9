/* SPDX-License-Identifier: MIT */
/*
 * What is still in the swap cache is a minor fault
 * ================================================
 *
 * A page that was swapped out is on disk, so bringing it back is a major fault: so one would
 * think after documents 003 and 004 (10.2). But swapping out begins with a copy. The page table
 * then names a slot of the swap area, while the page stays in memory, in the swap cache, until
 * the copy is done and somebody needs the frame. Who touches it in between finds it: a minor
 * fault.
 *
 *      page table    swap cache    swap area      a touch costs
 *      frame         -             -              nothing
 *      slot          frame         (copying)      a minor fault
 *      slot          -             copy           a major fault
 *
 * The same goes for read-ahead, which puts pages into the page cache before anybody wants them.
 * Whoever measures swapping has to know which of the two he has. mincore(2) tells.
 *
 * Look with: /proc/PID/pagemap (bit 62: swapped) and mincore(2); ru_minflt and ru_majflt.
 * Read on:   mincore(2), getrusage(2), madvise(2) MADV_PAGEOUT; documents 003, 004 section 10.2.
 */
#include <sys/resource.h>

#include <touchstone/experiment.h>

EXPERIMENT("What is still in the swap cache is a minor fault");

enum { PAGES = 64, ATTEMPTS = 20, PATIENCE = 500, SEED = 4 };

static char *paged_out(char *area)
{
	if (madvise(area, PAGES * page_size(), MADV_PAGEOUT) != 0) {
		undecided("needs MADV_PAGEOUT: Linux 5.4");
	}
	return area;
}

static struct faults cost_of_loads(const char *area, size_t count)
{
	struct rusage before, after;

	arrange(getrusage(RUSAGE_SELF, &before) == 0);
	load_each(area, count);
	arrange(getrusage(RUSAGE_SELF, &after) == 0);
	return (struct faults){.minor = after.ru_minflt - before.ru_minflt,
			       .major = after.ru_majflt - before.ru_majflt};
}

CLAIM(in_swap_and_in_memory_is_a_minor_fault, "fault-12",
      "A page that is in swap, and in memory still, costs one minor fault and has its bytes",
      .needs = FAULT_COUNTS | PAGE_STATES | SWAP, .alone = "swap")
{
	size_t found = 0;

	guard_swap(ATTEMPTS * PAGES * page_size());
	for (int attempt = 0; attempt < ATTEMPTS && found == 0; attempt++) {
		char *area = paged_out(filled_pages(PAGES, MAP_PRIVATE, SEED));
		struct pages seen = observe_pages("paged out", area, PAGES);

		for (size_t i = 0; i < PAGES; i++) {
			if (page_is_swapped(seen, i) && count_in_memory(page(area, i), 1) == 1) {
				struct faults spent = cost_of_loads(page(area, i), 1);

				assert_equals(spent.minor, 1, "minor faults");
				assert_equals(spent.major, 0, "major faults");
				found++;
			}
		}
		assert_pattern(area, PAGES * page_size(), SEED, "what came back");
	}
	if (found == 0) {
		undecided("needs a swap area that takes its time: on a disk, and zswap off");
	}
	evidence("pages in swap and in memory", "%zu", found);
}

CLAIM(read_ahead_makes_minor_faults, "fault-12",
      "A page of a file that was read ahead is in memory before its touch, and so a minor fault",
      .needs = FAULT_COUNTS | DISK_FILE)
{
	int fd = cold_file(PAGES, SEED);
	char *area = fresh_mapping(PAGES, MAP_SHARED, fd);
	char bytes[16];

	/* The kernel is told to read all of it; this read waits for the last page. */
	arrange(madvise(area, PAGES * page_size(), MADV_WILLNEED) == 0);
	for (size_t i = 0; i < PAGES; i++) {
		read_at(fd, bytes, sizeof bytes, i * page_size());
	}

	struct faults spent = cost_of_loads(area, PAGES);

	assert_equals(spent.major, 0, "major faults");
	assert_at_least(spent.minor, 1, "minor faults");
	assert_pattern(area, PAGES * page_size(), SEED, "what was read");
}

CONTROL(in_swap_and_nowhere_else_is_a_major_fault, "fault-12",
	"A page that is in swap and has left memory costs a major fault",
	.needs = FAULT_COUNTS | PAGE_STATES | SWAP, .alone = "swap")
{
	stay_on_one_processor(); /* its lists hide no page from the advice */
	guard_swap(PAGES * page_size());

	char *area = paged_out(filled_pages(PAGES, MAP_PRIVATE, SEED));
	size_t gone = PAGES;

	for (int attempt = 0; attempt < PATIENCE && time_is_left() && gone == PAGES; attempt++) {
		/* Brought back and unchanged, they still have their slots: once those are written they go. */
		load_each(area, PAGES);
		paged_out(area);
		if (count_in_memory(area, PAGES) == PAGES) {
			continue;
		}

		struct pages seen = observe_pages("paged out", area, PAGES);

		gone = 0;
		while (gone < PAGES && (!page_is_swapped(seen, gone) ||
					count_in_memory(page(area, gone), 1) != 0)) {
			gone++;
		}
	}
	if (gone == PAGES) {
		undecided("needs a page that leaves memory when it is paged out");
	}
	/* The first alone, for it may bring others. */
	assert_equals(cost_of_loads(page(area, gone), 1).major, 1, "major faults");
	assert_pattern(area, PAGES * page_size(), SEED, "what came back");
}
