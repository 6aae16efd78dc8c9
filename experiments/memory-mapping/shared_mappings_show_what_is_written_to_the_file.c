/* SPDX-License-Identifier: MIT */
/*
 * A shared mapping shows what is written to the file
 * ==================================================
 *
 * A file that is mapped shared and the file that write(2) writes to are one: the kernel has each
 * page of it once, in the page cache, and mappings and system calls both work there. So
 * whatever is written shows in the mapping at once, in pages that have been read before and in
 * pages that have not. A private mapping shows the file only until it is written to: the
 * copy it has then hears no more of the file.
 *
 *          write(2)         load through MAP_SHARED        load through MAP_PRIVATE, written to
 *             |                        |                              |
 *             v                        v                              v
 *     +-------------------------------------------+            +-------------+
 *     |           a page of the file              |            |  the copy   |
 *     +-------------------------------------------+            +-------------+
 *
 * Look with: every byte of the mappings, after a write that begins and ends inside a page.
 * Read on:   mmap(2), write(2); documents 002 "Shared Objects Revisited", 004 section 16.
 */
#include <fcntl.h>
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("A shared mapping shows what is written to the file");

/* The fillings: what was there first, what is written to the file, and what to a copy. */
enum { OLD = 1, NEW, NEWER, COPY };

enum { PAGES = 4 };

/* Writes a piece as long as a page, from inside page 1 to inside page 2, and notes it. */
static void write_piece(int fd, char *expected, unsigned seed)
{
	size_t start = page_size() + page_size() / 3;

	pattern_bytes(expected + start, page_size(), seed, start);
	write_at(open_again(fd, O_WRONLY), expected + start, page_size(), start);
}

CLAIM(a_shared_mapping_shows_what_is_written_to_the_file, "map-10",
      "What write(2) puts into the file shows in a shared mapping, in touched pages and others")
{
	size_t length = PAGES * page_size();
	int fd = scratch_file(PAGES, OLD);
	char *expected = filled_pages(PAGES, MAP_PRIVATE, OLD);
	char *touched = fresh_mapping(PAGES, MAP_SHARED, fd);
	char *untouched = fresh_mapping(PAGES, MAP_SHARED, fd);

	assert_same_bytes(touched, expected, length, "the mapping at first");
	for (unsigned seed = NEW; seed <= NEWER; seed++) {
		write_piece(fd, expected, seed);
		assert_same_bytes(touched, expected, length, "a mapping that was read before");
		assert_same_bytes(untouched, expected, length, "one that was not");
	}
}

CONTROL(a_written_private_mapping_does_not, "map-10",
	"The same write shows nowhere in a private mapping whose pages have all been written to")
{
	size_t length = PAGES * page_size();
	int fd = scratch_file(PAGES, OLD);
	char *expected = filled_pages(PAGES, MAP_PRIVATE, OLD);
	char *private = fresh_mapping(PAGES, MAP_PRIVATE, fd);

	write_pattern(private, length, COPY);
	write_piece(fd, expected, NEW);
	assert_pattern(private, length, COPY, "the private mapping");
	assert_same_bytes(fresh_mapping(PAGES, MAP_SHARED, fd), expected, length,
			  "the file, mapped shared");
}
