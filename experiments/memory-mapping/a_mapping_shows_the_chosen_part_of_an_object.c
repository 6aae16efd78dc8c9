/* SPDX-License-Identifier: MIT */
/*
 * A mapping shows the chosen part of an object
 * ============================================
 *
 * mmap(2) is given an object, an offset into it and a length, all in bytes, and returns the
 * address where that part of the object can be read from then on. Documents 002 and 003 leave one
 * thing unsaid or half said: the unit is the page, and an offset that is no multiple of it is
 * refused. The same part may be mapped any number of times, and parts may overlap: all of them are
 * windows onto one object, not copies of it.
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

EXPERIMENT("A mapping shows the chosen part of an object");

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
	static char content[PAGES * LARGEST_PAGE];

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
#if defined(SYS_mmap) && !defined(SYS_mmap2) && !defined(__s390__) /* raw: the libc looks, too */
	int fd = scratch_file(PAGES, 1);
	size_t crooked[] = {1, 100, page_size() / 2, page_size() - 1, page_size() + 1};

	for (size_t i = 0; i < 5; i++) {
		assert_refused(syscall(SYS_mmap, NULL, page_size(), PROT_READ, MAP_PRIVATE, fd,
				       crooked[i]),
			       EINVAL);
	}
	assert_window((char *)syscall(SYS_mmap, NULL, page_size(), PROT_READ, MAP_PRIVATE, fd,
				      page_size()),
		      fd, 1, 1);
#else
	undecided("needs a system call mmap that takes its offset in bytes, and as an argument");
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
      "Behind a page that two windows show there is one frame", .needs = FRAME_IDENTITY)
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
	char *original = window(scratch_file(PAGES, 1), MAP_SHARED, 4, 2);

	write_pattern(one, 3 * page_size(), 10);
	assert_same_bytes(page(two, 2), original, 2 * page_size(), "pages beyond the first window");
	assert_same_bytes(two, page(one, 1), 2 * page_size(), "pages that both windows show");
}
