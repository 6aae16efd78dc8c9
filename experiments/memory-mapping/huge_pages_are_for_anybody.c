/* SPDX-License-Identifier: MIT */
/*
 * Huge pages are for anybody
 * ==========================
 *
 * The manual of mmap(2) says that MAP_HUGETLB is refused with EPERM to those who lack a privilege
 * (CAP_IPC_LOCK) and a certain group. It is not so: anybody gets huge pages from the pool, and where
 * the pool is empty everybody gets ENOMEM. The privilege that is meant is asked for elsewhere, by
 * shmget(2) with SHM_HUGETLB.
 *
 *                       who has privileges    who has none
 *      in the pool      granted               granted
 *      none left        ENOMEM                ENOMEM
 *
 * Look with: errno of a child that has given up all its privileges.
 * Read on:   mmap(2) MAP_HUGETLB, EPERM; Documentation/admin-guide/mm/hugetlbpage.rst.
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>
#include <touchstone/huge_pool.h>

EXPERIMENT("Huge pages are for anybody");

enum { POOL = 2 };

static void *huge_pages(size_t length)
{
	return mmap(NULL, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_HUGETLB,
		    -1, 0);
}

/* A mapping that an empty pool has to refuse. What is granted is in the pool for us to see. */
static void *huge_pages_of_nobody(size_t length)
{
	void *area = huge_pages(length);
	int error = errno;

	if (area != MAP_FAILED && pool_figure("HugePages_Total:") != 0) {
		undecided("needs an empty pool: vm.nr_hugepages and nr_overcommit_hugepages of 0");
	}
	errno = error;
	return area;
}

CLAIM(an_empty_pool_is_told_to_anybody, "mmap-16",
      "Where there are no huge pages, who has no privileges is refused with ENOMEM, not EPERM",
      .alone = "huge pages")
{
	size_t size = pool_page_size();

	assert_refused(huge_pages_of_nobody(size), ENOMEM);
	IN_CHILD {
		become_an_ordinary_user();
		assert_refused(huge_pages_of_nobody(size), ENOMEM);
		assert_refused(huge_pages_of_nobody(1), ENOMEM);
	}
}

CLAIM(huge_pages_need_no_privilege, "mmap-16",
      "Where there is a pool, who has no privileges may map from it, and use what was mapped",
      .needs = HUGE_PAGE_POOL, .alone = "huge pages")
{
	size_t size = guard_huge_pool(POOL);

	IN_CHILD {
		become_an_ordinary_user();

		char *area = (char *)assert_accepted(huge_pages(size));

		assert_all_bytes(area, size, 0, "the huge page");
		write_pattern(area, size, 1);
		assert_pattern(area, size, 1, "what was written");
	}
}

CONTROL(ordinary_pages_need_no_pool, "mmap-16",
	"Without the flag as much memory is granted to who has no privileges, pool or none")
{
	size_t size = pool_page_size();

	IN_CHILD {
		become_an_ordinary_user();

		char *area = (char *)assert_accepted(mmap(NULL, size, PROT_READ | PROT_WRITE,
							  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));

		store(area, 'f');
		store(area + size - 1, 'l');
	}
}
