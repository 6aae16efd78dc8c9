/* SPDX-License-Identifier: MIT */
/*
 * mincore tells which private pages are in memory
 * ===============================================
 *
 * For each page of a range mincore(2) tells whether a load would have to wait for a disk. Of
 * private memory that no file stands behind the page table knows: a page is in memory when this
 * process has one, be it only the page of zeros. Rights do not matter, and what is given back is
 * gone.
 *
 *      untouched                    - - - - - - - -
 *      page 2 stored, 5 loaded      - - # - - # - -
 *      all stored                   # # # # # # # #
 *      pages 3 and 4 given back     # # # - - # # #
 *
 * Look with: mincore(2) beside /proc/PID/pagemap: a sandbox that has no pagemap may say yes to
 *            all.
 * Read on:   mincore(2), madvise(2) MADV_DONTNEED; document 004 section 18.2.
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("mincore tells which private pages are in memory");

enum { PAGES = 8 };

/* The answers, drawn as a strip: # in memory, - not. */
static void assert_told(void *area, const char *expected, const char *what)
{
	unsigned char told[PAGES];
	char seen[PAGES + 1] = "", text[PAGES + 1] = "";

	assert_accepted(mincore(area, PAGES * page_size(), told));
	for (size_t i = 0; i < PAGES; i++) {
		seen[i] = told[i] & 1 ? '#' : '-';
		text[i] = expected[i % strlen(expected)];
	}
	evidence(what, "%s", seen);
	ck_assert_str_eq(seen, text);
}

CLAIM(private_memory_is_there_once_touched, "mincore-01",
      "A page of private memory is in memory from its first load or store until it is given back",
      .needs = PAGE_STATES)
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE);

	assert_told(area, "-", "untouched");
	store(page(area, 2), 's');
	load(page(area, 5)); /* the page of zeros */
	assert_told(area, "--#--#--", "one stored, one loaded");
	arrange(mprotect(page(area, 2), page_size(), PROT_NONE) == 0);
	assert_told(area, "--#--#--", "inaccessible now");
	arrange(mprotect(page(area, 2), page_size(), PROT_READ | PROT_WRITE) == 0);
	store_each(area, PAGES, 's');
	assert_told(area, "#", "all stored");
	assert_accepted(madvise(page(area, 3), 2 * page_size(), MADV_DONTNEED));
	assert_told(area, "###--###", "two given back");
	assert_strip(observe_pages("pagemap", area, PAGES), "ppp..ppp");
}

CLAIM(a_child_has_what_its_parent_had, "mincore-01",
      "After fork private memory is in memory for the child as well, touched or not",
      .needs = PAGE_STATES)
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE);

	store(page(area, 1), 's');
	IN_CHILD {
		assert_told(area, "-#------", "in the child");
		store(page(area, 6), 's');
		assert_told(area, "-#----#-", "in the child, after a store");
	}
	assert_told(area, "-#------", "in the parent");
}

CONTROL(shared_memory_is_asked_for_elsewhere, "mincore-01",
	"Shared memory that the child alone has touched is in memory for its parent, and stays so",
	.needs = PAGE_STATES)
{
	char *area = fresh_pages(PAGES, MAP_SHARED);

	assert_told(area, "-", "untouched");
	IN_CHILD {
		load(page(area, 3));
		store(page(area, 7), 's');
	}
	assert_told(area, "---#---#", "touched by the child");
	assert_strip(observe_pages("pagemap", area, PAGES), ".");
	store_each(area, PAGES, 's');
	assert_accepted(madvise(area, PAGES * page_size(), MADV_DONTNEED));
	assert_told(area, "#", "given back");
}
