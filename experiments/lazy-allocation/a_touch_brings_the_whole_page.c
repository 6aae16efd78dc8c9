/* SPDX-License-Identifier: MIT */
/*
 * A touch of any byte brings the whole page, and only it
 * ======================================================
 *
 * To touch a page, says a footnote of document 002, is to issue an address that falls within it:
 * which of its bytes is all the same, for the page is the smallest thing the kernel can hand out.
 * After one touch the rest of the page is there for nothing. The next page begins one byte
 * further, and is as far away as ever.
 *
 *      page k        page k+1      page k+2
 *      +-------------+-------------+-------------+      * touched: one fault
 *      |      .      |  *    o     |      .      |      o there for nothing
 *      +-------------+-------------+-------------+      . nothing behind it
 *
 * A load brings the page no less than a store, only that what it brings is the page of zeros.
 *
 * Look with: /proc/PID/pagemap, getrusage(2) ru_minflt.
 * Read on:   document 001 "Kernel Intervention"; document 002, footnote 1.
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("A touch of any byte brings the whole page, and only it");

enum { OFFSETS = 6 };

/* The middle one of each three pages is touched, each at another offset, from first to last. */
static char *touched_byte(char *area, size_t number)
{
	size_t offsets[OFFSETS] = {
		0, 1, page_size() / 2 - 1, page_size() / 2, page_size() - 8, page_size() - 1};

	return page(area, 3 * number + 1) + offsets[number];
}

CLAIM(any_byte_brings_its_page_alone, "lazy-19",
      "A store to any one byte brings the page that holds it, and neither of its neighbours",
      .needs = FRAME_IDENTITY)
{
	char *stored = fresh_pages(3 * OFFSETS, MAP_PRIVATE),
	     *loaded = fresh_pages(3 * OFFSETS, MAP_PRIVATE);

	for (size_t i = 0; i < OFFSETS; i++) {
		store(touched_byte(stored, i), 'x');
		load(touched_byte(loaded, i));
	}
	assert_strip(observe_pages("stored", stored, 3 * OFFSETS), ".o.");
	assert_strip(observe_pages("loaded", loaded, 3 * OFFSETS), ".z.");
}

CLAIM(the_rest_of_the_page_costs_nothing, "lazy-19",
      "After one store, wherever it fell, every other byte of that page is there without a fault",
      .needs = FAULT_COUNTS)
{
	char *area = fresh_pages(3 * OFFSETS, MAP_PRIVATE);

	for (size_t i = 0; i < OFFSETS; i++) {
		char *touched = touched_byte(area, i), *whole = page_of(touched);

		assert_equals(faults_of(store(touched, 'x')).minor, 1,
			      "minor faults of the first store to a page");
		assert_equals(faults_of(for (size_t k = 0; k < page_size(); k++) {
				      load(whole + k);
				      store(whole + k, 'y');
			      }).minor,
			      0, "minor faults of every other byte of it");
	}
}

CONTROL(the_next_byte_is_another_page, "lazy-19",
	"The last byte of a page costs one fault, and the very next byte another one",
	.needs = FAULT_COUNTS | FRAME_IDENTITY)
{
	char *area = fresh_pages(3, MAP_PRIVATE);

	assert_equals(faults_of(store(page(area, 1) - 1, 'x')).minor, 1,
		      "minor faults of the last byte of a page");
	assert_strip(observe_pages("first", area, 3), "o..");
	assert_equals(faults_of(store(page(area, 1), 'x')).minor, 1,
		      "minor faults of the very next byte");
	assert_strip(observe_pages("next", area, 3), "oo.");
}
