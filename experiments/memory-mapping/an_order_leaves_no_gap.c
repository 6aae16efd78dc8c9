/* SPDX-License-Identifier: MIT */
/*
 * An order leaves no gap
 * ======================
 *
 * With MAP_FIXED the kernel takes the old mapping away and makes the new one, in one step: another
 * thread that reads such a page finds the old byte or the new one, but never nothing. Who calls munmap(2)
 * first and mmap(2) then leaves a gap between the two, in which a reader dies, or the mapping
 * of a third thread takes the place.
 *
 *      one step     | old page | new page |          a reader sees    a a a 0 0 0
 *      two steps    | old page |    .     | new |                     a a a SIGSEGV
 *
 * That is why the only safe use of MAP_FIXED is over what one has mapped oneself before.
 *
 * Look with: a second thread that reads all the time, and survives a trap.
 * Read on:   mmap(2) "Using MAP_FIXED safely".
 */
#include <pthread.h>
#include <stdatomic.h>
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("An order leaves no gap");

enum { PAGES = 7, ROUNDS = 200 };

/* A new mapping of so many bytes, exactly there. */
static void *order(char *at, size_t length)
{
	return mmap(at, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1,
		    0);
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
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1);
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

CONTROL(two_steps_leave_a_gap, "mmap-04",
	"With munmap first and mmap then a reader comes in between, and is refused")
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1);
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
	assert_all_bytes(page(area, 2), 3 * page_size(), 0, "the new pages");
}
