/* SPDX-License-Identifier: MIT */
/*
 * Emptied tables may stay
 * =======================
 *
 * madvise(MADV_DONTNEED) gives all the pages of a stretch back. What becomes of the table that
 * described them, now that each of its entries is empty? Document 004 (section 8.3) says that only
 * the needed parts of the tree are allocated; it does not say when a part ceases to be needed. For
 * long nothing was done: the tables stayed until munmap(2), and a program that touched much and gave
 * it back could hold gigabytes of empty tables. Since Linux 6.14 a kernel may free them at once
 * (CONFIG_PT_RECLAIM):
 *
 *      touched          [xxxxxxxx] [xxxxxxxx] [xxxxxxxx]
 *      given back       [        ] [        ] [        ]      or none at all: either is right
 *      touched again    [xxxxxxxx] [xxxxxxxx] [xxxxxxxx]      just as many as before
 *      unmapped            none       none       none
 *
 * So what happens here is told as evidence, and what both kinds of kernel have in common is claimed.
 *
 * Look with: /proc/PID/status, VmPTE.
 * Read on:   madvise(2), munmap(2); document 004 section 8.3.
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("Emptied tables may stay");

#ifndef MADV_COLD
#define MADV_COLD 20
#endif

enum { STRETCHES = 8, BOUNDARY_PAGES = 4, EVERY = 16 };

/* The pages that one page full of entries describes, if an entry is as long as a pointer. */
static size_t entries(void)
{
	return page_size() / sizeof(void *);
}

static size_t length(void)
{
	return STRETCHES * entries() * page_size();
}

/* Two pages in sixteen: whatever a table describes, it has some of them. */
static void touch(char *area)
{
	for (size_t i = 0; i < STRETCHES * entries(); i += EVERY) {
		load_each(page(area, i), 2);
	}
}

/* Memory to be read, so that many pages cost no frames; touched all over. */
static char *touched_stretches(void)
{
	char *area = mmap(NULL, length(), PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE,
			  -1, 0);

	arrange(area != MAP_FAILED);
	touch(area);
	(void)status_bytes("VmPTE");
	return area;
}

CLAIM(giving_back_adds_no_table, "ptable-07",
      "Giving all pages back never makes the tables larger; touching them again restores the size",
      .needs = PROCESS_STATUS)
{
	char *area = touched_stretches();
	size_t before = status_bytes("VmPTE");

	for (int round = 0; round < 2; round++) {
		arrange(madvise(area, length(), MADV_DONTNEED) == 0);

		size_t after = status_bytes("VmPTE");

		assert_at_most(after, before, "VmPTE when all was given back");
		evidence("emptied tables", "%s", after < before ? "are freed here" : "stay here");
		touch(area);
		assert_equals(status_bytes("VmPTE"), before, "VmPTE when all was touched again");
	}
}

CLAIM(a_part_given_back_keeps_its_table, "ptable-07",
      "A table in which a few pages are left stays when the pages between them are given back",
      .needs = PROCESS_STATUS)
{
	char *area = touched_stretches();
	size_t before = status_bytes("VmPTE");

	for (size_t i = 0; i < STRETCHES * entries(); i += EVERY) {
		arrange(madvise(page(area, i + 1), (EVERY - 1) * page_size(), MADV_DONTNEED) == 0);
	}
	assert_equals(status_bytes("VmPTE"), before,
		      "VmPTE when all but some pages were given back");
}

CLAIM(unmapping_frees_the_tables, "ptable-07",
      "munmap frees all the tables, but for those at the borders, given back before or not",
      .needs = PROCESS_STATUS)
{
	size_t before = status_bytes("VmPTE");

	for (int given_back = 0; given_back < 2; given_back++) {
		char *area = touched_stretches();

		assert_at_least(status_bytes("VmPTE"), before + length() / page_size() * 4,
				"VmPTE while all is touched");
		arrange(!given_back || madvise(area, length(), MADV_DONTNEED) == 0);
		assert_accepted(munmap(area, length()));
		assert_at_most(status_bytes("VmPTE"), before + BOUNDARY_PAGES * page_size(),
			       "VmPTE after munmap");
	}
}

CONTROL(pages_that_stay_keep_their_tables, "ptable-07",
	"Advice that leaves all the pages in place leaves all the tables, too",
	.needs = PROCESS_STATUS)
{
	char *area = touched_stretches();
	size_t before = status_bytes("VmPTE");

	arrange(madvise(area, length(), MADV_NORMAL) == 0);
	arrange(madvise(area, length(), MADV_COLD) == 0);
	assert_equals(status_bytes("VmPTE"), before, "VmPTE after the advice");
	arrange(mprotect(area, length(), PROT_NONE) == 0);
	assert_equals(status_bytes("VmPTE"), before, "VmPTE when all is forbidden");
}
