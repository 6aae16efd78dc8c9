/* SPDX-License-Identifier: MIT */
/*
 * After an eviction every thread faults
 * =====================================
 *
 * When a victim has gone, says document 004 (11.3), the page table is updated, and TLB state is
 * invalidated or refreshed. The second is the harder part. Each processor has a TLB of its own, and
 * in it may be the translation to a frame that is about to be somebody else's. Before the kernel
 * gives the frame away it has every processor forget, that runs a thread of this process.
 *
 *      processor 0, thread A             processor 1, thread B
 *                                        load(page)     TLB: page -> frame 9
 *      page goes: entry is absent  --->  forgets
 *      (A stores 'new': frame 12)
 *                                        load(page)     fault (or 'new'), and never frame 9
 *
 * One page table serves all threads: who comes first faults, and the others find the page there.
 * B does not sleep meanwhile, for a processor that idles may forget for other reasons.
 *
 * Look with: bit 63 of /proc/PID/pagemap; ru_minflt and ru_majflt, while B alone loads; every byte
 *            of it.
 * Read on:   getrusage(2), madvise(2) MADV_PAGEOUT; document 004 sections 11.3 and 9.
 */
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <sys/mman.h>

#include <touchstone/experiment.h>
#include <touchstone/processors.h>

EXPERIMENT("After an eviction every thread faults");

enum { PAGES = 16, OLD = 5, NEW = 6, ATTEMPTS = 10, LARGEST_PAGE = 64 * 1024 };

/* What A and B tell each other. */
static atomic_int turn;
enum { AT_FIRST, HAS_LOADED, MAY_LOAD, HAS_LOADED_AGAIN };
static int processors[2];
static char *watched;
static struct faults spent; /* by B's second loads, and the bytes they brought: */
static unsigned char loaded[PAGES * LARGEST_PAGE];

static void *load_twice(void *unused)
{
	run_on(processors[1]);
	/* Counted as well: counting itself needs pages of this thread's stack, and has them from then on. */
	spent = faults_of(memcpy(loaded, watched, PAGES * page_size()));
	atomic_store(&turn, HAS_LOADED);
	while (atomic_load(&turn) != MAY_LOAD) {
	}
	spent = faults_of(memcpy(loaded, watched, PAGES * page_size()));
	atomic_store(&turn, HAS_LOADED_AGAIN);
	return unused;
}

/* B loads; A has the pages go, and perhaps brings them back with new bytes; B loads again. */
static size_t evict_between_loads(char *area, bool store_new)
{
	pthread_t reader;

	arrange(page_size() <= LARGEST_PAGE);
	two_processors(processors);
	run_on(processors[0]);
	load_each(area, PAGES);
	watched = area;
	arrange(pthread_create(&reader, NULL, load_twice, NULL) == 0);
	while (atomic_load(&turn) != HAS_LOADED) {
		sched_yield();
	}
	for (int i = 0; i < ATTEMPTS; i++) {
		(void)madvise(area, PAGES * page_size(), MADV_PAGEOUT);
	}

	size_t left = count_present(observe_pages("asked to go", area, PAGES));

	if (store_new) {
		write_pattern(area, PAGES * page_size(), NEW);
	}
	atomic_store(&turn, MAY_LOAD);
	while (atomic_load(&turn) != HAS_LOADED_AGAIN) {
	}
	arrange(pthread_join(reader, NULL) == 0);
	return left;
}

static void evict_all_between_loads(char *area, bool store_new)
{
	if (evict_between_loads(area, store_new) > 0) {
		undecided("needs MADV_PAGEOUT, and pages that go when they are asked to");
	}
}

static char *pages_of_a_file(void)
{
	char *area = fresh_mapping(PAGES, MAP_SHARED, disk_file(PAGES, OLD));

	arrange(madvise(area, PAGES * page_size(), MADV_RANDOM) == 0); /* a page a fault */
	return area;
}

CLAIM(a_thread_elsewhere_faults, "replace-22",
      "When pages of a file have gone, a thread on another processor faults on each of them",
      .needs = TWO_PROCESSORS | PAGE_STATES | FAULT_COUNTS | DISK_FILE)
{
	evict_all_between_loads(pages_of_a_file(), false);
	assert_equals(spent.minor + spent.major, PAGES, "faults of the other thread");
	assert_pattern(loaded, PAGES * page_size(), OLD, "what it loaded");
}

CLAIM(so_it_does_for_swap, "replace-22",
      "When memory has been swapped out, a thread on another processor faults on each page",
      .needs = TWO_PROCESSORS | PAGE_STATES | FAULT_COUNTS | SWAP, .alone = "swap")
{
	guard_swap(PAGES * page_size());
	evict_all_between_loads(filled_pages(PAGES, MAP_PRIVATE, OLD), false);
	assert_equals(spent.minor + spent.major, PAGES, "faults of the other thread");
	assert_pattern(loaded, PAGES * page_size(), OLD, "what it loaded");
}

CLAIM(no_thread_loads_from_the_old_frame, "replace-22",
      "Bytes stored after the pages have gone are what a thread on another processor loads",
      .needs = TWO_PROCESSORS | PAGE_STATES | DISK_FILE)
{
	evict_all_between_loads(pages_of_a_file(), true);
	assert_pattern(loaded, PAGES * page_size(), NEW, "what the other thread loaded");
}

CONTROL(what_cannot_go_costs_no_fault, "replace-22",
	"Where the pages are locked the same advice takes none, and the other thread has no fault",
	.needs = TWO_PROCESSORS | PAGE_STATES | FAULT_COUNTS | DISK_FILE | LOCKABLE_MEMORY)
{
	char *area = pages_of_a_file();

	arrange(mlock(area, PAGES * page_size()) == 0);
	assert_equals(evict_between_loads(area, false), PAGES, "pages that are present still");
	assert_equals(spent.minor + spent.major, 0, "faults of the other thread");
	assert_pattern(loaded, PAGES * page_size(), OLD, "what it loaded");
}
