/* SPDX-License-Identifier: MIT */
/*
 * A scan finds pages by their kind
 * ================================
 *
 * pagemap has a word for every page, and who looks for a few pages among a billion has to read them
 * all. The ioctl PAGEMAP_SCAN asks the other way round: which pages, from here to there, are of this
 * kind? It answers with regions, in which neighbours of the same kind are taken together.
 *
 *      the pages     o   o   .   z   .   o   f   f      o own, z zero page, f of a file, . absent
 *      present?     [ 0, 1 ]    [3]     [5] [ 6, 7 ]    5 and 6 are two regions: their kinds differ
 *
 * Look with: itself, and with the words of pagemap, which must tell the same.
 * Read on:   the kernel's pagemap.rst, "PAGEMAP_SCAN" (Linux 6.7).
 */
#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/experiment.h>
#include <touchstone/page_scan.h>

EXPERIMENT("A scan finds pages by their kind");

enum { PAGES = 8, ALL = PAGE_OF_FILE | PAGE_PRESENT | PAGE_SWAPPED | PAGE_ZERO };

/* Pages 0, 1 and 5 have a frame, 3 has the zero page, 6 and 7 a file's; 2 and 4 are absent. */
static char *pages_of_all_kinds(void)
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE);

	arrange(mmap(page(area, 6), 2 * page_size(), PROT_READ, MAP_SHARED | MAP_FIXED,
		     memory_file(2, 1), 0) == page(area, 6));
	store_each(area, 2, 'o');
	load(page(area, 3));
	store(page(area, 5), 'o');
	load_each(page(area, 6), 2);
	return area;
}

/* Which pages are wanted, by kinds of which some are inverted, or by any of others. */
struct question {
	uint64_t wanted, inverted, wanted_any, told;
};

/* The answer has just these regions: "0-2:8 3-4:40" is pages 0 and 1 of kind 8, page 3 of kind 40. */
static void assert_answer(const char *area, struct question asked, const char *expected)
{
	struct page_region regions[PAGES];
	struct page_scan scan = {.size = sizeof scan,
				 .start = (uintptr_t)area,
				 .end = (uintptr_t)page(area, PAGES),
				 .regions = (uintptr_t)regions,
				 .region_count = PAGES,
				 .wanted = asked.wanted,
				 .inverted = asked.inverted,
				 .wanted_any = asked.wanted_any,
				 .told = asked.told};
	int fd = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC), count;
	char seen[200] = "";

	arrange(fd >= 0);
	count = (int)assert_accepted(ioctl(fd, SCAN_PAGES, &scan));
	close(fd);
	for (int i = 0; i < count; i++) {
		size_t used = strlen(seen);

		snprintf(seen + used, sizeof seen - used, "%s%d-%d:%d", i ? " " : "",
			 (int)((regions[i].start - scan.start) / page_size()),
			 (int)((regions[i].end - scan.start) / page_size()), (int)regions[i].kinds);
	}
	evidence("regions", "%s", seen);
	if (strcmp(seen, expected) != 0) {
		broken(HERE, expected, "%s", seen);
	}
	assert_equals(scan.walk_end, scan.end, "the address up to which it has looked");
}

CLAIM(neighbours_of_a_kind_are_one_region, "pagescan-01",
      "A scan for what is present tells each stretch of a kind as one region, and nothing absent",
      .needs = PAGE_SCAN)
{
	char *area = pages_of_all_kinds();
	struct question by_kind = {.wanted = PAGE_PRESENT, .told = ALL};
	struct question present = {.wanted = PAGE_PRESENT, .told = PAGE_PRESENT};

	assert_answer(area, by_kind, "0-2:8 3-4:40 5-6:8 6-8:12");
	assert_answer(area, present, "0-2:8 3-4:8 5-8:8");
}

CLAIM(kinds_can_be_combined, "pagescan-02",
      "All of some kinds, any of some, or none of them can be asked for, and just those are told",
      .needs = PAGE_SCAN)
{
	char *area = pages_of_all_kinds();
	struct question both = {.wanted = PAGE_PRESENT | PAGE_OF_FILE, .told = ALL};
	struct question any = {.wanted_any = PAGE_ZERO | PAGE_OF_FILE, .told = ALL};
	struct question none = {.wanted = PAGE_PRESENT, .inverted = PAGE_PRESENT};
	struct question but = {.wanted = PAGE_PRESENT | PAGE_OF_FILE | PAGE_ZERO,
			       .inverted = PAGE_OF_FILE | PAGE_ZERO,
			       .told = PAGE_PRESENT};

	assert_answer(area, both, "6-8:12");
	assert_answer(area, any, "3-4:40 6-8:12");
	assert_answer(area, none, "2-3:0 4-5:0");
	assert_answer(area, but, "0-2:8 5-6:8");
}

CLAIM(it_agrees_with_pagemap, "pagescan-01",
      "What the scan says of each page, absent, of a file or neither, is what its word says",
      .needs = PAGE_SCAN | PAGE_STATES)
{
	char *area = pages_of_all_kinds();
	struct pages words = observe_pages("by word", area, PAGES);
	struct question present = {.wanted = PAGE_PRESENT, .told = PAGE_PRESENT};
	struct question file = {.wanted = PAGE_OF_FILE, .told = PAGE_OF_FILE};

	assert_strip(words, "pp.p.ppp");
	assert_answer(area, present, "0-2:8 3-4:8 5-8:8");
	assert_equals(count_of_file(words), 2, "pages of a file");
	assert_answer(area, file, "6-8:4");
}

CONTROL(what_is_absent_is_not_found, "pagescan-01 pagescan-02",
	"After the pages were given back the same scan finds the file's pages, or nothing at all",
	.needs = PAGE_SCAN)
{
	char *area = pages_of_all_kinds();
	struct question present = {.wanted = PAGE_PRESENT, .told = ALL};

	arrange(madvise(area, 6 * page_size(), MADV_DONTNEED) == 0);
	assert_answer(area, present, "6-8:12");
	arrange(madvise(area, PAGES * page_size(), MADV_DONTNEED) == 0);
	assert_answer(area, present, "");
}
