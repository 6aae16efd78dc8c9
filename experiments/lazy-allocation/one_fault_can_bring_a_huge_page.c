/* SPDX-License-Identifier: MIT */
/*
 * One fault can bring a whole huge page
 * =====================================
 *
 * "1 MiB is 256 pages and so 256 faults", says document 001, and that is right as long as a page is
 * a page. A processor can also map 2 MiB with one entry of a higher page table. Linux uses this by
 * itself where memory is asked for with madvise(MADV_HUGEPAGE), or everywhere, as the machine is
 * set up: transparent huge pages. Then the first touch of a stretch brings all of it at once:
 *
 *      pages of 4 KiB     o o o o o o o o  ...  o      512 faults for 2 MiB
 *      a huge page        [         o         ]          1 fault
 *
 * The other side of the coin: one byte stored now occupies 2 MiB (document 004 calls that
 * internal fragmentation). And it is a favour, not a promise. It needs a stretch that is
 * aligned, and 2 MiB of free frames side by side; where they are not to be had, small pages
 * come as ever. A stretch that got none proves nothing, so several are tried here.
 *
 * Look with: getrusage(2), ru_minflt; /proc/PID/smaps, "AnonHugePages".
 * Read on:   madvise(2), prctl(2) "PR_SET_THP_DISABLE", Documentation/admin-guide/mm/transhuge.rst;
 * documents 001 "Observations", 004 section 18.5.
 */
#include <sys/mman.h>
#include <sys/prctl.h>

#include <touchstone/experiment.h>
#include <touchstone/huge_pages.h>

EXPERIMENT("One fault can bring a whole huge page");

enum { TRIES = 4 };

/* TRIES stretches that a huge page fits, with the given advice; the harness had forbidden them. */
static char *map_stretches(size_t huge, int advice)
{
	size_t length = (TRIES + 1) * huge;
	char *area = mmap(reserve(length / page_size()), length, PROT_READ | PROT_WRITE,
			  MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);

	arrange(area != MAP_FAILED);
	arrange(prctl(PR_SET_THP_DISABLE, 0, 0, 0, 0) == 0);
	arrange(madvise(area, length, advice) == 0);
	return first_huge_page(area, huge);
}

struct found {
	char *stretch; /* that got a huge page */
	struct faults faults;
};

/* Stores ones into stretch after stretch, from an offset on, until one has got a huge page. */
static struct found try_for_huge_page(size_t huge, size_t offset, size_t length)
{
	char *area = map_stretches(huge, MADV_HUGEPAGE);
	size_t before = 0;

	for (size_t i = 0; i < TRIES; i++) {
		struct found found = {.stretch = area + i * huge};

		found.faults = faults_of(memset(found.stretch + offset, 1, length));

		size_t now = observe_usage("smaps", area, TRIES * huge).huge;

		if (i > 0 && now == before + huge) { /* the first brought the code of memset, too */
			return found;
		}
		before = now;
	}
	undecided("needs a free huge page: more free memory, in larger pieces");
}

CLAIM(a_huge_page_takes_one_fault, "lazy-11",
      "Filling a stretch that gets a huge page takes one fault, not one for each of its pages",
      .needs = HUGE_PAGES | FAULT_COUNTS | AREA_USAGE)
{
	size_t huge = huge_page_size();
	struct found found = try_for_huge_page(huge, 0, huge);

	evidence("pages in a huge page", "%zu", huge / page_size());
	assert_equals(found.faults.minor, 1, "minor faults of filling it");
	assert_equals(found.faults.major, 0, "major faults of filling it");
}

CLAIM(one_byte_brings_all_of_it, "lazy-11",
      "One byte stored in the middle of such a stretch makes every page of it present at once",
      .needs = HUGE_PAGES | FAULT_COUNTS | PAGE_STATES | AREA_USAGE)
{
	size_t huge = huge_page_size(), pages = huge / page_size();
	struct found found = try_for_huge_page(huge, huge / 2 + 3, 1);

	assert_equals(found.faults.minor, 1, "minor faults of the store");
	assert_strip(observe_pages("stretch", found.stretch, pages), "p");
	assert_equals(faults_of(store_each(found.stretch, pages, 2)).minor, 0,
		      "minor faults of storing to each page");
}

CLAIM(a_huge_page_starts_as_zeros, "lazy-11",
      "Where huge pages are asked for, memory is zero in every byte but the one stored",
      .needs = HUGE_PAGES)
{
	size_t huge = huge_page_size(), at = huge / 2 + 3;
	char *area = map_stretches(huge, MADV_HUGEPAGE);

	for (size_t i = 0; i < TRIES; i++) {
		store(area + i * huge + at, 'x');
		assert_byte(area + i * huge + at, 'x', "the byte stored");
		assert_all_bytes(area + i * huge, at, 0, "the bytes before it");
		assert_all_bytes(area + i * huge + at + 1, huge - at - 1, 0, "the bytes behind it");
	}
}

CONTROL(without_them_every_page_faults, "lazy-11",
	"With MADV_NOHUGEPAGE the same stretch takes a fault for every page, and a byte brings one",
	.needs = HUGE_PAGES | FAULT_COUNTS | PAGE_STATES | AREA_USAGE)
{
	size_t huge = huge_page_size(), pages = huge / page_size();
	char *area = map_stretches(huge, MADV_NOHUGEPAGE);

	memset(area, 1, huge); /* once uncounted */
	assert_equals(faults_of(memset(area + huge, 1, huge)).minor, pages,
		      "minor faults of filling a stretch");
	store(area + 2 * huge + huge / 2 + 3, 1);
	assert_equals(count_present(observe_pages("one byte", area + 2 * huge, pages)), 1,
		      "pages that one byte made present");
	assert_equals(observe_usage("smaps", area, TRIES * huge).huge, 0, "bytes in huge pages");
}
