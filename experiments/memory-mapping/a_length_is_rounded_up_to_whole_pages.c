/* SPDX-License-Identifier: MIT */
/*
 * A length is rounded up to whole pages
 * =====================================
 *
 * Document 002 says that the part of the object that mmap(2) maps is length bytes long. So it says
 * in the call; but the processor translates and protects whole pages, and there is no mapping
 * of half a page. The length is rounded up, and the bytes behind it can be used as well.
 * Only a length of nothing is refused.
 *
 *      asked for   1 byte       a page       a page and a byte
 *
 *                  +--------+   +--------+   +--------+--------+
 *      usable      |        |   |        |   |        |        |
 *                  +--------+   +--------+   +--------+--------+
 *                           ^            ^                     ^ the first byte that traps
 *
 * Look with: a walk from the first byte upwards, until it is stopped. The mapping is laid into
 *            inaccessible pages; else the page behind it might belong to somebody else.
 * Read on:   mmap(2); document 002 "User-Level Memory Mapping".
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("A length is rounded up to whole pages");

/* A mapping of so many bytes of a file, or of none (-1), laid into inaccessible pages. */
static char *framed(size_t length, int fd)
{
	char *frame = reserve(3);
	int flags = MAP_PRIVATE | MAP_FIXED | (fd < 0 ? MAP_ANONYMOUS : 0);

	assert_address(mmap(frame, length, PROT_READ | PROT_WRITE, flags, fd, 0), frame,
		       "the mapping");
	return frame;
}

/* So many pages and no byte more can be accessed so. */
static void assert_usable(char *area, size_t count, enum access access, const char *what)
{
	char *beyond = page(area, count);

	assert_equals(bytes_until_trap(access, area, 3 * page_size(), 1), count * page_size(),
		      what);
	assert_trap(try_load(beyond), SIGSEGV, SEGV_ACCERR, beyond);
}

static void assert_rounded_up(size_t length, size_t count)
{
	char *area = framed(length, -1), *file = framed(length, scratch_file(3, 1));

	assert_usable(area, count, LOAD, "bytes that can be read");
	assert_all_bytes(area, count * page_size(), 0, "anonymous memory");
	assert_usable(area, count, STORE, "bytes that can be written");
	assert_usable(file, count, LOAD, "bytes of a file that can be read");
	assert_pattern(file, count * page_size(), 1, "the file");
	assert_usable(file, count, STORE, "bytes of a file that can be written");
}

CLAIM(a_part_of_a_page_is_a_page, "map-06",
      "A mapping of one byte, or of a page less one byte, has a whole page and no byte more")
{
	assert_rounded_up(1, 1);
	assert_rounded_up(page_size() - 1, 1);
	assert_rounded_up(page_size(), 1);
}

CLAIM(no_length_is_an_error, "map-06",
      "A mapping of no bytes is refused with EINVAL, and leaves what is at that address alone")
{
	char *area = framed(page_size(), -1);
	int fd = scratch_file(1, 1);

	write_pattern(area, page_size(), 1);
	assert_refused(mmap(NULL, 0, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), EINVAL);
	assert_refused(mmap(NULL, 0, PROT_READ, MAP_SHARED, fd, 0), EINVAL);
	assert_refused(mmap(area, 0, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0),
		       EINVAL);
	assert_pattern(area, page_size(), 1, "what was mapped there before");
}

CONTROL(a_byte_more_is_a_page_more, "map-06",
	"A mapping that is longer than a page by one byte has two pages")
{
	assert_rounded_up(page_size() + 1, 2);
	assert_rounded_up(2 * page_size(), 2);
}
