/* SPDX-License-Identifier: MIT */
/*
 * A cut takes pages from every mapping
 * ====================================
 *
 * "Consistency rules matter when multiple processes map the same file" (document 004, 16.5). This
 * one hurts most: ftruncate(2) by anybody reaches into the page tables of everybody. A page that
 * lies behind the new end is gone, however often it was touched before, in shared mappings and in
 * private ones. Even a private copy, which is no page of the file any more, is thrown away;
 * nothing else than its owner can do that to anonymous memory. When the file is made longer again,
 * zeros are there.
 *
 *                       page 0    page 1    page 2    page 3
 *      file             [f]       [f]       [f]       [f]
 *      written private  [c]       [c]       [c]       [c]
 *      cut to one page and a half
 *      file             [f]       [f0]       -         -         SIGBUS
 *      written private  [c]        ?         -         -         SIGBUS
 *
 * This is why a program that is running must not be overwritten in place, and why tools that map
 * files of strangers catch SIGBUS.
 *
 * Look with: loads and stores before and after; /proc/PID/pagemap.
 * Read on:   mmap(2), ftruncate(2); document 004 section 16.5.
 */
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("A cut takes pages from every mapping");

enum { PAGES = 4, KEPT = 2, IN_FILE = 5, COPY = 6 };

/* The new end: inside page 1. */
static size_t cut(void)
{
	return page_size() + page_size() / 2;
}

static char *touched(int fd, int sharing)
{
	char *area = fresh_mapping(PAGES, sharing, fd);

	assert_pattern(area, PAGES * page_size(), IN_FILE, "the mapping before the cut");
	return area;
}

static char *written(int fd)
{
	char *area = fresh_mapping(PAGES, MAP_PRIVATE, fd);

	write_pattern(area, PAGES * page_size(), COPY);
	return area;
}

/* Of these pages none is there, for a load or for a store, at either end, and the second time. */
static void assert_gone(char *area, size_t first)
{
	for (size_t i = 2 * first; i < 2 * PAGES; i++) {
		char *at = page(area, i / 2) + i % 2 * (page_size() - 1);

		assert_trap(try_load(at), SIGBUS, BUS_ADRERR, at);
		assert_trap(try_store(at, 1), SIGBUS, BUS_ADRERR, at);
		assert_trap(try_load(at), SIGBUS, BUS_ADRERR, at);
	}
}

CLAIM(pages_that_were_touched_are_gone, "mapfile-07",
      "Pages behind the cut give SIGBUS, though they were touched before, and the others stay")
{
	int fd = scratch_file(PAGES, IN_FILE);
	char *shared = touched(fd, MAP_SHARED), *private = touched(fd, MAP_PRIVATE);

	assert_accepted(ftruncate(fd, (off_t)cut()));
	assert_gone(shared, KEPT);
	assert_gone(private, KEPT);
	assert_pattern(shared, cut(), IN_FILE, "what is left of the shared mapping");
	assert_pattern(private, cut(), IN_FILE, "what is left of the private mapping");
	assert_all_bytes(shared + cut(), KEPT * page_size() - cut(), 0,
			 "the rest of the last page");
	assert_accepted(ftruncate(fd, 0));
	assert_gone(shared, 0);
	assert_gone(private, 0);
}

CLAIM(even_private_copies_are_gone, "mapfile-07",
      "Pages that were written privately give SIGBUS as well, and their bytes never come back")
{
	int fd = scratch_file(PAGES, IN_FILE);
	char *copies = written(fd);

	assert_accepted(ftruncate(fd, (off_t)cut()));
	assert_gone(copies, KEPT);
	assert_pattern(copies, page_size(), COPY, "the copy before the cut");
	assert_accepted(ftruncate(fd, (off_t)(PAGES * page_size())));
	assert_all_bytes(page(copies, KEPT), (PAGES - KEPT) * page_size(), 0,
			 "where the copies were, when the file is longer again");
	assert_pattern(copies, page_size(), COPY, "the copy before the cut");
}

CLAIM(other_processes_lose_them_too, "mapfile-07",
      "Pages that another process has mapped, touched and written are taken from it")
{
	int fd = scratch_file(PAGES, IN_FILE);
	struct child other;

	START_CHILD(other) {
		char *shared = touched(fd, MAP_SHARED), *copies = written(fd);

		hand_over();
		assert_gone(shared, KEPT);
		assert_gone(copies, KEPT);
		assert_pattern(shared, cut(), IN_FILE, "what is left to the other process");
	}
	assert_accepted(ftruncate(fd, (off_t)cut()));
	end_child(&other);
}

CLAIM(no_frame_is_left_behind_the_cut, "mapfile-07",
      "Behind the cut no page is present, in any of the mappings", .needs = PAGE_STATES)
{
	int fd = scratch_file(PAGES, IN_FILE);
	char *shared = touched(fd, MAP_SHARED), *copies = written(fd);

	load_each(shared, PAGES);
	assert_strip(observe_pages("shared, before", shared, PAGES), "p");
	assert_strip(observe_pages("written, before", copies, PAGES), "p");
	assert_accepted(ftruncate(fd, (off_t)cut()));
	assert_strip(observe_pages("shared", page(shared, KEPT), PAGES - KEPT), ".");
	assert_strip(observe_pages("written", page(copies, KEPT), PAGES - KEPT), ".");
}

CONTROL(a_length_that_cuts_nothing_takes_nothing, "mapfile-07",
	"The same call with the length that the file has, or a greater one, takes no page and no "
	"byte")
{
	int fd = scratch_file(PAGES, IN_FILE);
	char *shared = touched(fd, MAP_SHARED), *copies = written(fd);

	for (size_t more = 0; more < 2; more++) {
		arrange(ftruncate(fd, (off_t)(PAGES * page_size() + more)) == 0);
		assert_pattern(shared, PAGES * page_size(), IN_FILE, "the shared mapping");
		assert_pattern(copies, PAGES * page_size(), COPY, "the private copies");
		assert_no_trap(try_store(page(copies, PAGES) - 1, load(page(copies, PAGES) - 1)));
	}
}
