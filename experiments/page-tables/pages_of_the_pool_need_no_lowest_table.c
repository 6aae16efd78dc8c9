/* SPDX-License-Identifier: MIT */
/*
 * Pages of the pool need no lowest table
 * ======================================
 *
 * Huge pages that were set aside beforehand (hugetlbfs) are huge for as long as they live: nothing
 * ever splits them. So no table of small entries is made for them, nor kept aside, and document 004
 * (section 18.5) is right: they make the tables smaller. An entry of the level above holds the frame:
 *
 *      upper table   [ . | x | x | . ]
 *                          |   |
 *                   2 MiB [ ] [ ] 2 MiB       no lowest table
 *
 * In memory of the same length that is made of small pages there is one for each of them.
 *
 * Look with: /proc/PID/status, VmPTE.
 * Read on:   the kernel's hugetlbpage.rst; document 004 section 18.5.
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>
#include <touchstone/huge_pages.h>
#include <touchstone/huge_pool.h>
#include <touchstone/processors.h>

EXPERIMENT("Pages of the pool need no lowest table");

#ifndef MAP_HUGE_SHIFT
#define MAP_HUGE_SHIFT 26
#endif

enum { STRETCHES = 2 };

/* What one lowest table describes is what a huge page of the next level holds, however large that is. */
static size_t size_of_a_stretch(void)
{
	return huge_page_size_up_to(SIZE_MAX);
}

CLAIM(the_pool_needs_no_lowest_table, "ptable-15",
      "Pages of the pool cost no table but those of the upper levels",
      .needs = HUGE_PAGE_POOL | PROCESS_STATUS, .alone = "huge pages")
{
	size_t huge = size_of_a_stretch();
	int size_flag = __builtin_ctzl(huge) << MAP_HUGE_SHIFT;
	char *room = room_for_huge_pages(STRETCHES, huge);

	guard_huge_pool(STRETCHES);

	size_t before = status_bytes("VmPTE");

	if (mmap(room, STRETCHES * huge, PROT_READ | PROT_WRITE,
		 MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED | MAP_HUGETLB | size_flag, -1,
		 0) != room) {
		undecided("needs two huge pages in the pool: more free memory in one piece");
	}
	store(room, 'x');
	store(room + STRETCHES * huge - 1, 'x');
	assert_equals(status_bytes("VmPTE") - before, 0, "bytes of tables");
}

CONTROL(small_pages_in_the_same_room_need_tables, "ptable-15",
	"In the same room, a small page in place of each huge one costs lowest tables",
	.needs = PROCESS_STATUS)
{
	need_tables_as_large_as_pages();

	enum { SMALLEST_TABLE = 256 };
	size_t huge = size_of_a_stretch();
	char *room = room_for_huge_pages(STRETCHES, huge);
	size_t before = status_bytes("VmPTE");

	for (size_t i = 0; i < STRETCHES; i++) {
		arrange(mprotect(room + i * huge, page_size(), PROT_READ | PROT_WRITE) == 0);
		store(room + i * huge, 'x');
	}
	assert_at_least(status_bytes("VmPTE") - before, STRETCHES * SMALLEST_TABLE,
			"bytes of tables");
}
