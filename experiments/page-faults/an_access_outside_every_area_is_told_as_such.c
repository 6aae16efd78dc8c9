/* SPDX-License-Identifier: MIT */
/*
 * An access outside every area is told as such
 * ============================================
 *
 * Not every fault can be repaired. Documents 002 and 003 let the kernel look for the area that an
 * address belongs to; where there is none, there is nothing to bring, and the program gets SIGSEGV.
 * So does who breaks the rights of an area. The two can be told apart: the signal comes with a
 * code, and with the address that was accessed.
 *
 *      what the kernel finds          si_code         si_addr
 *      no area                        SEGV_MAPERR     the very byte
 *      an area that forbids it        SEGV_ACCERR     the very byte
 *
 * No area is ever at page 0, unless somebody privileged asked for it: NULL is to trap.
 *
 * Look with: SIGSEGV's si_code and si_addr.
 * Read on:   sigaction(2) "si_code"; documents 002 "User-Level Memory Mapping", 003, 004
 *            sections 6.5 and 14.2.
 */
#include <signal.h>

#include <touchstone/experiment.h>

EXPERIMENT("An access outside every area is told as such");

enum { PAGES = 8, SEED = 3 };

/* Each kind of access; code lies at even addresses only. */
static void assert_all_refused(char *address, int code)
{
	char *function = (char *)((uintptr_t)address & ~(uintptr_t)15);

	assert_trap(try_load(address), SIGSEGV, code, address);
	assert_trap(try_store(address, 1), SIGSEGV, code, address);
	assert_trap(try_call(function), SIGSEGV, code, function);
}

CLAIM(page_0_is_in_no_area, "fault-04",
      "Each access to the page at address 0 gives SEGV_MAPERR at that address, always")
{
	for (int round = 0; round < 3; round++) {
		assert_all_refused(NULL, SEGV_MAPERR);
		assert_all_refused((char *)8, SEGV_MAPERR);
		assert_all_refused((char *)page_size() - 1, SEGV_MAPERR);
	}
}

CLAIM(a_hole_is_in_no_area, "fault-04",
      "Each access to a hole between two areas gives SEGV_MAPERR at that address, always")
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE), *hole = page(area, 2);

	write_pattern(area, PAGES * page_size(), SEED);
	arrange(munmap(hole, 2 * page_size()) == 0);
	/* A refusal leaves nothing behind that the next access could find. */
	for (int round = 0; round < 3; round++) {
		assert_all_refused(hole, SEGV_MAPERR);
		assert_all_refused(hole + page_size() + 77, SEGV_MAPERR);
		assert_all_refused(hole + 2 * page_size() - 1, SEGV_MAPERR);
	}
	assert_no_trap(try_load(hole - 1));
	assert_no_trap(try_load(hole + 2 * page_size()));
	assert_pattern(area, 2 * page_size(), SEED, "the pages below the hole");
}

CONTROL(in_an_area_it_says_otherwise, "fault-04",
	"In an area without any rights the same accesses give SEGV_ACCERR instead")
{
	char *none = page(fresh_pages(PAGES, MAP_PRIVATE), 2);

	arrange(mprotect(none, 2 * page_size(), PROT_NONE) == 0);
	assert_all_refused(none, SEGV_ACCERR);
	assert_all_refused(none + page_size() + 77, SEGV_ACCERR);
	assert_all_refused(none + 2 * page_size() - 1, SEGV_ACCERR);
}
