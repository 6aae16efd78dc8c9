/* SPDX-License-Identifier: MIT */
/*
 * Reading untouched memory borrows the zero page, writing gets a frame
 * ====================================================================
 *
 * Documents 001 and 002 say that any access, be it a read or a write, makes the kernel find a free
 * page of physical memory. In truth only a write does. Whoever reads a page that was never written
 * can see nothing but zeros, and for that one page of zeros is enough for the whole machine. The
 * kernel keeps such a page and lends it, read-only, to every reader:
 *
 *      never touched        read                     page 1 written instead
 *
 *      +---+---+---+        +---+---+---+            +---+---+---+
 *      | 0 | 1 | 2 |        | 0 | 1 | 2 |            | 0 | 1 | 2 |
 *      +---+---+---+        +---+---+---+            +---+---+---+
 *                             \   |   /                    |
 *      (nothing)              [ zeros ]                   [ 9 ]
 *
 * So a table that is mostly zero and only ever read costs no memory at all.
 *
 * Look with: getrusage(2); /proc/PID/pagemap, bit 56; /proc/kpageflags, ZERO_PAGE; /proc/PID/smaps,
 * whose "Rss" leaves the zero page out.
 * Read on:   proc(5); documents 001 "Lazy Allocation Explained", 002 (demand-zero pages).
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("Reading untouched memory borrows the zero page, writing gets a frame");

enum { PAGES = 256, WRITTEN = 5 };

static void assert_anonymous(const char *area, size_t count, size_t pages)
{
	struct usage usage = observe_usage("smaps", area, count * page_size());

	assert_equals(usage.rss, pages * page_size(), "bytes resident");
	assert_equals(usage.anonymous, pages * page_size(), "bytes anonymous");
}

CLAIM(unwritten_memory_reads_as_zeros, "lazy-04",
      "Memory that nobody has written reads as zeros in every byte, whatever is written beside it")
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE);

	assert_all_bytes(area, PAGES * page_size(), 0, "untouched memory");
	memset(page(area, WRITTEN), 0xff, page_size());
	assert_all_bytes(area, WRITTEN * page_size(), 0, "the pages before the one written");
	assert_all_bytes(page(area, WRITTEN), page_size(), 0xff, "the page written");
	assert_all_bytes(page(area, WRITTEN + 1), (PAGES - WRITTEN - 1) * page_size(), 0,
			 "the pages behind it");
}

CLAIM(a_read_gets_the_zero_page, "lazy-04",
      "The first read of a page faults once and makes it present, but no memory becomes resident",
      .needs = FAULT_COUNTS | FRAME_IDENTITY | AREA_USAGE)
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE);
	struct faults spent = faults_of(load_each(area, PAGES));
	struct pages seen = observe_pages("read", area, PAGES);

	assert_equals(spent.minor, PAGES, "minor faults of the reads");
	assert_equals(spent.major, 0, "major faults of the reads");
	assert_strip(seen, "z");
	assert_equals(count_of_file(seen), 0, "pages marked as a file's");
	assert_anonymous(area, PAGES, 0);
	assert_equals(faults_of(load_each(area, PAGES)).minor, 0, "minor faults of reading again");
}

CLAIM(readers_share_the_frame, "lazy-04",
      "The frames behind pages that were only read are few, and the same for every area",
      .needs = FRAME_NUMBERS)
{
	char *one = fresh_pages(PAGES, MAP_PRIVATE), *other = fresh_pages(PAGES, MAP_PRIVATE);

	load_each(one, PAGES);
	load_each(other, PAGES);

	size_t distinct = count_distinct_frames(observe_pages("one area", one, PAGES));
	uint64_t frame = page_frame(observe_pages("other area", other, PAGES), 0);
	struct pages seen = observe_pages("one area again", one, PAGES);
	size_t found = 0;

	for (size_t i = 0; i < PAGES; i++) {
		found += page_frame(seen, i) == frame;
	}
	assert_strip(seen, "z");
	assert_at_least(distinct, 1, "distinct frames");
	assert_at_most(distinct, PAGES / 2, "distinct frames"); /* s390x has 128 zero pages */
	assert_at_least(found, 1, "pages of one area on the frame of the other's first page");
}

CONTROL(a_first_write_gets_a_frame_at_once, "lazy-04",
	"The same pages, written without having been read, get frames with one fault each",
	.needs = FAULT_COUNTS | FRAME_IDENTITY | AREA_USAGE)
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE);

	assert_equals(faults_of(store_each(area, PAGES, 'x')).minor, PAGES,
		      "minor faults of the writes");
	assert_strip(observe_pages("written", area, PAGES), "o");
	assert_anonymous(area, PAGES, PAGES);
}

CONTROL(writers_share_no_frame, "lazy-04",
	"The frames behind pages that were written are as many as the pages",
	.needs = FRAME_NUMBERS)
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE);

	store_each(area, PAGES, 'x');
	assert_equals(count_distinct_frames(observe_pages("written", area, PAGES)), PAGES,
		      "distinct frames");
}
