/* SPDX-License-Identifier: MIT */
/*
 * Shared memory gets real frames even for reads
 * =============================================
 *
 * Document 004 (section 18.2) says that new anonymous memory is often not backed by a unique page
 * right away, and private memory that is only read never is: all its pages borrow the one page
 * of zeros, since whoever writes gets a page of his own anyway.
 *
 * Shared memory cannot borrow. Its page belongs to all who map it: what one of them stores,
 * the others must load, also those who have looked at the page before it was written. So the first
 * touch already, be it a mere load, puts a page of its own into the file in memory (tmpfs) that
 * stands behind the area. A gibibyte of shared memory that is read costs a gibibyte.
 *
 *      private, read                      shared, read
 *
 *      +---+---+---+                      +---+---+---+
 *      |   |   |   |                      |   |   |   |
 *      +---+---+---+                      +---+---+---+
 *         \  |  /                           |   |   |
 *      [zero page]                         [4] [7] [5]      frames of the file in memory
 *
 * Look with: /proc/PID/pagemap bits 61 (of a file or shared) and 56, and smaps Rss.
 * Read on:   mmap(2) MAP_SHARED, MAP_ANONYMOUS, shmem in Documentation/filesystems/tmpfs.rst;
 *            document 001 "Lazy Allocation Explained"; document 004 section 18.2.
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("Shared memory gets real frames even for reads");

enum { PAGES = 32, WRITTEN = 21 };

CLAIM(a_read_brings_a_frame_of_its_own, "lazy-21",
      "Shared memory is as lazy as private memory, but one load gives each page a frame of its own",
      .needs = FRAME_IDENTITY)
{
	char *area = fresh_pages(PAGES, MAP_SHARED);

	assert_strip(observe_pages("fresh", area, PAGES), ".");
	load_each(area, PAGES);

	struct pages seen = observe_pages("read", area, PAGES);

	assert_strip(seen, "o");
	assert_equals(count_of_file(seen), PAGES, "pages that belong to a file in memory");
}

CLAIM(reads_make_it_grow, "lazy-21",
      "Reading shared memory makes the resident size grow by every page that was read",
      .needs = AREA_USAGE)
{
	char *area = fresh_pages(PAGES, MAP_SHARED);
	size_t length = PAGES * page_size();

	assert_equals(observe_usage("fresh", area, length).rss, 0, "resident before the reads");
	load_each(area, PAGES);
	assert_equals(observe_usage("read", area, length).rss, length, "resident after them");
}

CLAIM(each_page_has_another_frame, "lazy-21",
      "As many different frames stand behind shared memory as pages of it were read",
      .needs = FRAME_NUMBERS)
{
	char *area = fresh_pages(PAGES, MAP_SHARED);

	load_each(area, PAGES);
	assert_equals(count_distinct_frames(observe_pages("read", area, PAGES)), PAGES,
		      "different frames behind pages that were only read");
}

CLAIM(whoever_looked_before_sees_what_is_written, "lazy-21",
      "A page that two processes have read while it was zero is one page for both when one writes")
{
	char *area = fresh_pages(PAGES, MAP_SHARED);
	struct child other;

	load_each(area, PAGES);
	START_CHILD(other) {
		assert_all_bytes(area, PAGES * page_size(), 0, "what the child reads first");
		hand_over();
		assert_pattern(page(area, WRITTEN), page_size(), 1, "what the child reads then");
		write_pattern(area, page_size(), 2);
	}
	write_pattern(page(area, WRITTEN), page_size(), 1);
	end_child(&other);
	assert_pattern(area, page_size(), 2, "what the parent reads where the child wrote");
	assert_all_bytes(page(area, 1), (WRITTEN - 1) * page_size(), 0, "the pages in between");
	assert_all_bytes(page(area, WRITTEN + 1), (PAGES - WRITTEN - 1) * page_size(), 0,
			 "the pages behind");
}

CONTROL(private_memory_borrows_the_zero_page, "lazy-21",
	"Private memory that is read borrows the zero page, and no frame is spent on it",
	.needs = FRAME_IDENTITY | AREA_USAGE)
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE);

	load_each(area, PAGES);

	struct pages seen = observe_pages("read", area, PAGES);

	assert_strip(seen, "z");
	assert_equals(count_of_file(seen), 0, "pages that belong to a file in memory");
	assert_equals(observe_usage("read", area, PAGES * page_size()).rss, 0, "resident bytes");
}

CONTROL(private_memory_parts_when_it_is_written, "lazy-21",
	"What is written to private memory after a fork, the other process does not see")
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE);

	load_each(area, PAGES);
	IN_CHILD {
		write_pattern(area, page_size(), 2);
	}
	assert_all_bytes(area, PAGES * page_size(), 0, "what the parent reads afterwards");
}
