/* SPDX-License-Identifier: MIT */
/*
 * Huge pages are promised from a pool, and attached at the first touch
 * ====================================================================
 *
 * Ordinary memory is promised without counting, since there is always another frame to be had in
 * some way. Huge pages (document 004, section 18.5) cannot be had in any way: the administrator
 * sets some aside (vm.nr_hugepages), and none of them is ever reclaimed or swapped. A promise that
 * cannot be kept would end in a signal. So here mmap counts: it reserves, and refuses what exceeds
 * the pool. But reserved is not attached, and in this huge pages are as lazy as any others.
 *
 *      pool of 4            mmap of 4             one byte touched
 *
 *      [ ][ ][ ][ ]         [r][r][r][r]          [X][r][r][r]       r reserved: free, but promised
 *      free 4, rsvd 0       free 4, rsvd 4        free 3, rsvd 3     X attached and zeroed
 *
 * MAP_NORESERVE brings the careless promise back, and shows what the reservation is for.
 *
 * Look with: /proc/meminfo HugePages_Free and HugePages_Rsvd, getrusage(2) ru_minflt.
 * Read on:   mmap(2) MAP_HUGETLB, Documentation/admin-guide/mm/hugetlbpage.rst; document 004
 *            section 18.5.
 */
#include <errno.h>
#include <sys/mman.h>

#include <touchstone/experiment.h>
#include <touchstone/huge_pool.h>

EXPERIMENT("Huge pages are promised from a pool, and attached at the first touch");

enum { POOL = 4 };

static char *huge_pages(size_t count, size_t size, int flags)
{
	return mmap(NULL, count * size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | flags,
		    -1, 0);
}

CLAIM(a_promise_is_counted, "lazy-25",
      "mmap reserves huge pages without taking them, and refuses one more than the pool has",
      .needs = HUGE_PAGE_POOL, .alone = "huge pages")
{
	size_t size = guard_huge_pool(POOL);

	assert_refused(huge_pages(POOL + 1, size, MAP_HUGETLB), ENOMEM);

	char *area = (char *)assert_accepted(huge_pages(POOL, size, MAP_HUGETLB));

	assert_equals(pool_figure("HugePages_Rsvd:"), POOL, "huge pages reserved by mmap");
	assert_equals(pool_figure("HugePages_Free:"), POOL, "huge pages free after mmap");
	assert_refused(huge_pages(1, size, MAP_HUGETLB), ENOMEM);
	assert_accepted(munmap(area, POOL * size));
	assert_equals(pool_figure("HugePages_Rsvd:"), 0, "huge pages reserved after munmap");
}

CLAIM(the_first_touch_attaches, "lazy-25",
      "A touch of one byte attaches one huge page, at the price of one fault, and it is all zero",
      .needs = HUGE_PAGE_POOL | FAULT_COUNTS, .alone = "huge pages")
{
	size_t size = guard_huge_pool(POOL);
	char *former = (char *)assert_accepted(huge_pages(POOL, size, MAP_HUGETLB));

	write_pattern(former, POOL * size, 1);
	assert_equals(pool_figure("HugePages_Free:"), 0, "huge pages free when all are in use");
	arrange(munmap(former, POOL * size) == 0);

	char *area = (char *)assert_accepted(huge_pages(POOL, size, MAP_HUGETLB));

	assert_equals(faults_of(store(area + size + size / 2, 0)).minor, 1,
		      "minor faults of the first touch");
	assert_equals(pool_figure("HugePages_Free:"), POOL - 1, "huge pages free after the touch");
	assert_equals(pool_figure("HugePages_Rsvd:"), POOL - 1, "huge pages still reserved");
	assert_equals(faults_of(store_each(area + size, size / page_size(), 0)).minor, 0,
		      "minor faults of the rest of that huge page");
	assert_all_bytes(area + size, size, 0, "the huge page, which held data before");
}

CLAIM(an_uncounted_promise_ends_in_a_signal, "lazy-25",
      "MAP_NORESERVE grants more than the pool has, and the touch that finds it empty gets SIGBUS",
      .needs = HUGE_PAGE_POOL, .alone = "huge pages")
{
	size_t size = guard_huge_pool(POOL);
	char *area =
		(char *)assert_accepted(huge_pages(POOL + 1, size, MAP_HUGETLB | MAP_NORESERVE));

	assert_equals(pool_figure("HugePages_Rsvd:"), 0, "huge pages reserved");
	for (int i = 0; i < POOL; i++) {
		assert_no_trap(try_store(area + i * size, 'x'));
	}
	assert_equals(pool_figure("HugePages_Free:"), 0, "huge pages free after four touches");
	assert_trap(try_store(area + POOL * size, 'x'), SIGBUS, BUS_ADRERR, area + POOL * size);
}

CONTROL(ordinary_memory_needs_no_pool, "lazy-25",
	"The same length of ordinary memory is granted and used, while the pool stays as it is",
	.needs = HUGE_PAGE_POOL, .alone = "huge pages")
{
	size_t size = guard_huge_pool(POOL);
	char *area = (char *)assert_accepted(huge_pages(POOL + 1, size, 0));

	for (int i = 0; i <= POOL; i++) {
		assert_no_trap(try_store(area + i * size, 'x'));
	}
	assert_equals(pool_figure("HugePages_Rsvd:"), 0, "huge pages reserved");
	assert_equals(pool_figure("HugePages_Free:"), POOL, "huge pages free");
}
