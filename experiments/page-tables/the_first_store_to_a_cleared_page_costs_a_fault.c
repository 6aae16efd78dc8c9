/* SPDX-License-Identifier: MIT */
/*
 * The first store to a cleared page costs a fault
 * ===============================================
 *
 * How does the kernel come to know that a page was stored into, when the processor tells nobody? It
 * takes the write permission from every entry as it clears the soft-dirty bits; the first store
 * to a page then faults, and the fault sets the bit and gives the permission back (document 004,
 * 8.1 and 14.3). The page itself stays where it is.
 *
 *      write 4 to clear_refs       r r r r r r        every page read-only, for a moment
 *      a store to page 2           r r w r r r        one minor fault
 *      another store to it         r r w r r r        none
 *
 * So whoever watches a process in this way makes it slower, by a fault for each page and look.
 *
 * Look with: ru_minflt of getrusage(2); /proc/PID/pagemap; /proc/PID/clear_refs.
 * Read on:   the kernel's soft-dirty.rst; proc_pid_clear_refs(5); document 004 section 8.1.
 */
#include <limits.h>

#include <touchstone/experiment.h>
#include <touchstone/soft_dirty.h>

EXPERIMENT("The first store to a cleared page costs a fault");

enum { PAGES = 8, ROUNDS = 4, NEEDED = SOFT_DIRTY | PAGE_STATES };

/* Minor faults of loads from each page, of the first stores and of the second ones. */
struct costs {
	long loads, first, second;
};

static struct costs costs_of(char *area)
{
	struct costs costs;

	costs.loads = faults_of(load_each(area, PAGES)).minor;
	costs.first = faults_of(store_each(area, PAGES, 'x')).minor;
	costs.second = faults_of(store_each(area, PAGES, 'y')).minor;
	return costs;
}

CLAIM(the_first_store_costs_a_fault, "softdirty-03",
      "After clearing the first store to a page is one minor fault, the second none, loads none",
      .needs = NEEDED | FAULT_COUNTS)
{
	char *rehearsed = filled_pages(PAGES, MAP_PRIVATE, 1);
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1);
	struct costs least = {LONG_MAX, LONG_MAX, LONG_MAX};

	/* A fault may be taken twice, where processors share what they have kept: the fewest of some rounds. */
	for (int round = 0; round < ROUNDS; round++) {
		clear_marks();
		(void)costs_of(rehearsed); /* pages of our own are marked anew, too */

		struct costs costs = costs_of(area);

		keep_least(&least.loads, costs.loads);
		keep_least(&least.first, costs.first);
		keep_least(&least.second, costs.second);
	}
	assert_equals(least.loads, 0, "minor faults of loads");
	assert_equals(least.first, PAGES, "minor faults of the first store to each page");
	assert_equals(least.second, 0, "minor faults of the second store");
}

CLAIM(the_pages_stay_where_they_are, "softdirty-04",
      "Clearing and marking move no page to another frame, and change no byte",
      .needs = NEEDED | FRAME_NUMBERS)
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1);
	size_t kept = 0;

	/* The kernel may move a page for reasons of its own. */
	for (int tries = 0; tries < 3 && kept < PAGES; tries++) {
		struct pages before = observe_pages("before", area, PAGES);

		clear_marks();
		for (size_t i = 0; i < PAGES; i++) {
			store(page(area, i), load(page(area, i)));
		}
		kept = count_frames_kept(observe_pages("after", area, PAGES), before);
	}
	assert_equals(kept, PAGES, "frames kept");
	assert_pattern(area, PAGES * page_size(), 1, "what the pages hold");
}

CONTROL(without_clearing_no_store_faults, "softdirty-03 softdirty-04",
	"Stores to pages that nobody has cleared cost no fault, and all the pages have the mark",
	.needs = NEEDED | FAULT_COUNTS)
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1);

	assert_equals(faults_of(store_each(area, PAGES, 'x')).minor, 0, "minor faults of stores");

	struct pages seen = observe_pages("stored", area, PAGES);

	for (size_t i = 0; i < PAGES; i++) {
		assert_equals(page_has_mark(seen, i), true, "whether a page has the mark");
	}
}
