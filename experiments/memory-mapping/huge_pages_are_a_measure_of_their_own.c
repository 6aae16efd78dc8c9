/* SPDX-License-Identifier: MIT */
/*
 * Huge pages are a measure of their own
 * =====================================
 *
 * A mapping of huge pages (MAP_HUGETLB) obeys the rules of any other, with another unit. mmap(2)
 * rounds the length up to whole huge pages; munmap(2) takes whole huge pages only, and does not round.
 * The size may be chosen in the flags, as a power of two; one that the machine does not have
 * is refused.
 *
 *      mmap(one byte)        |              a huge page               |
 *      munmap(a page of it)  EINVAL    munmap(all of it)    0
 *
 * Look with: errno; a walk over the memory.
 * Read on:   mmap(2) MAP_HUGETLB, Documentation/admin-guide/mm/hugetlbpage.rst.
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>
#include <touchstone/huge_pool.h>

EXPERIMENT("Huge pages are a measure of their own");

#ifndef MAP_HUGE_SHIFT
#define MAP_HUGE_SHIFT 26
#endif

enum { POOL = 2 };

static void *huge_pages(size_t length, int flags)
{
	return mmap(NULL, length, PROT_READ | PROT_WRITE,
		    MAP_PRIVATE | MAP_ANONYMOUS | MAP_HUGETLB | flags, -1, 0);
}

CLAIM(an_unknown_size_is_refused, "mmap-17",
      "A size of huge pages that the machine does not have is refused with EINVAL")
{
	const int twice_the_page = __builtin_ctzl(page_size()) + 1, half_of_all = 62;

	(void)pool_page_size();
	assert_refused(huge_pages(page_size(), twice_the_page << MAP_HUGE_SHIFT), EINVAL);
	assert_refused(huge_pages(page_size(), (int)((unsigned)half_of_all << MAP_HUGE_SHIFT)),
		       EINVAL);
}

CLAIM(a_length_is_rounded_up_to_huge_pages, "mmap-17 munmap-32",
      "mmap rounds up to huge pages, but munmap refuses a part of one with EINVAL",
      .needs = HUGE_PAGE_POOL, .alone = "huge pages")
{
	size_t size = guard_huge_pool(POOL);
	char *area = (char *)assert_accepted(huge_pages(1, 0));

	assert_equals((uintptr_t)area % size, 0, "the address, modulo the size of a huge page");
	write_pattern(area, size, 1);
	assert_refused(munmap(area, page_size()), EINVAL);
	assert_refused(munmap(area + page_size(), size - page_size()), EINVAL);
	assert_refused(munmap(area + page_size(), size - 2 * page_size()), EINVAL);
	assert_pattern(area, size, 1, "the huge page, after all those refusals");
	assert_accepted(munmap(area, size));
	assert_trap(try_load(area + size - 1), SIGSEGV, SEGV_MAPERR, area + size - 1);
}

CONTROL(ordinary_pages_need_no_such_care, "mmap-17 munmap-32",
	"Without the flag the same lengths are granted, and any page is unmapped alone")
{
	char *area = fresh_pages(3, MAP_PRIVATE);

	assert_accepted(munmap(page(area, 1), page_size()));
	assert_trap(try_load(page(area, 1)), SIGSEGV, SEGV_MAPERR, page(area, 1));
	assert_no_trap(try_store(area, 'x'));
	assert_no_trap(try_store(page(area, 2), 'x'));
}
