/* SPDX-License-Identifier: MIT */
/*
 * A mapped file reads like the file, byte for byte
 * ================================================
 *
 * "File contents can be accessed like memory", says document 004 (16.1). The smallest reading of
 * that sentence: whatever read(2) finds at an offset of the file is what a load finds at that
 * distance from the start of the mapping, page for page, in whatever order the pages are touched.
 * But memory comes in whole pages, and files end where they like: behind the last byte of the
 * file, where read(2) finds nothing any more, the rest of the last page is there for all that, and
 * holds zeros.
 *
 *      read(2)    | page 0 | page 1 | pag|           the file ends inside page 2
 *      mapping    | page 0 | page 1 | pag000|        memory does not
 *
 * Look with: pread(2), against every byte of the mapping.
 * Read on:   mmap(2), pread(2); documents 002, introduction, and 004 section 16.1.
 */
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("A mapped file reads like the file, byte for byte");

enum { PAGES = 4, MANY = 64, SEED = 5, LARGEST_PAGE = 64 * 1024 };

/* A file of so many bytes, at most PAGES pages. */
static int file_of(size_t length)
{
	int fd = scratch_file(PAGES, SEED);

	arrange(ftruncate(fd, (off_t)length) == 0);
	return fd;
}

/* The lengths that are worth a look: each side of the border of a page. */
static size_t length_number(size_t number)
{
	const size_t each[] = {1, page_size() - 1, page_size(), page_size() + 1,
			       3 * page_size() - 7};

	return each[number];
}

/* Piece by piece, none of which begins or ends on a page. */
static void assert_read_agrees(int fd, const char *area, size_t length)
{
	static char piece[LARGEST_PAGE];
	ssize_t got = 0;

	arrange(page_size() <= sizeof piece);
	for (size_t at = 0; at < length; at += (size_t)got) {
		got = pread(fd, piece, page_size() - 13, (off_t)at);
		assert_at_least(got, 1, "bytes that read(2) finds");
		assert_same_bytes(area + at, piece, (size_t)got, "the mapping, against read(2)");
	}
	assert_equals(pread(fd, piece, 1, (off_t)length), 0, "bytes that read(2) finds at the end");
}

CLAIM(each_byte_is_where_read_finds_it, "mapfile-01",
      "Each byte of a mapping is the one that read(2) finds at that offset, for any length")
{
	for (size_t i = 0; i < 5; i++) {
		size_t length = length_number(i);
		int fd = file_of(length);
		char *shared = fresh_mapping(PAGES, MAP_SHARED, fd);
		char *private = fresh_mapping(PAGES, MAP_PRIVATE, fd);

		assert_read_agrees(fd, shared, length);
		assert_read_agrees(fd, private, length);
		assert_pattern(shared, length, SEED, "the shared mapping");
		assert_pattern(private, length, SEED, "the private mapping");
	}
}

CLAIM(the_last_page_is_filled_with_zeros, "mapfile-01",
      "Behind the last byte of the file its last page holds zeros, however short the file is")
{
	for (size_t i = 0; i < 5; i++) {
		size_t length = length_number(i), rest = -length % page_size();
		int fd = file_of(length);

		assert_all_bytes(fresh_mapping(PAGES, MAP_SHARED, fd) + length, rest, 0,
				 "the rest of the last page, mapped shared");
		assert_all_bytes(fresh_mapping(PAGES, MAP_PRIVATE, fd) + length, rest, 0,
				 "the rest of the last page, mapped privately");
	}
}

CLAIM(the_order_of_touching_does_not_matter, "mapfile-01",
      "Each page shows the file's page of its number, in whatever order the pages are touched")
{
	static char expected[LARGEST_PAGE];
	int fd = scratch_file(MANY, SEED);
	char *backwards = fresh_mapping(MANY, MAP_SHARED, fd);
	char *jumping = fresh_mapping(MANY, MAP_PRIVATE, fd);

	arrange(page_size() <= sizeof expected);
	for (size_t i = 0; i < MANY; i++) {
		size_t last = MANY - 1 - i, next = i * 27 % MANY; /* each number once */

		pattern_bytes(expected, page_size(), SEED, last * page_size());
		assert_same_bytes(page(backwards, last), expected, page_size(), "backwards");
		pattern_bytes(expected, page_size(), SEED, next * page_size());
		assert_same_bytes(page(jumping, next), expected, page_size(), "to and fro");
	}
}

CONTROL(a_shift_is_noticed, "mapfile-01",
	"A byte or a page further on the mapping is another one than what read(2) finds")
{
	static char piece[LARGEST_PAGE];
	int fd = scratch_file(PAGES, SEED);
	char *area = fresh_mapping(PAGES, MAP_SHARED, fd);

	arrange(page_size() <= sizeof piece);
	for (size_t i = 0; i + 1 < PAGES; i++) {
		arrange(pread(fd, piece, page_size(), (off_t)(i * page_size())) ==
			(ssize_t)page_size());
		assert_equals(memcmp(page(area, i), piece, page_size()), 0,
			      "the page against itself");
		assert_differs(memcmp(page(area, i) + 1, piece, page_size()), 0,
			       "a byte further on");
		assert_differs(memcmp(page(area, i + 1), piece, page_size()), 0,
			       "a page further on");
	}
}
