/* SPDX-License-Identifier: MIT */
/*
 * A guard page stops an overrun at its first byte, and only an overrun that lands in it
 * =====================================================================================
 *
 * Nothing in C stops a loop that runs past the end of its buffer. A guard page does: a page
 * of address space beside the buffer on which every access is forbidden. The first byte that
 * is touched there ends in SIGSEGV, with the address of that very byte, before anything has
 * been destroyed. Document 004 (3.6) tells how a stack overflow "becomes a detectable error rather
 * than silent corruption" in just this way.
 *
 *          guard        buffer        guard        neighbour
 *        +-------+-----------------+-------+-----------------+
 *        |  ---  |  rw-            |  ---  |  rw-            |
 *        +-------+-----------------+-------+-----------------+
 *               ^|<--- all of it ->|^                 ^
 *          SIGSEGV                  SIGSEGV           a jump over the guard: nobody notices
 *
 * It is a tripwire, not a fence. What the documents do not say: an index that is wrong by more
 * than the guard's size jumps over it, and quietly changes the neighbour. And a guard need not be
 * an area of its own: since Linux 6.13 madvise(MADV_GUARD_INSTALL) puts it into the page tables.
 *
 * Look with: SIGSEGV's si_code and si_addr (sigaction(2)), and every byte of the neighbours.
 * Read on:   mprotect(2), madvise(2); document 004 sections 3.6 and 14.3.
 */
#include <signal.h>
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("A guard page stops an overrun at its first byte, and only what lands in it");

#ifndef MADV_GUARD_INSTALL
#define MADV_GUARD_INSTALL 102
#define MADV_GUARD_REMOVE  103
#endif

enum { BUFFER = 1, PAGES = 5, BELOW = 0, ABOVE = 2, NEIGHBOUR = 3, FILLED = 0x5a };
enum { STEP = 61 }; /* a trap costs microseconds; a prime step meets every offset in a word */

/* Five readable and writable pages that belong to nobody else, filled; page 1 is the buffer. */
static char *five_pages(void)
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE);

	memset(area, FILLED, PAGES * page_size());
	return area;
}

/* The same with an inaccessible page on either side of the buffer. */
static char *guarded_buffer(void)
{
	char *area = five_pages();

	arrange(mprotect(page(area, BELOW), page_size(), PROT_NONE) == 0);
	arrange(mprotect(page(area, ABOVE), page_size(), PROT_NONE) == 0);
	return area;
}

CLAIM(an_overrun_faults_at_the_guards_first_byte, "prot-15",
      "Writing upwards past the end of a buffer traps at the first byte of the guard page")
{
	char *area = guarded_buffer(), *buffer = page(area, BUFFER), *guard = page(area, ABOVE);

	assert_equals(bytes_until_trap(STORE, buffer, 2 * page_size(), 1), page_size(),
		      "bytes written before the trap");
	assert_trap(try_store(guard, 1), SIGSEGV, SEGV_ACCERR, guard);
	assert_trap(try_load(guard), SIGSEGV, SEGV_ACCERR, guard);
	assert_all_bytes(page(area, NEIGHBOUR), 2 * page_size(), FILLED,
			 "what lies behind the guard");
}

CLAIM(an_underrun_faults_at_the_guards_last_byte, "prot-15",
      "Writing downwards past the start of a buffer traps at the last byte of the guard page")
{
	char *area = guarded_buffer(), *buffer = page(area, BUFFER);

	assert_equals(bytes_until_trap(STORE, buffer + page_size() - 1, 2 * page_size(), -1),
		      page_size(), "bytes written before the trap");
	assert_trap(try_store(buffer - 1, 1), SIGSEGV, SEGV_ACCERR, buffer - 1);
	assert_no_trap(try_store(buffer, 1));
}

CLAIM(the_whole_guard_is_forbidden, "prot-15",
      "A guard page is forbidden from its first byte to its last, and keeps its contents")
{
	char *area = guarded_buffer(), *guard = page(area, ABOVE);

	for (size_t i = 0; i < page_size(); i += STEP) {
		ck_assert_int_eq(try_load(guard + i).signal, SIGSEGV);
		ck_assert_int_eq(try_store(guard + i, 1).signal, SIGSEGV);
	}
	assert_trap(try_store(guard + page_size() - 1, 1), SIGSEGV, SEGV_ACCERR,
		    guard + page_size() - 1);
	arrange(mprotect(guard, page_size(), PROT_READ) == 0);
	assert_all_bytes(guard, page_size(), FILLED, "the guard page, opened again");
}

CLAIM(a_jump_over_the_guard_is_not_noticed, "prot-16",
      "An access that jumps over the guard page raises nothing and changes the neighbour")
{
	char *area = guarded_buffer(), *buffer = page(area, BUFFER);
	size_t too_far = 2 * page_size() + 7; /* an index wrong by more than a page */

	assert_no_trap(try_store(buffer + too_far, 1));
	assert_byte(page(area, NEIGHBOUR) + 7, 1, "the neighbour's byte");
	assert_trap(try_store(buffer + too_far - page_size(), 1), SIGSEGV, SEGV_ACCERR,
		    buffer + too_far - page_size());
}

CLAIM(a_guard_can_live_in_the_page_tables, "prot-17",
      "MADV_GUARD_INSTALL makes a page trap without splitting its area, and can be taken back",
      .needs = AREA_LIST)
{
	char *area = five_pages(), *guard = page(area, ABOVE);

	if (madvise(guard, page_size(), MADV_GUARD_INSTALL) != 0) {
		undecided("needs MADV_GUARD_INSTALL: Linux 6.13 or later");
	}
	assert_equals(try_load(guard).signal, SIGSEGV, "signal of a load in the guard");
	assert_equals(try_store(guard + page_size() - 1, 1).signal, SIGSEGV,
		      "signal of a store to the guard's last byte");
	assert_equals(bytes_until_trap(STORE, page(area, BUFFER), 2 * page_size(), 1), page_size(),
		      "bytes written before the trap");
	assert_equals(count_areas(area, PAGES * page_size()), 1, "areas, guard included");

	assert_accepted(madvise(guard, page_size(), MADV_GUARD_REMOVE));
	assert_all_bytes(guard, page_size(), 0, "the page after the guard was removed");
	assert_all_bytes(page(area, NEIGHBOUR), page_size(), FILLED, "the page behind it");
}

CONTROL(without_a_guard_the_neighbour_is_overwritten, "prot-15 prot-16",
	"The same overrun without a guard page traps nowhere and destroys the neighbour")
{
	char *area = five_pages();

	assert_equals(bytes_until_trap(STORE, page(area, BUFFER), 3 * page_size(), 1),
		      3 * page_size(), "bytes written, none of them stopped");
	ck_assert_int_ne(load(page(area, NEIGHBOUR)), FILLED);
}

CONTROL(a_guard_made_by_mprotect_splits_the_area, "prot-17",
	"A guard made with mprotect instead is an area of its own, between two others",
	.needs = AREA_LIST)
{
	char *area = five_pages();

	arrange(mprotect(page(area, ABOVE), page_size(), PROT_NONE) == 0);
	assert_equals(count_areas(area, PAGES * page_size()), 3, "areas, guard included");
}
