/* SPDX-License-Identifier: MIT */
/*
 * munmap takes what it finds in a range
 * =====================================
 *
 * Document 002 speaks of the area that starts at the address which munmap(2) is given. In truth
 * munmap knows no areas, only a range of pages. It has to start on a page and be longer than
 * nothing. Whatever lies in it goes: parts of areas, several areas, whatever they hold.
 * Holes between them are no error, and neither is a range that is all hole.
 *
 *     page    0      1      2      3      4      5      6      7      8
 *         +------+------+      +------+------+      +------+------+------+
 *         | kept | anon |      | file | file |      | none |shared| kept |
 *         +------+------+      +------+------+      +------+------+------+
 *                |<----------------- one munmap ----------------->|
 *
 * Look with: the answer and errno; the bytes beside the range; /proc/self/maps.
 * Read on:   munmap(2); document 002 "User-Level Memory Mapping".
 */
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("munmap takes what it finds in a range");

enum { PAGES = 4 };

/* The kernel's own answer: no libc looks at the arguments first. */
static long raw_munmap(uintptr_t start, size_t length)
{
	return syscall(SYS_munmap, start, length);
}

CLAIM(a_crooked_range_is_refused, "munmap-04",
      "A start inside a page, no length at all, and a length past the last address give EINVAL")
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1);
	uintptr_t start = (uintptr_t)area;

	assert_refused(raw_munmap(start + 1, page_size()), EINVAL);
	assert_refused(raw_munmap(start + page_size() / 2, page_size()), EINVAL);
	assert_refused(raw_munmap(start + page_size() - 1, 2), EINVAL);
	assert_refused(raw_munmap(start, 0), EINVAL);
	assert_refused(raw_munmap(start, SIZE_MAX), EINVAL);
	assert_pattern(area, PAGES * page_size(), 1, "the area, after all those refusals");
}

CLAIM(unmapping_nothing_is_no_error, "munmap-04",
      "A range in which nothing is mapped is accepted, again and again")
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1);

	arrange(munmap(page(area, 1), 2 * page_size()) == 0);
	assert_equals(raw_munmap((uintptr_t)page(area, 1), 2 * page_size()), 0, "a hole, whole");
	assert_equals(raw_munmap((uintptr_t)page(area, 2), 1), 0, "a part of the hole");
	assert_equals(raw_munmap((uintptr_t)page(area, 1), page_size()), 0, "another part");
	assert_pattern(area, page_size(), 1, "the page below the hole");
	assert_no_trap(try_store(page(area, 3), 'x'));
}

CONTROL(a_straight_range_is_removed, "munmap-04",
	"Where the crooked ranges were refused, the straight one is accepted, and the page is gone")
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1);

	assert_equals(raw_munmap((uintptr_t)page(area, 1), page_size()), 0, "a mapped page");
	assert_trap(try_load(page(area, 1)), SIGSEGV, SEGV_MAPERR, page(area, 1));
}

CLAIM(what_no_process_can_have_is_refused, "munmap-31",
      "A range that reaches beyond the addresses a process can have is refused with EINVAL")
{
	char *top = (char *)(UINTPTR_MAX - page_size() + 1);

	assert_refused(munmap(top, page_size()), EINVAL);
	assert_refused(munmap(top, 1), EINVAL);
	assert_refused(munmap(top - page_size(), 2 * page_size() - 1), EINVAL);
}

CONTROL(a_range_that_a_process_can_have_is_removed, "munmap-31",
	"A range of the same length that a process has is removed")
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1);

	assert_accepted(munmap(area, 2 * page_size() - 1));
	assert_trap(try_load(area), SIGSEGV, SEGV_MAPERR, area);
	assert_no_trap(try_load(page(area, 2)));
}

/* The nine pages of the picture: yields the first; the ranges between are unmapped. */
static char *areas_and_holes(void)
{
	char *area = filled_pages(9, MAP_PRIVATE, 1);
	int fd = memfd_create("object", MFD_CLOEXEC), rw = PROT_READ | PROT_WRITE;
	size_t size = page_size();

	arrange(fd >= 0 && ftruncate(fd, (off_t)(2 * size)) == 0);
	arrange(munmap(page(area, 2), size) == 0 && munmap(page(area, 5), size) == 0);
	arrange(mmap(page(area, 3), 2 * size, rw, MAP_SHARED | MAP_FIXED, fd, 0) != MAP_FAILED);
	arrange(mprotect(page(area, 6), size, PROT_NONE) == 0);
	arrange(mmap(page(area, 7), size, rw, MAP_SHARED | MAP_ANONYMOUS | MAP_FIXED, -1, 0) !=
		MAP_FAILED);
	store_each(page(area, 3), 2, 'f');
	store(page(area, 7), 's');
	return area;
}

CLAIM(one_call_takes_areas_and_holes, "munmap-05",
      "One call removes parts of areas, whole areas of every kind, and the holes between them")
{
	static char last[64 * 1024];
	char *area = areas_and_holes();

	arrange(page_size() <= sizeof last);
	pattern_bytes(last, page_size(), 1, 8 * page_size());
	assert_accepted(munmap(page(area, 1), 7 * page_size()));
	for (size_t i = 1; i <= 7; i++) {
		char *end = page(area, i + 1) - 1;

		assert_trap(try_load(page(area, i)), SIGSEGV, SEGV_MAPERR, page(area, i));
		assert_trap(try_store(end, 'x'), SIGSEGV, SEGV_MAPERR, end);
	}
	assert_pattern(area, page_size(), 1, "the page below");
	assert_same_bytes(page(area, 8), last, page_size(), "the page above");
}

CLAIM(no_line_of_the_map_is_left, "munmap-05",
      "Of all those areas /proc/self/maps lists none afterwards, and both neighbours",
      .needs = AREA_LIST)
{
	char *area = areas_and_holes();

	assert_equals(count_areas(page(area, 1), 7 * page_size()), 4, "areas in the range before");
	assert_accepted(munmap(page(area, 1), 7 * page_size()));
	assert_equals(count_areas(page(area, 1), 7 * page_size()), 0, "areas in the range after");
	assert_equals(count_areas(area, 9 * page_size()), 2, "areas with their neighbours");
}

CONTROL(mprotect_minds_the_holes, "munmap-05",
	"mprotect over the same range fails with ENOMEM, for it has to find memory everywhere")
{
	char *area = areas_and_holes();

	assert_refused(mprotect(page(area, 1), 7 * page_size(), PROT_READ), ENOMEM);
	assert_no_trap(try_load(page(area, 7)));
	assert_byte(page(area, 7), 's', "a page behind the last hole");
}
