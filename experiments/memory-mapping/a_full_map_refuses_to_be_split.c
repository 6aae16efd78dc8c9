/* SPDX-License-Identifier: MIT */
/*
 * A full map refuses to be split
 * ==============================
 *
 * To unmap sounds like something that can always be done. But munmap(2) in the middle of an area makes
 * two of one, and the number of areas a process may have is limited (vm.max_map_count, usually
 * 65530). Where it is reached, a hole is refused with ENOMEM, however much memory is free; so a
 * program that is out of areas cannot even get rid of some pages. What makes no new area is always
 * granted: an area may go altogether, or lose pages at an end. After that there is room for a hole.
 *
 *      areas left    0                    0                  1                  0
 *                    |  area  |  area  |  |  area  |  area | |  area  |         |  ar  ea  |
 *      munmap        the middle: ENOMEM   the end: 0         all of one: 0      the middle: 0
 *
 * Look with: errno, and every byte of what was to become a hole.
 * Read on:   mmap(2) ENOMEM, proc(5) "max_map_count".
 */
#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("A full map refuses to be split");

enum { PAGES = 5, AFFORDABLE = 70000 };

/* How many areas a process may have. */
static size_t most_areas(void)
{
	char text[32] = {0};
	int fd = open("/proc/sys/vm/max_map_count", O_RDONLY | O_CLOEXEC);
	unsigned long most = 0;

	if (fd < 0 || read(fd, text, sizeof text - 1) <= 0 || sscanf(text, "%lu", &most) != 1 ||
	    most > AFFORDABLE) {
		undecided("needs vm.max_map_count of at most %d, and /proc", AFFORDABLE);
	}
	arrange(close(fd) == 0);
	return most;
}

/* In a child: uses up its areas, by making every second page of a long one readable. */
static char *use_up_areas(void)
{
	size_t most = most_areas();
	char *area = mmap(NULL, (most + 2) * page_size(), PROT_NONE,
			  MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	arrange(area != MAP_FAILED);
	for (size_t i = 1; i < most; i += 2) {
		if (mprotect(page(area, i), page_size(), PROT_READ) != 0) {
			arrange(errno == ENOMEM);
			/* Room for two more there was not, but for one there may be: its last page. */
			(void)mprotect(page(area, most + 1), page_size(), PROT_READ);
			return area;
		}
	}
	return area;
}

CLAIM(a_hole_is_refused, "munmap-30",
      "Where the number of areas is reached, a hole is refused with ENOMEM, and no byte is lost")
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1);

	IN_CHILD {
		(void)use_up_areas();
		assert_refused(munmap(page(area, 1), page_size()), ENOMEM);
		assert_refused(munmap(page(area, 1), (PAGES - 2) * page_size()), ENOMEM);
		assert_pattern(area, PAGES * page_size(), 1, "what was to become a hole");
		write_pattern(area, PAGES * page_size(), 2);
	}
}

CLAIM(ends_and_whole_areas_can_go, "munmap-30",
      "An area may lose pages at its ends, or go; and for each that has gone, a hole is granted")
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE);

	IN_CHILD {
		char *used_up = use_up_areas(), *middle = page(area, 2);

		write_pattern(middle, page_size(), 2);
		assert_accepted(munmap(area, page_size()));
		assert_accepted(munmap(page(area, PAGES - 1), page_size()));
		assert_refused(munmap(middle, page_size()), ENOMEM);
		assert_pattern(middle, page_size(), 2, "the page between");
		assert_accepted(munmap(page(used_up, 1), page_size())); /* all of an area */
		assert_accepted(munmap(middle, page_size()));
		assert_trap(try_load(middle), SIGSEGV, SEGV_MAPERR, middle);
		assert_no_trap(try_store(page(middle, 1), 'x'));
		assert_no_trap(try_store(middle - 1, 'x'));
	}
}

CONTROL(with_areas_left_a_hole_is_granted, "munmap-30",
	"A process that has areas left gets the same hole")
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1);

	assert_accepted(munmap(page(area, 1), (PAGES - 2) * page_size()));
	assert_trap(try_load(page(area, 1)), SIGSEGV, SEGV_MAPERR, page(area, 1));
	assert_pattern(area, page_size(), 1, "the page below the hole");
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
