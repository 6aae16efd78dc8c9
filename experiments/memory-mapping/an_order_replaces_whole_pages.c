/* SPDX-License-Identifier: MIT */
/*
 * An order replaces whole pages, and leaves no gap
 * ================================================
 *
 * With MAP_FIXED the address is no hint but an order. "The overlapped part of the existing
 * mappings will be discarded", mmap(2) says. It says so of every page that the new mapping so much
 * as touches, whatever is there: a part of an area, several areas of different kinds, holes. The
 * pages beside them do not notice. This is how a program loader lays out its segments, and how
 * reserve() works in these experiments.
 *
 *      page     0      1      2      3      4      5      6
 *           +------+------+------+------+      +------+------+
 *      was  | anon | anon | file | none | hole |shared| anon |
 *           +------+------+------+------+------+------+------+
 *      now  | anon |              new                 | anon |
 *           +------+----------------------------------+------+
 *
 * It happens in one step: another thread that reads such a page finds the old byte or the new one,
 * but never nothing. Who calls munmap first, and mmap then, leaves a gap between the two, in
 * which a reader dies, or a third thread's mapping takes the place.
 *
 * Look with: every byte on both sides of each border; a second thread that reads all the time.
 * Read on:   mmap(2) MAP_FIXED and "Using MAP_FIXED safely".
 */
#include <pthread.h>
#include <stdatomic.h>
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("An order replaces whole pages, and leaves no gap");

enum { PAGES = 7, ROUNDS = 200 };

/* A new mapping of so many bytes, exactly there. */
static void *order(char *at, size_t length)
{
	return mmap(at, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1,
		    0);
}

/* Seven pages, each filled with a pattern of its own. */
static char *seven_pages(void)
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE);

	for (unsigned i = 0; i < PAGES; i++) {
		write_pattern(page(area, i), page_size(), i);
	}
	return area;
}

/* These pages are new, to the byte, and all the others are as they were. */
static void assert_replaced(char *area, size_t first, size_t count)
{
	for (unsigned i = 0; i < PAGES; i++) {
		if (i < first || i >= first + count) {
			assert_pattern(page(area, i), page_size(), i, "a page beside the new ones");
		}
	}
	assert_all_bytes(page(area, first), count * page_size(), 0, "the new pages");
	write_pattern(page(area, first), count * page_size(), PAGES);
}

CLAIM(every_page_it_touches_is_replaced, "mmap-03",
      "An order of some bytes replaces each page that they touch, to its last byte, and no other")
{
	const size_t lengths[] = {1, page_size(), page_size() + 1, 3 * page_size() - 1};
	const size_t replaced[] = {1, 1, 2, 3};

	for (size_t i = 0; i < 4; i++) {
		char *area = seven_pages();

		assert_address(order(page(area, 2), lengths[i]), page(area, 2), "the mapping");
		assert_replaced(area, 2, replaced[i]);
	}
}

CLAIM(whatever_is_there_is_replaced, "mmap-03",
      "It takes parts of areas, areas of every kind and holes in one step; a file keeps its bytes")
{
	int rw = PROT_READ | PROT_WRITE, fd = memory_file(1, PAGES + 1);
	char *area = seven_pages(), *file = fresh_mapping(1, MAP_SHARED, fd);
	size_t size = page_size();

	arrange(mmap(page(area, 2), size, rw, MAP_SHARED | MAP_FIXED, fd, 0) != MAP_FAILED);
	arrange(mprotect(page(area, 3), size, PROT_NONE) == 0);
	arrange(munmap(page(area, 4), size) == 0);
	arrange(mmap(page(area, 5), size, rw, MAP_SHARED | MAP_ANONYMOUS | MAP_FIXED, -1, 0) !=
		MAP_FAILED);
	store_each(page(area, 5), 1, 's');
	assert_address(order(page(area, 1), 5 * size), page(area, 1), "the mapping");
	assert_replaced(area, 1, 5);
	assert_pattern(file, size, PAGES + 1, "the file that was mapped there");
}

/* What a second thread reads, again and again, until it is told to stop or the load is refused. */
struct reader {
	const char *watched;
	atomic_long loads;
	atomic_bool stop, refused;
	long wrong;
};

static void *keep_reading(void *argument)
{
	struct reader *reader = argument;

	while (!atomic_load(&reader->stop) && !atomic_load(&reader->refused)) {
		struct trap trap = try_load(reader->watched);

		atomic_store(&reader->refused, trap.signal != 0);
		reader->wrong += trap.signal == 0 && trap.loaded != 0 && trap.loaded != 'a';
		atomic_fetch_add(&reader->loads, 1);
	}
	return NULL;
}

CLAIM(no_reader_meets_a_gap, "mmap-04",
      "A thread that reads a page while it is replaced reads the old byte or the new, and no trap",
      .needs = TWO_PROCESSORS)
{
	char *area = seven_pages();
	struct reader reader = {.watched = page(area, 3)};
	pthread_t thread;

	store(page(area, 3), 'a');
	arrange(pthread_create(&thread, NULL, keep_reading, &reader) == 0);
	for (long i = 0; i < ROUNDS; i++) {
		while (atomic_load(&reader.loads) <= i && !atomic_load(&reader.refused)) {
		}
		assert_address(order(page(area, 2), 3 * page_size()), page(area, 2), "the mapping");
		store(page(area, 3), 'a');
	}
	atomic_store(&reader.stop, true);
	arrange(pthread_join(thread, NULL) == 0);
	assert_equals(atomic_load(&reader.refused), false, "loads that were refused");
	assert_equals(reader.wrong, 0, "loads of a byte that was never there");
}

CONTROL(two_steps_leave_a_gap, "mmap-03 mmap-04",
	"With munmap first and mmap then a reader comes in between, and is refused")
{
	char *area = seven_pages();
	struct reader reader = {.watched = page(area, 3)};
	pthread_t thread;

	store(page(area, 3), 'a');
	arrange(pthread_create(&thread, NULL, keep_reading, &reader) == 0);
	arrange(munmap(page(area, 2), 3 * page_size()) == 0);
	for (long i = atomic_load(&reader.loads) + 2; !atomic_load(&reader.refused);) {
		if (atomic_load(&reader.loads) > i) {
			atomic_store(&reader.stop, true); /* it has had its chance */
			break;
		}
	}
	arrange(pthread_join(thread, NULL) == 0);
	assert_equals(atomic_load(&reader.refused), true, "loads that were refused");
	assert_equals(reader.wrong, 0, "loads of a byte that was never there");
	assert_address(order(page(area, 2), 3 * page_size()), page(area, 2), "the mapping");
	assert_replaced(area, 2, 3);
}
