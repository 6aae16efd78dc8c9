/* SPDX-License-Identifier: MIT */
/*
 * Stretches that a transparent huge page fits.
 *
 * Units: bytes. Needs: HUGE_PAGES.
 */
#ifndef TOUCHSTONE_HUGE_PAGES_H
#define TOUCHSTONE_HUGE_PAGES_H

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <touchstone/memory.h>
#include <touchstone/outcome.h>

#ifndef MADV_COLLAPSE
#define MADV_COLLAPSE 25
#endif

enum { LARGEST_HUGE_PAGE = 32 * 1024 * 1024 };

/* The size of a huge page, undecided where it is too large to play with. */
static inline size_t huge_page_size(void)
{
	char text[32] = "";
	int fd = open("/sys/kernel/mm/transparent_hugepage/hpage_pmd_size", O_RDONLY | O_CLOEXEC);
	size_t size = fd >= 0 && read(fd, text, sizeof text - 1) > 0 ? strtoul(text, NULL, 10) : 0;

	if (size <= page_size() || size > LARGEST_HUGE_PAGE) {
		undecided("needs huge pages of at most %d MiB: a kernel with smaller base pages",
			  LARGEST_HUGE_PAGE >> 20);
	}
	return size;
}

/*
 * An untouched stretch as large as a huge page, and aligned to one, in an area of its own. Huge pages, which
 * the harness has forbidden, are allowed again in this process.
 */
static inline char *huge_stretch(void)
{
	size_t huge = huge_page_size();
	char *room = reserve(2 * huge / page_size());
	char *area = room + (huge - (uintptr_t)room % huge) % huge;

	arrange(mmap(area, huge, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED,
		     -1, 0) == area);
	arrange(prctl(PR_SET_THP_DISABLE, 0, 0, 0, 0) == 0);
	return area;
}

/*
 * MADV_COLLAPSE (madvise(2), Linux 6.1): all of the range, which begins and ends where huge pages do, is in huge
 * pages from here on; false, with errno, where it is not. The kernel itself may hold a page for a moment (EAGAIN):
 * so it is asked some times. Huge pages are allowed in this process from here on.
 */
static inline bool try_to_collapse(char *area, size_t length)
{
	enum { ATTEMPTS = 10 };
	bool done = false;

	arrange(prctl(PR_SET_THP_DISABLE, 0, 0, 0, 0) == 0);
	for (int i = 0; i < ATTEMPTS && !done; i++) {
		done = madvise(area, length, MADV_COLLAPSE) == 0;
	}
	return done;
}

/* The same; undecided where it does not come about. */
static inline void collapse(char *area, size_t length)
{
	if (!try_to_collapse(area, length)) {
		undecided("needs MADV_COLLAPSE, Linux 6.1 or later, and free huge pages: errno %d",
			  errno);
	}
}

#endif
