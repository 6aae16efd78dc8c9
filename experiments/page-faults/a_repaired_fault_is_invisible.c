/* SPDX-License-Identifier: MIT */
/*
 * A fault that can be repaired is invisible
 * =========================================
 *
 * Document 001 calls a page fault a trap into the kernel, and to a program that sounds like
 * trouble. Most are none. Memory that was mapped and not touched yet has no frame, so its
 * first access traps; the kernel looks whether an area allows the access, brings the page, and
 * lets the access happen. The program notices nothing: no signal, the load yields what the page
 * has to hold, the store is kept. A system call that touches first is served in the same way.
 * Only a counter tells.
 *
 *      access to                      the kernel                        the program sees
 *      an absent page of an area      brings the page                   nothing
 *      no area at all                 has nothing to bring              SIGSEGV
 *
 * Look with: signals, or rather their absence; ru_minflt of getrusage(2).
 * Read on:   getrusage(2), sigaction(2); documents 001 "Page Fault", 003, 004 sections 2 and 6.5.
 */
#include <signal.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("A fault that can be repaired is invisible");

enum { PAGES = 8 };

CLAIM(lazy_pages_raise_no_signal, "fault-01",
      "No first touch of a valid page raises a signal: loads read zeros, and stores are kept")
{
	for (size_t i = 0; i < 4 * PAGES; i++) {
		char *area = fresh_pages(1, i % 4 < 2 ? MAP_PRIVATE : MAP_SHARED);
		char *last = page(area, 1) - 1;
		struct trap first = i % 2 ? try_load(last) : try_store(last, 's');

		assert_no_trap(first);
		assert_equals(first.loaded, 0, "what the first load reads");
		assert_byte(last, i % 2 ? 0 : 's', "the byte, looked at again");
		assert_all_bytes(area, page_size() - 1, 0, "the rest of the page");
		assert_no_trap(try_store(last, 't'));
		assert_byte(last, 't', "the byte, stored to again");
	}
}

CLAIM(the_kernel_may_touch_first, "fault-01",
      "A system call that is the first to touch a page succeeds like any other")
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE), *border = page(area, 2);
	char seen[2];
	int ends[2];

	arrange(pipe(ends) == 0 && write(ends[1], "ab", 2) == 2);
	assert_equals(read(ends[0], border - 1, 2), 2, "bytes read over a border of two pages");
	assert_same_bytes(border - 1, "ab", 2, "what was read");
	assert_all_bytes(area, 2 * page_size() - 1, 0, "the bytes before it");
	assert_all_bytes(border + 1, page_size() - 1, 0, "the bytes behind it");
	assert_equals(write(ends[1], page(area, 5) - 1, 2), 2,
		      "bytes written from untouched pages");
	assert_equals(read(ends[0], seen, 2), 2, "bytes that arrived");
	assert_all_bytes(seen, 2, 0, "what arrived");
}

CLAIM(each_repair_is_one_fault, "fault-01",
      "The first touch of each page is one minor fault, the second none, and none is a signal",
      .needs = FAULT_COUNTS)
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE);
	struct trap trap;

	for (size_t i = 0; i < PAGES; i++) {
		struct faults first = faults_of(trap = try_store(page(area, i), 's'));

		assert_no_trap(trap);
		assert_equals(first.minor, 1, "minor faults of the first store");
		assert_equals(first.major, 0, "major faults of it");
		assert_equals(faults_of(store(page(area, i), 't')).minor, 0,
			      "minor faults of the second");
	}
}

CONTROL(a_wild_access_is_a_signal, "fault-01",
	"The same first touches, after the pages were unmapped, are signals and no minor faults",
	.needs = FAULT_COUNTS)
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE);
	struct trap trap = {0};

	arrange(munmap(area, PAGES * page_size()) == 0);
	assert_trap(try_load(area), SIGSEGV, SEGV_MAPERR, area);
	for (size_t i = 0; i < PAGES; i++) {
		assert_equals(faults_of(trap = try_store(page(area, i), 's')).minor, 0,
			      "minor faults of the store");
		assert_trap(trap, SIGSEGV, SEGV_MAPERR, page(area, i));
	}
}
