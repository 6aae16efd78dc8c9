/* SPDX-License-Identifier: MIT */
/*
 * A load from a cached file brings its neighbours too, a store its own page only
 * ==============================================================================
 *
 * "Demand paging means the OS loads a page only when it is actually touched", says document 004
 * (6.6). Who expects a fault for each page of a mapped file finds far fewer. When a load faults on
 * a file's page, Linux looks around, and enters into the page table in one go the cached pages that
 * lie about it (fault-around, in a window of usually 64 KiB). It brings nothing that is not cached
 * already, and it promises nothing. A store gets its own page only: its neighbours would have
 * to count as written.
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
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("A load from a cached file brings its neighbours too, a store its own page only");

enum { PAGES = 512, STRETCH = 16, HOLE = 5, SEED = 8 };
enum { FEW = 16, WINDOW_BYTES = 64 * 1024, BLOCK = 512 };

/* Writes the file's page of this number; each into a folio of its own, as one page was written. */
static void write_page(int fd, size_t number)
{
	static char bytes[64 * 1024]; /* too large for a small stack */

	arrange(page_size() <= sizeof bytes);
	pattern_bytes(bytes, page_size(), SEED, number * page_size());
	write_at(fd, bytes, page_size(), number * page_size());
}

/* A file in memory, cached by its nature; empty. */
static int empty_file(void)
{
	int fd = memfd_create("cached", MFD_CLOEXEC);
	struct stat one;

	arrange(fd >= 0);
	write_page(fd, 0);
	arrange(fstat(fd, &one) == 0);
	if ((size_t)one.st_blocks * BLOCK > page_size()) {
		undecided("needs files in memory of single pages: shmem_enabled set to never");
	}
	return fd;
}

static int cached_file(size_t count)
{
	int fd = empty_file();

	for (size_t i = 1; i < count; i++) {
		write_page(fd, i);
	}
	return fd;
}

/* The first count pages of it, mapped at a place of their own, and not touched. */
static char *mapped(int fd, size_t count, int sharing)
{
	char *area = mmap(reserve(count), count * page_size(), PROT_READ | PROT_WRITE,
			  sharing | MAP_FIXED, fd, 0);

	arrange(area != MAP_FAILED);
	return area;
}

/* Everything that a counted access needs, used once. */
static void rehearse(void)
{
	char *area = mapped(cached_file(2), 2, MAP_SHARED);

	(void)faults_of(load_each(area, 2); store_each(area, 2, 1));
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
	needs_fault_around();

	char *area = mapped(cached_file(PAGES), PAGES, MAP_SHARED);
	size_t most = 0;

	for (size_t i = 0; i < PAGES; i += STRETCH) {
		load(page(area, i + STRETCH / 2));

		struct pages seen = observe_pages("around a load", page(area, i), STRETCH);

		ck_assert(page_is_present(seen, STRETCH / 2));
		most = count_present(seen) > most ? count_present(seen) : most;
	}
	assert_at_least(most, 2, "pages present around the most fruitful load");
	assert_pattern(area, PAGES * page_size(), SEED, "the whole mapping");
}

CLAIM(reading_it_all_costs_fewer_faults_than_pages, "fault-20",
      "A load from each page of a cached file costs fewer faults than pages, all of them minor",
      .needs = FAULT_COUNTS)
{
	needs_fault_around();

	int fd = cached_file(PAGES);

	rehearse();
	for (int kind = 0; kind < 2; kind++) {
		char *area = mapped(fd, PAGES, kind == 0 ? MAP_SHARED : MAP_PRIVATE);
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
	needs_fault_around();

	int fd = empty_file();
	struct stat before, after;

	for (size_t i = 1; i < FEW; i++) {
		if (i != HOLE) {
			write_page(fd, i);
		}
	}

	char *area = mapped(fd, FEW, MAP_SHARED);

	arrange(fstat(fd, &before) == 0);
	for (size_t i = 0; i < FEW; i++) {
		if (i != HOLE) {
			load(page(area, i));
		}
	}

	struct pages seen = observe_pages("around a hole", area, FEW);

	arrange(fstat(fd, &after) == 0);
	assert_strip(seen, "ppppp.pppppppppp");
	assert_equals(after.st_blocks, before.st_blocks, "blocks of the file, after the loads");
	assert_all_bytes(page(area, HOLE), page_size(), 0, "the page that was not there");
}

CLAIM(each_store_brings_one_page, "fault-22",
      "A first store to a cached page makes it alone present, so that each page costs a fault",
      .needs = PAGE_STATES | FAULT_COUNTS)
{
	int fd = cached_file(FEW);

	rehearse();
	for (int kind = 0; kind < 2; kind++) {
		int sharing = kind == 0 ? MAP_SHARED : MAP_PRIVATE;
		char *area = mapped(fd, FEW, sharing), *again = mapped(fd, FEW, sharing);

		for (size_t i = 0; i < FEW; i++) {
			size_t at = i * 5 % FEW; /* each once, and none beside the last */

			store(page(area, at), 'w');

			struct pages seen = observe_pages("after one store more", area, FEW);

			ck_assert_uint_eq(count_present(seen), i + 1);
			ck_assert(page_is_present(seen, at));
		}

		struct faults spent = faults_of(store_each(again, FEW, 'w'));

		assert_equals(spent.minor, FEW, "minor faults of as many stores");
		assert_equals(spent.major, 0, "major faults of them");
	}
}

CONTROL(loads_and_stores_differ, "fault-20 fault-22",
	"Over one and the same file a load brings several pages, where a store brought one",
	.needs = PAGE_STATES)
{
	needs_fault_around();

	enum { SOME = 8 * STRETCH };
	int fd = cached_file(SOME);
	char *read = mapped(fd, SOME, MAP_SHARED), *written = mapped(fd, SOME, MAP_SHARED);

	for (size_t i = 0; i < SOME; i += 2) {
		load(page(read, i));
		store(page(written, i), 'w');
	}
	assert_strip(observe_pages("written", written, SOME), "p.");
	assert_at_least(count_present(observe_pages("read", read, SOME)), SOME / 2 + 1,
			"pages present where they were read");
}
