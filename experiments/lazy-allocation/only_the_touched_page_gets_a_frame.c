/* SPDX-License-Identifier: MIT */
/*
 * Only the touched page gets a frame
 * ==================================
 *
 * The first store to a page finds no frame behind it. The processor traps, the kernel takes a free
 * frame, fills it with zeros, enters it in the page table, and lets the store go on. It does so for
 * the page that was touched and for no other, so what a program occupies is not what it has mapped
 * but where it has been:
 *
 *      . . . . . . . . . . . . . . . .      16 pages mapped, none resident
 *                x
 *      . . . . . o . . . . . . . . . .      one byte stored: one fault, one frame
 *
 * The unit is the page whatever the size of the access. A byte brings a whole page; eight bytes
 * that lie across the border of two pages bring two. (With transparent huge pages the unit
 * may be 2 MiB; they are switched off here, and have an experiment of their own.)
 *
 * Look with: getrusage(2), ru_minflt; /proc/PID/pagemap; /proc/PID/smaps, "Rss".
 * Read on:   documents 001 "Lazy Allocation Explained", 002 (demand-zero pages), 003, 004
 * sections 2, 6.6 and 10.
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("Only the touched page gets a frame");

enum { PAGES = 64, TOUCHED = 21, SPARSE = 1024, EVERY = 16 };

static void assert_resident(const char *area, size_t count, size_t resident)
{
	struct usage usage = observe_usage("smaps", area, count * page_size());

	assert_equals(usage.rss, resident * page_size(), "bytes resident");
	assert_equals(usage.anonymous, resident * page_size(), "bytes anonymous");
	assert_equals(usage.size, count * page_size(), "bytes mapped");
}

/* What is expected of PAGES pages when only some, from first on, were touched. */
static void assert_only_present(const char *area, size_t first, size_t count)
{
	char expected[PAGES + 1] = "";

	memset(expected, '.', PAGES);
	memset(expected + first, 'o', count);
	assert_strip(observe_pages("touched", area, PAGES), expected);
}

CLAIM(one_byte_brings_one_frame, "lazy-06",
      "A store of one byte takes one fault and makes exactly the page it falls into present",
      .needs = FAULT_COUNTS | FRAME_IDENTITY | AREA_USAGE)
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE);
	char *middle = page(area, TOUCHED) + page_size() / 2 + 3;

	assert_strip(observe_pages("before", area, PAGES), ".");

	struct faults spent = faults_of(store(middle, 'x'));

	assert_equals(spent.minor, 1, "minor faults of the store");
	assert_equals(spent.major, 0, "major faults of the store");
	assert_only_present(area, TOUCHED, 1);
	assert_resident(area, PAGES, 1);
	assert_equals(faults_of(store(page(area, TOUCHED), 'y')).minor, 0,
		      "minor faults of a store to another byte of the page");
}

CLAIM(the_ends_of_a_page_belong_to_it, "lazy-06",
      "The first and the last byte of a page bring that page, and not the one beside it",
      .needs = FAULT_COUNTS | FRAME_IDENTITY)
{
	char *first = fresh_pages(PAGES, MAP_PRIVATE), *last = fresh_pages(PAGES, MAP_PRIVATE);

	assert_equals(faults_of(store(page(first, TOUCHED), 'x')).minor, 1,
		      "minor faults of a store to the first byte");
	assert_only_present(first, TOUCHED, 1);
	assert_equals(faults_of(store(page(last, TOUCHED + 1) - 1, 'x')).minor, 1,
		      "minor faults of a store to the last byte");
	assert_only_present(last, TOUCHED, 1);
}

CLAIM(what_lies_across_a_border_brings_two, "lazy-06",
      "Eight bytes across the border of two pages take two faults and bring both pages",
      .needs = FAULT_COUNTS | FRAME_IDENTITY)
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE);
	char *across = page(area, TOUCHED + 1) - 3;
	struct faults spent = faults_of(for (int i = 0; i < 8; i++) { store(across + i, 'x'); });

	assert_equals(spent.minor, 2, "minor faults of the stores");
	assert_only_present(area, TOUCHED, 2);
}

CLAIM(the_rest_of_the_memory_is_zero, "lazy-06",
      "After the store the byte is there, and all others of its page and beside it are zero")
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE);
	size_t length = PAGES * page_size(), at = TOUCHED * page_size() + page_size() / 2 + 3;

	store(area + at, 'x');
	assert_byte(area + at, 'x', "the byte stored");
	assert_all_bytes(area, at, 0, "the bytes before it");
	assert_all_bytes(area + at + 1, length - at - 1, 0, "the bytes behind it");
}

CLAIM(residency_counts_touches, "lazy-08",
      "Of a region touched here and there exactly the touched pages become resident",
      .needs = FAULT_COUNTS | FRAME_IDENTITY | AREA_USAGE)
{
	char *area = fresh_pages(SPARSE, MAP_PRIVATE);
	struct faults spent = faults_of(
		for (size_t i = 0; i < SPARSE; i += EVERY) { store(page(area, i), 'x'); });

	assert_equals(spent.minor, SPARSE / EVERY, "minor faults of the touches");
	assert_strip(observe_pages("sparse", area, SPARSE), "o...............");
	assert_resident(area, SPARSE, SPARSE / EVERY);
}

CONTROL(nothing_is_resident_before, "lazy-06",
	"The same region, before anybody touches it, has no page present and nothing resident",
	.needs = PAGE_STATES | AREA_USAGE)
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE);

	assert_strip(observe_pages("untouched", area, PAGES), ".");
	assert_resident(area, PAGES, 0);
}

CONTROL(touching_all_makes_all_resident, "lazy-06 lazy-08",
	"The same region, with every page touched, has every page present and all of it resident",
	.needs = FAULT_COUNTS | FRAME_IDENTITY | AREA_USAGE)
{
	char *area = fresh_pages(SPARSE, MAP_PRIVATE);

	assert_equals(faults_of(store_each(area, SPARSE, 'x')).minor, SPARSE,
		      "minor faults of the touches");
	assert_strip(observe_pages("dense", area, SPARSE), "o");
	assert_resident(area, SPARSE, SPARSE);
}
