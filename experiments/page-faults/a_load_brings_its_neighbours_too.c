/* SPDX-License-Identifier: MIT */
/*
 * A load from a cached file brings its neighbours too, a store its own page only
 * ==============================================================================
 *
 * "Demand paging means the OS loads a page only when it is actually touched", says document 004
 * (6.6). Who expects a fault for each page of a mapped file finds far fewer. When a load faults on
 * a file's page, Linux enters into the page table in one go the cached pages that lie about it
 * (fault-around, in a window of usually 64 KiB). It brings nothing that is not cached already, and
 * promises nothing. A store gets its own page only: its neighbours would have to count as written.
 *
 *      cached        # # # # # # # # # . # # # # # #       . not cached
 *      load here             ^
 *      present       p p p p p p p p p . p p p p p p       1 fault
 *
 *      store here            ^
 *      present       . . . . p . . . . . . . . . . .       1 fault
 *
 * Look with: /proc/PID/pagemap; ru_minflt of getrusage(2).
 * Read on:   mmap(2), getrusage(2); documents 003, 004 sections 6.5, 6.6 and 16.3.
 */
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("A load from a cached file brings its neighbours too, a store its own page only");

enum { PAGES = 512, FEW = 16, HOLE = 5, SEED = 8, WINDOW_BYTES = 64 * 1024 };

/* A file in memory, cached by its nature. */
static int cached_file(size_t count)
{
	int fd = memory_file(count, SEED);

	need_single_pages(fd, count);
	return fd;
}

static void needs_fault_around(void)
{
	if (page_size() >= WINDOW_BYTES) {
		undecided("needs pages smaller than the window of 64 KiB: a smaller base page");
	}
}

CLAIM(one_load_brings_its_neighbours, "fault-20",
      "Of many loads at a distance from each other one at least makes more than its page present",
      .needs = PAGE_STATES)
{
	char *area = fresh_mapping(PAGES, MAP_SHARED, cached_file(PAGES));
	size_t most = 0;

	needs_fault_around();
	for (size_t i = 0; i < PAGES; i += FEW) {
		load(page(area, i + FEW / 2));

		struct pages seen = observe_pages("around a load", page(area, i), FEW);

		ck_assert(page_is_present(seen, FEW / 2));
		most = count_present(seen) > most ? count_present(seen) : most;
	}
	assert_at_least(most, 2, "pages present around the most fruitful load");
	assert_pattern(area, PAGES * page_size(), SEED, "the whole mapping");
}

CLAIM(reading_it_all_costs_fewer_faults_than_pages, "fault-20",
      "A load from each page of a cached file costs fewer faults than pages, all of them minor",
      .needs = FAULT_COUNTS)
{
	int fd = cached_file(PAGES);

	needs_fault_around();
	for (int shared = 0; shared < 2; shared++) {
		char *area = fresh_mapping(PAGES, shared ? MAP_SHARED : MAP_PRIVATE, fd);
		struct faults spent = faults_of(load_each(area, PAGES));

		assert_at_least(spent.minor, 1, "minor faults");
		assert_at_most(spent.minor, PAGES - 1, "minor faults");
		assert_equals(spent.major, 0, "major faults");
	}
}

CLAIM(nothing_is_brought_that_is_not_cached, "fault-20",
      "A page that the file does not have yet is not brought with its neighbours, nor made",
      .needs = PAGE_STATES)
{
	int fd = cached_file(HOLE);
	char *filled = fresh_mapping(FEW, MAP_SHARED, fd),
	     *area = fresh_mapping(FEW, MAP_SHARED, fd);

	arrange(ftruncate(fd, (off_t)(FEW * page_size())) == 0);
	store_each(page(filled, HOLE + 1), FEW - HOLE - 1, 'f');
	load_each(area, HOLE);
	load_each(page(area, HOLE + 1), FEW - HOLE - 1);
	assert_strip(observe_pages("around a hole", area, FEW), "ppppp.pppppppppp");
	assert_equals(pages_taken(fd), FEW - 1, "pages of the file, after the loads");
	assert_all_bytes(page(area, HOLE), page_size(), 0, "the page that was not there");
}

CLAIM(each_store_brings_one_page, "fault-22",
      "A first store to a cached page makes it alone present, so that each page costs a fault",
      .needs = PAGE_STATES | FAULT_COUNTS)
{
	int fd = cached_file(FEW);

	for (int shared = 0; shared < 2; shared++) {
		char *area = fresh_mapping(FEW, shared ? MAP_SHARED : MAP_PRIVATE, fd);

		for (size_t i = 0; i < FEW; i++) {
			size_t at = i * 5 % FEW; /* each once, and none beside the last */
			struct faults spent = faults_of(store(page(area, at), 'w'));
			struct pages seen = observe_pages("after one store more", area, FEW);

			assert_equals(spent.minor, 1, "minor faults of a store");
			assert_equals(spent.major, 0, "major faults of it");
			assert_equals(count_present(seen), i + 1, "pages present after it");
			ck_assert(page_is_present(seen, at));
		}
	}
}

CONTROL(loads_and_stores_differ, "fault-20 fault-22",
	"Over one and the same file a load brings several pages, where a store brought one",
	.needs = PAGE_STATES)
{
	int fd = cached_file(PAGES);
	char *read = fresh_mapping(PAGES, MAP_SHARED, fd);
	char *written = fresh_mapping(PAGES, MAP_SHARED, fd);

	needs_fault_around();
	for (size_t i = 0; i < PAGES; i += 2) {
		load(page(read, i));
		store(page(written, i), 'w');
	}
	assert_strip(observe_pages("written", written, PAGES), "p.");
	assert_at_least(count_present(observe_pages("read", read, PAGES)), PAGES / 2 + 1,
			"pages present where they were read");
}
