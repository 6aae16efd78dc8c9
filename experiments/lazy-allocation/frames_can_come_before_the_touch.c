/* SPDX-License-Identifier: MIT */
/*
 * Frames can be there before the program touches them
 * ===================================================
 *
 * Document 001 says that the kernel acts only at the point of a page fault. That is only roughly
 * true: a program may ask for its frames beforehand, to pay for all of them in one call instead of
 * one by one in the middle of its work.
 *
 *      mmap                      ................      a fault at every first touch
 *      mmap with MAP_POPULATE    oooooooooooooooo      none
 *      mlock, of the middle      ....oooooooo....      none there, and they stay in memory
 *      MADV_POPULATE_WRITE       ....oooooooo....      none there, and they may leave again
 *      MADV_POPULATE_READ        ....zzzzzzzz....      none for reading; the zero page was lent
 *
 * Nothing but the moment changes. The memory is as zero as if it had come by a fault.
 *
 * Look with: /proc/PID/pagemap; getrusage(2).
 * Read on:   mmap(2), mlock(2), madvise(2); document 001 "Lazy Allocation Explained".
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("Frames can be there before the program touches them");

#ifndef MADV_POPULATE_WRITE /* Linux 5.14 */
#define MADV_POPULATE_READ  22
#define MADV_POPULATE_WRITE 23
#endif

/* 16 pages of 4 KiB are what anybody may lock, even where the limit is the old 64 KiB. */
enum { PAGES = 16, FIRST = 4, ASKED = 8 };

static char *mapped_pages(int flags)
{
	char *area = mmap(reserve(PAGES), PAGES * page_size(), PROT_READ | PROT_WRITE,
			  MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED | flags, -1, 0);

	arrange(area != MAP_FAILED);
	return area;
}

/* The ASKED pages in the middle have frames and cost no fault any more; the others have and do. */
static void assert_only_the_middle_is_there(char *area)
{
	assert_strip(observe_pages("prepared", area, PAGES), "....oooooooo....");
	assert_equals(faults_of(store_each(page(area, FIRST), ASKED, 'x')).minor, 0,
		      "minor faults of writing where frames were asked for");
	assert_strip(observe_pages("written", area, PAGES), "....oooooooo....");
	assert_equals(faults_of(store_each(area, PAGES, 'x')).minor, PAGES - ASKED,
		      "minor faults of writing everywhere");
}

CLAIM(populating_attaches_all, "lazy-07",
      "MAP_POPULATE attaches a frame to every page, and touching them faults no more",
      .needs = FAULT_COUNTS | FRAME_IDENTITY)
{
	char *area = mapped_pages(MAP_POPULATE);

	assert_strip(observe_pages("populated", area, PAGES), "o");
	assert_equals(faults_of(store_each(area, PAGES, 'x')).minor, 0, "minor faults of writing");
	assert_strip(observe_pages("written", area, PAGES), "o");
}

CLAIM(locking_attaches_the_range, "lazy-07",
      "mlock attaches frames to the pages of its range, and to none beside it",
      .needs = FAULT_COUNTS | FRAME_IDENTITY | AREA_USAGE)
{
	char *area = mapped_pages(0);

	if (mlock(page(area, FIRST), ASKED * page_size()) != 0) {
		undecided("needs leave to lock %zu kB: raise ulimit -l",
			  ASKED * page_size() / 1024);
	}
	assert_equals(observe_usage("smaps", area, PAGES * page_size()).locked, ASKED * page_size(),
		      "bytes locked");
	assert_only_the_middle_is_there(area);
}

CLAIM(advice_attaches_the_range, "lazy-07",
      "MADV_POPULATE_WRITE attaches frames to the pages of its range, and to none beside it",
      .needs = FAULT_COUNTS | FRAME_IDENTITY)
{
	char *area = mapped_pages(0);

	if (madvise(page(area, FIRST), ASKED * page_size(), MADV_POPULATE_WRITE) != 0) {
		undecided("needs MADV_POPULATE_WRITE: Linux 5.14 or later");
	}
	assert_only_the_middle_is_there(area);
}

CLAIM(prepared_memory_is_zero, "lazy-07",
      "What was attached beforehand reads as zeros in every byte, as if it had been lazy")
{
	size_t length = PAGES * page_size();
	char *populated = mapped_pages(MAP_POPULATE), *locked = mapped_pages(0),
	     *advised = mapped_pages(0);

	/* Where these are refused, plain memory is looked at, which has to be zero all the more. */
	(void)mlock(locked, length);
	(void)madvise(advised, length, MADV_POPULATE_WRITE);
	assert_all_bytes(populated, length, 0, "memory mapped with MAP_POPULATE");
	assert_all_bytes(locked, length, 0, "memory locked");
	assert_all_bytes(advised, length, 0, "memory advised MADV_POPULATE_WRITE");
}

CONTROL(plain_memory_waits_for_the_touch, "lazy-07",
	"Memory that nobody asked for is absent, and every first touch of a page faults",
	.needs = FAULT_COUNTS | FRAME_IDENTITY)
{
	char *area = mapped_pages(0);

	assert_strip(observe_pages("plain", area, PAGES), ".");
	assert_equals(faults_of(store_each(area, PAGES, 'x')).minor, PAGES,
		      "minor faults of writing");
	assert_strip(observe_pages("written", area, PAGES), "o");
}

CONTROL(populating_for_reading_is_not_enough, "lazy-07",
	"MADV_POPULATE_READ lends the zero page only, and every first write still faults",
	.needs = FAULT_COUNTS | FRAME_IDENTITY)
{
	char *area = mapped_pages(0);

	if (madvise(page(area, FIRST), ASKED * page_size(), MADV_POPULATE_READ) != 0) {
		undecided("needs MADV_POPULATE_READ: Linux 5.14 or later");
	}
	assert_strip(observe_pages("prepared", area, PAGES), "....zzzzzzzz....");
	assert_equals(faults_of(load_each(page(area, FIRST), ASKED)).minor, 0,
		      "minor faults of reading");
	assert_equals(faults_of(store_each(area, PAGES, 'x')).minor, PAGES,
		      "minor faults of writing");
}
