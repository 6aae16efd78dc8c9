/* SPDX-License-Identifier: MIT */
/*
 * Stretches that a transparent huge page fits, and making it one.
 *
 * Units: bytes. Needs: HUGE_PAGES.
 */
#ifndef TOUCHSTONE_HUGE_PAGES_H
#define TOUCHSTONE_HUGE_PAGES_H

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>

#include <touchstone/machine.h>
#include <touchstone/memory.h>
#include <touchstone/outcome.h>
#include <touchstone/residency.h>

#ifndef MADV_COLLAPSE
#define MADV_COLLAPSE 25
#endif

enum { LARGEST_HUGE_PAGE = 32 * 1024 * 1024 };

/* The size of a huge page; undecided where the kernel has none, or it is larger than that. */
static inline size_t huge_page_size_up_to(size_t largest)
{
	long long told = setting_number("/sys/kernel/mm/transparent_hugepage/hpage_pmd_size");
	size_t size = told > 0 ? (size_t)told : 0;

	if (size <= page_size()) {
		undecided("needs a kernel that tells hpage_pmd_size: one with transparent huge "
			  "pages");
	}
	if (size > largest) {
		undecided("needs huge pages of at most %zu MiB: a kernel with smaller base pages",
			  largest >> 20);
	}
	return size;
}

/* The same, for who plays with some of them. */
static inline size_t huge_page_size(void)
{
	return huge_page_size_up_to(LARGEST_HUGE_PAGE);
}

/* The first place for a huge page of that size in this room. */
static inline char *first_huge_page(char *room, size_t huge)
{
	return room + (huge - (uintptr_t)room % huge) % huge;
}

/*
 * Room for so many huge pages, PROT_NONE. In the stretches before and behind it a page is touched already, so
 * that only the lowest tables are still missing. For claims that count VmPTE.
 */
static inline char *room_for_huge_pages(size_t count, size_t huge)
{
	char *area = first_huge_page(reserve((count + 3) * huge / page_size()), huge);

	for (size_t i = 0; i <= count + 1; i += count + 1) {
		arrange(mprotect(area + i * huge, page_size(), PROT_READ | PROT_WRITE) == 0);
		store(area + i * huge, 'x');
	}
	(void)status_bytes("VmPTE"); /* the first look takes memory itself */
	return area + huge;
}

/*
 * An untouched stretch as large as a huge page, and aligned to one, in an area of its own. Huge pages, which
 * the harness has forbidden, are allowed again in this process.
 */
static inline char *huge_stretch(void)
{
	size_t huge = huge_page_size();
	char *area = first_huge_page(reserve(2 * huge / page_size()), huge);

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
