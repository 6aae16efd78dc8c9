/* SPDX-License-Identifier: MIT */
/*
 * A write ends the loan of the zero page, with a second fault
 * ===========================================================
 *
 * Whoever reads untouched memory is lent the kernel's one page of zeros, read-only. Document 001
 * has a page's first access bring it its memory; for a page that was read first it is the first
 * write that does so, and that is a fault of its own. The loan ends for the page that is
 * written and for no other: the page of zeros itself must never change, for everybody reads it.
 *
 *      read                     then page 1 written
 *
 *      +---+---+---+            +---+---+---+
 *      | 0 | 1 | 2 |            | 0 | 1 | 2 |
 *      +---+---+---+            +---+---+---+
 *        \   |   /               /   |   \
 *        [ zeros ]          [ zeros ] [9] [ zeros ]
 *
 * So a page that is read first and written later costs two faults instead of one. The new frame
 * begins as what the reader saw, zeros, and differs from it in the bytes that were written.
 *
 * Look with: getrusage(2) ru_minflt; /proc/PID/pagemap, /proc/kpageflags; /proc/PID/smaps.
 * Read on:   proc(5); documents 001 "Lazy Allocation Explained", 002 (demand-zero pages).
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("A write ends the loan of the zero page, with a second fault");

enum { PAGES = 256, WRITTEN = 5 };

CLAIM(a_write_after_a_read_faults_again, "lazy-05",
      "Writing to pages that were only read faults once more, and now each gets a frame of its own",
      .needs = FAULT_COUNTS | FRAME_IDENTITY | AREA_USAGE)
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE);

	load_each(area, PAGES);
	assert_strip(observe_pages("read", area, PAGES), "z");
	assert_equals(faults_of(store_each(area, PAGES, 'x')).minor, PAGES,
		      "minor faults of the writes after the reads");
	assert_strip(observe_pages("written", area, PAGES), "o");

	struct usage usage = observe_usage("smaps", area, PAGES * page_size());

	assert_equals(usage.rss, PAGES * page_size(), "bytes resident");
	assert_equals(usage.anonymous, PAGES * page_size(), "bytes anonymous");
	assert_equals(faults_of(store_each(area, PAGES, 'y')).minor, 0,
		      "minor faults of writing again");
}

CLAIM(a_write_is_seen_by_no_other_reader, "lazy-05",
      "A write to a page that was read before leaves zeros everywhere else, in all who read them")
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE), *other = fresh_pages(PAGES, MAP_PRIVATE);

	load_each(area, PAGES);
	load_each(other, PAGES);
	memset(page(area, WRITTEN), 0xff, page_size());
	assert_all_bytes(page(area, WRITTEN), page_size(), 0xff, "the page written");
	assert_all_bytes(other, PAGES * page_size(), 0, "another area");
	assert_all_bytes(area, WRITTEN * page_size(), 0, "the pages before the one written");
	assert_all_bytes(page(area, WRITTEN + 1), (PAGES - WRITTEN - 1) * page_size(), 0,
			 "the pages behind it");
	IN_CHILD {
		assert_all_bytes(other, PAGES * page_size(), 0, "what a child reads");
		assert_all_bytes(fresh_pages(1, MAP_PRIVATE), page_size(), 0,
				 "a new page of the child");
	}
}

CLAIM(a_partly_written_page_keeps_its_zeros, "lazy-05",
      "The frame that takes the zero page's place holds zeros but for the byte that was written")
{
	char *area = fresh_pages(1, MAP_PRIVATE);
	size_t at = page_size() / 2 + 3;

	load(area);
	store(area + at, 'x');
	assert_byte(area + at, 'x', "the byte written");
	assert_all_bytes(area, at, 0, "the bytes before it");
	assert_all_bytes(area + at + 1, page_size() - at - 1, 0, "the bytes behind it");
}

CONTROL(a_write_after_a_write_faults_no_more, "lazy-05",
	"The same writes to pages that were written before, not only read, take no fault at all",
	.needs = FAULT_COUNTS | FRAME_IDENTITY | AREA_USAGE)
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE);

	assert_equals(faults_of(store_each(area, PAGES, 'x')).minor, PAGES,
		      "minor faults of the writes without a read before");
	assert_strip(observe_pages("written", area, PAGES), "o");
	assert_equals(faults_of(store_each(area, PAGES, 'y')).minor, 0,
		      "minor faults of the writes after the writes");
	assert_strip(observe_pages("written again", area, PAGES), "o");
	assert_equals(observe_usage("smaps", area, PAGES * page_size()).anonymous,
		      PAGES * page_size(), "bytes anonymous");
}
