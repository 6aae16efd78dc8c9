/* SPDX-License-Identifier: MIT */
/*
 * A private file page is lent until it is written
 * ===============================================
 *
 * A private object "begins life in exactly the same way as a shared object", says document 002:
 * there is one copy in physical memory. That copy is the page cache's. Every process that maps
 * the file privately and only reads is lent the very same frame, and so is who maps it shared. The
 * first write takes a page out of the file's hands: from then on it is anonymous memory, with swap
 * behind it and no longer the file.
 *
 *      A reads, B reads                      A writes page 1
 *
 *      A   B   shared view                   A        B   shared view
 *       \  |  /                              |         \ /
 *       [page cache]                       [anonymous] [page cache]
 *      bit 61: 1 1                           bit 61: 0  1
 *
 * Look with: /proc/PID/pagemap bits 56 (mapped once) and 61 (a file's page); Anonymous in
 *            /proc/PID/smaps.
 * Read on:   mmap(2) MAP_PRIVATE, proc(5) smaps; documents 002 "Shared Objects Revisited", 004
 *            sections 16 and 18.1.
 */
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("A private file page is lent until it is written");

enum { PAGES = 8, WRITTEN = 3 };

/* Mapped and read throughout; into a place of its own, so that its area is nobody else's. */
static char *mapped_and_read(int fd, int sharing)
{
	char *area = fresh_mapping(PAGES, sharing, fd);

	assert_pattern(area, PAGES * page_size(), 1, "what the mapping reads");
	return area;
}

CLAIM(readers_of_a_private_object_share_its_frames, "cow-01",
      "Two processes that map a file privately and only read share the page cache's frames",
      .needs = FRAME_IDENTITY)
{
	int fd = memory_file(PAGES, 1);
	char *area = mapped_and_read(fd, MAP_PRIVATE);

	assert_strip(observe_pages("A alone", area, PAGES), "o");
	IN_CHILD {
		char *own = mapped_and_read(fd, MAP_PRIVATE);
		struct pages childs = observe_pages("B", own, PAGES);

		assert_same_frames(childs, observe_pages_of(parent_process(), "A", area, PAGES));
	}
	assert_strip(observe_pages("A alone again", area, PAGES), "o");

	char *view = mapped_and_read(fd, MAP_SHARED);

	assert_same_frames(observe_pages("A", area, PAGES), observe_pages("shared", view, PAGES));
}

CLAIM(a_written_page_is_anonymous, "cow-09",
      "A write turns that page from the file's into anonymous memory, and no other",
      .needs = PAGE_STATES)
{
	char *area = mapped_and_read(memory_file(PAGES, 1), MAP_PRIVATE);

	assert_equals(count_of_file(observe_pages("read", area, PAGES)), PAGES,
		      "file pages before the write");
	store(page(area, WRITTEN) + page_size() - 1, 'w');

	struct pages seen = observe_pages("written", area, PAGES);

	assert_strip(seen, "p");
	assert_equals(count_of_file(seen), PAGES - 1, "file pages after it");
	assert_equals(page_is_of_file(seen, WRITTEN), false, "whether the written one is");
}

CLAIM(smaps_counts_it_as_anonymous, "cow-09",
      "In smaps the written pages are Anonymous, and no others", .needs = AREA_USAGE)
{
	char *area = mapped_and_read(memory_file(PAGES, 1), MAP_PRIVATE);

	assert_equals(observe_usage("read", area, PAGES * page_size()).anonymous, 0,
		      "anonymous bytes before the write");
	store_each(page(area, WRITTEN), 2, 'w');

	struct usage written = observe_usage("written", area, PAGES * page_size());

	assert_equals(written.anonymous, 2 * page_size(), "anonymous bytes after two pages");
	assert_equals(written.rss, PAGES * page_size(), "resident bytes");
}

CONTROL(a_writer_has_left, "cow-01",
	"When A writes a page, A and B are both alone: A with its copy, B with the old bytes",
	.needs = FRAME_IDENTITY)
{
	int fd = memory_file(PAGES, 1);
	char *area = mapped_and_read(fd, MAP_PRIVATE);

	IN_CHILD {
		char *own = mapped_and_read(fd, MAP_PRIVATE);

		store(page(own, WRITTEN), 'w');

		struct pages writers = observe_pages("writer", own, PAGES);
		struct pages readers = observe_pages_of(parent_process(), "reader", area, PAGES);

		assert_frames_differ_only_at(writers, readers, WRITTEN);
		assert_frames_differ_only_at(readers, writers, WRITTEN);
		assert_equals(count_of_file(readers), PAGES, "file pages of the reader");
	}
	assert_pattern(area, PAGES * page_size(), 1, "what the reader reads");
}

CONTROL(a_shared_page_stays_the_files, "cow-09",
	"The same writes through MAP_SHARED leave every page the file's",
	.needs = PAGE_STATES | AREA_USAGE)
{
	char *area = mapped_and_read(memory_file(PAGES, 1), MAP_SHARED);

	store_each(area, PAGES, 'w');
	assert_equals(count_of_file(observe_pages("written", area, PAGES)), PAGES, "file pages");
	assert_equals(observe_usage("written", area, PAGES * page_size()).anonymous, 0,
		      "anonymous bytes");
}
