/* SPDX-License-Identifier: MIT */
/*
 * A mapping shows the chosen part of an object, in whole pages
 * ============================================================
 *
 * mmap(2) is given an object, an offset into it and a length, all in bytes, and returns the
 * address where that part of the object can be read from then on. Documents 002 and 003 leave one
 * thing unsaid or half said: the unit is the page. The offset has to be a multiple of it, and a
 * crooked one is refused; the length is rounded up to one, so that a mapping of one byte has
 * a whole page. No length at all is an error. The same part may be mapped any number of times, and
 * parts may overlap: all of them are windows onto one object, not copies of it.
 *
 *     object   | page 0 | page 1 | page 2 | page 3 | page 4 | page 5 | page 6 | page 7 |
 *                       +--------------------------+
 *     window 1          | offset 1, three pages    |   <- a store here
 *                       +--------------------------+
 *                                +-----------------------------------+
 *     window 2                   | offset 2, four pages              |   <- is read here
 *                                +-----------------------------------+
 *
 * Look with: the bytes of either window, against those that read(2) finds in the object.
 * Read on:   mmap(2); documents 002 "User-Level Memory Mapping", 003 on alignment.
 */
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("A mapping shows the chosen part of an object, in whole pages");

enum { PAGES = 8, LARGEST_PAGE = 64 * 1024 };

static char *window(int fd, int sharing, size_t first, size_t count)
{
	char *area = mmap(NULL, count * page_size(), PROT_READ | PROT_WRITE, sharing, fd,
			  (off_t)(first * page_size()));

	arrange(area != MAP_FAILED);
	return area;
}

/* Every byte of these pages of the object, as read(2) sees them. */
static void assert_window(const char *seen, int fd, size_t first, size_t count)
{
	char content[PAGES * LARGEST_PAGE];

	arrange(page_size() <= LARGEST_PAGE);
	read_at(fd, content, count * page_size(), first * page_size());
	assert_same_bytes(seen, content, count * page_size(), "the window, against read(2)");
}

CLAIM(a_mapping_shows_its_part_of_the_object, "map-01",
      "Every part of an object can be mapped, and each byte of it is where it belongs")
{
	int fd = scratch_file(PAGES, 1);

	for (size_t first = 0; first < PAGES; first++) {
		size_t count = first < 5 ? 3 : PAGES - first;

		assert_window(window(fd, MAP_SHARED, first, count), fd, first, count);
		assert_window(window(fd, MAP_PRIVATE, first, count), fd, first, count);
	}
}

CONTROL(another_part_looks_otherwise, "map-01",
	"The window one page further on differs from this one in every page")
{
	int fd = scratch_file(PAGES, 1);
	char *here = window(fd, MAP_SHARED, 2, 3), *further = window(fd, MAP_SHARED, 3, 3);

	for (size_t i = 0; i < 3; i++) {
		assert_differs(memcmp(page(here, i), page(further, i), page_size()), 0,
			       "the comparison of a page with its neighbour");
	}
	assert_same_bytes(page(here, 1), further, 2 * page_size(), "pages that both windows show");
}

CLAIM(a_crooked_offset_is_refused, "map-07",
      "The kernel refuses an offset inside a page with EINVAL, whichever byte it is")
{
#ifdef SYS_mmap
	int fd = scratch_file(PAGES, 1);
	size_t crooked[] = {1, 100, page_size() / 2, page_size() - 1, page_size() + 1};

	/* The raw call, for the libc looks at the offset, too. */
	for (size_t i = 0; i < 5; i++) {
		assert_refused(syscall(SYS_mmap, NULL, page_size(), PROT_READ, MAP_PRIVATE, fd,
				       crooked[i]),
			       EINVAL);
	}
	assert_window((char *)syscall(SYS_mmap, NULL, page_size(), PROT_READ, MAP_PRIVATE, fd,
				      page_size()),
		      fd, 1, 1);
#else
	undecided("needs the system call mmap: mmap2 counts its offset in pages");
#endif
}

CONTROL(read_minds_no_offset, "map-07",
	"The object itself can be read at each of those offsets: only mappings are bound to pages")
{
	int fd = scratch_file(PAGES, 1);
	size_t crooked[] = {1, 100, page_size() / 2, page_size() - 1, page_size() + 1};
	char *all = window(fd, MAP_SHARED, 0, PAGES), part[64];

	for (size_t i = 0; i < 5; i++) {
		assert_equals(pread(fd, part, sizeof part, (off_t)crooked[i]), sizeof part,
			      "bytes read there");
		assert_same_bytes(part, all + crooked[i], sizeof part, "what was read");
	}
}

/* A mapping of so many bytes, laid into inaccessible pages, so that its end shows. */
static char *framed(size_t length)
{
	char *frame = reserve(3);

	assert_address(mmap(frame, length, PROT_READ | PROT_WRITE,
			    MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0),
		       frame, "the mapping");
	return frame;
}

/* So many pages and no byte more can be read and written. */
static void assert_usable(char *area, size_t count)
{
	size_t usable = count * page_size(), all = 3 * page_size();
	char *beyond = area + usable;

	assert_equals(bytes_until_trap(LOAD, area, all, 1), usable, "bytes that can be read");
	assert_all_bytes(area, usable, 0, "those bytes");
	assert_equals(bytes_until_trap(STORE, area, all, 1), usable, "bytes that can be written");
	assert_trap(try_load(beyond), SIGSEGV, SEGV_ACCERR, beyond);
}

CLAIM(a_length_is_rounded_up, "map-06",
      "A mapping of one byte has a whole page, and no byte more")
{
	assert_usable(framed(1), 1);
	assert_usable(framed(page_size() - 1), 1);
	assert_usable(framed(page_size()), 1);
}

CLAIM(no_length_is_an_error, "map-06",
      "A mapping of no bytes is refused with EINVAL, and leaves what is at that address alone")
{
	char *area = framed(page_size());
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
	assert_usable(framed(page_size() + 1), 2);
	assert_usable(framed(2 * page_size()), 2);
}

CLAIM(all_windows_show_one_object, "map-12",
      "A store through either of two overlapping windows shows in the other, and in the object")
{
	int fd = scratch_file(PAGES, 1);
	char *one = window(fd, MAP_SHARED, 1, 3), *two = window(fd, MAP_SHARED, 2, 4);

	for (size_t i = 0; i < 2; i++) {
		write_pattern(page(one, 1 + i), page_size(), (unsigned)(10 + i));
		assert_pattern(page(two, i), page_size(), (unsigned)(10 + i), "stored through one");
		write_pattern(page(two, i), page_size(), (unsigned)(20 + i));
		assert_pattern(page(one, 1 + i), page_size(), (unsigned)(20 + i), "through two");
	}
	assert_window(one, fd, 1, 3);
	assert_window(two, fd, 2, 4);
}

CLAIM(all_windows_show_one_frame, "map-12",
      "Behind a page that two windows show there is one frame",
      .needs = FRAME_IDENTITY)
{
	int fd = scratch_file(PAGES, 1);
	char *one = window(fd, MAP_SHARED, 1, 3), *two = window(fd, MAP_SHARED, 2, 4);

	load_each(one, 3);
	load_each(two, 4);
	assert_same_frames(observe_pages("window 1", page(one, 1), 2),
			   observe_pages("window 2", two, 2));
}

CONTROL(other_pages_of_the_object_stay_as_they_are, "map-12",
	"A store through one window does not show in the pages that only the other one shows")
{
	int fd = scratch_file(PAGES, 1);
	char *one = window(fd, MAP_SHARED, 1, 3), *two = window(fd, MAP_SHARED, 2, 4);
	char original[2 * LARGEST_PAGE];

	arrange(2 * page_size() <= sizeof original);
	memcpy(original, page(two, 2), 2 * page_size());
	write_pattern(one, 3 * page_size(), 10);
	assert_same_bytes(page(two, 2), original, 2 * page_size(), "pages beyond the first window");
	assert_differs(load(two), load(original), "the first byte of the window");
}
