/* SPDX-License-Identifier: MIT */
/*
 * Sparse memory needs sparse tables
 * =================================
 *
 * A flat page table would have an entry for every page of the address space, used or not: 8 GiB of
 * entries for 4 TiB. Document 004 (sections 8.2 and 8.3) says why tables are trees instead: only the
 * branches that lead to a page in use are there. Whoever touches four pages a tebibyte apart pays
 * for four branches, each with one table of every level below the top:
 *
 *      top                [ . 1 . 2 . 3 . 4 . . . . . . ]       one, always there
 *                           /    |    |    \
 *      third level        [x]   [x]  [x]   [x]                  512 GiB each
 *      second level       [x]   [x]  [x]   [x]                    1 GiB each
 *      lowest level       [x]   [x]  [x]   [x]                    2 MiB each
 *                          |     |    |     |
 *      pages               o     o    o     o
 *
 * That is a table for each page and level: a spread that a sparse program pays dearly for, page by
 * page, and that dense memory shares among its neighbours.
 *
 * Look with: /proc/PID/status, VmPTE. The exact number of tables is told for x86-64 alone.
 * Read on:   the kernel's page_tables.rst; document 004 sections 8.2 and 8.3.
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("Sparse memory needs sparse tables");

#ifdef __x86_64__
enum { X86_64 = true };
#else
enum { X86_64 = false };
#endif

/* Tables of s390x begin with few levels; who asks for much gets one more on top, of four pages. */
#ifdef __s390x__
enum { PAGES_ON_TOP = 4 };
#else
enum { PAGES_ON_TOP = 0 };
#endif

enum { TOUCHED = 4, BRANCH = 3, LEVELS = 4, GIB_SHIFT = 30, SLOT_SHIFT = 39, TIB_SHIFT = 40 };

static char *reserve_space(size_t length)
{
	return mmap(NULL, length, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
}

/* A page of the reserve becomes usable, and is used. */
static void open_and_touch(char *page)
{
	arrange(mprotect(page, page_size(), PROT_READ | PROT_WRITE) == 0);
	store(page, 'x');
}

/* VmPTE, when everything that is to run between two readings has run once. */
static size_t tables_after_rehearsal(void)
{
	char *area = reserve_space(page_size());

	arrange(area != MAP_FAILED);
	open_and_touch(area);
	arrange(munmap(area, page_size()) == 0);
	(void)status_bytes("VmPTE");
	return status_bytes("VmPTE");
}

CLAIM(four_pages_cost_no_flat_table, "ptable-04",
      "Four pages in a reserve of a 64th of the address space cost a few tables, and no flat one",
      .needs = PROCESS_STATUS)
{
	/* The largest tables, s390x's of the higher levels, are four pages long. */
	size_t branches = (size_t)TOUCHED * LEVELS * 4 * page_size();
	size_t length = sizeof(void *) == 8 ? (size_t)1 << (sizeof(void *) == 8 ? 42 : 0)
					    : (size_t)512 << 20;
	size_t before = tables_after_rehearsal();
	char *area = reserve_space(length);

	if (area == MAP_FAILED && sizeof(void *) == 8) {
		length >>= 6; /* a smaller address space, or a narrower limit */
		area = reserve_space(length);
	}
	arrange(area != MAP_FAILED);
	assert_at_most(status_bytes("VmPTE") - before, PAGES_ON_TOP * page_size(),
		       "bytes of page tables for the reserve");
	for (size_t i = 0; i < TOUCHED; i++) {
		open_and_touch(page(area, length / page_size() / TOUCHED * i));
	}

	size_t grown = status_bytes("VmPTE") - before, flat = length / page_size() * sizeof(void *);

	evidence("a flat table", "%zu KiB", flat / 1024);
	assert_at_least(grown, 1024, "bytes of page tables for four pages");
	assert_at_most(grown, branches, "bytes of page tables for four pages");
	assert_at_most(grown, flat / 8, "bytes of page tables, against an eighth of a flat table");
}

/* Bytes of tables for pages so far apart, in a slot of the top table that is otherwise empty. */
static size_t tables_of_pages(unsigned shift)
{
	if (!X86_64) {
		undecided("needs x86-64, whose tables have 512 entries in four or five levels");
	}

	size_t slot = (size_t)1 << (X86_64 ? SLOT_SHIFT : 0);
	size_t before = tables_after_rehearsal();
	char *area = reserve_slots((size_t)TOUCHED * 2, slot);

	for (size_t i = 0; i < TOUCHED; i++) {
		open_and_touch(area + (i << shift));
	}
	return status_bytes("VmPTE") - before;
}

CLAIM(a_page_in_every_tebibyte_costs_three_tables, "ptable-03",
      "Of four pages a tebibyte apart each costs a whole branch: a table in each of three levels",
      .needs = PROCESS_STATUS)
{
	assert_equals(tables_of_pages(TIB_SHIFT) / page_size(), TOUCHED * BRANCH, "tables");
}

CONTROL(neighbours_share_their_branches, "ptable-03 ptable-04",
	"Four pages a gibibyte apart share the third level, and four adjoining ones share them all",
	.needs = PROCESS_STATUS)
{
	unsigned adjoining = (unsigned)__builtin_ctzl(page_size());

	assert_equals(tables_of_pages(GIB_SHIFT) / page_size(), TOUCHED * 2 + 1,
		      "tables of four pages a gibibyte apart");
	assert_equals(tables_of_pages(adjoining) / page_size(), BRANCH,
		      "tables of four pages side by side");
}
