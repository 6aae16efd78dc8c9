/* SPDX-License-Identifier: MIT */
/*
 * PROT_GROWSDOWN changes a growing area down to wherever it begins
 * ================================================================
 *
 * Who wants to change the rights of a whole stack does not know where it begins: it grows while one
 * asks. So mprotect(2) has a bit for that. With PROT_GROWSDOWN only the upper end of the range is
 * taken as given, the lower one is the area's own. PROT_GROWSUP is its mirror image, for machines
 * whose stacks grow upwards.
 *
 *           start                  address     address + length
 *             +----------------------+---------------+---------+
 *             |                  grows down                    |
 *             +----------------------+---------------+---------+
 *      with   |<--------- r-- -------|------ r-- --->|   rw-   |
 *      without|          rw-         |<----- r-- --->|   rw-   |
 *
 * It is no wish but a statement: an area that does not grow that way gives EINVAL. The loader
 * of a C library uses it to make the main stack executable for programs that demand it.
 *
 * Look with: stores into each page; errno.
 * Read on:   mprotect(2) "PROT_GROWSDOWN", mmap(2) MAP_GROWSDOWN; document 004 section 3.4.
 */
#include <signal.h>
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("PROT_GROWSDOWN changes a growing area down to wherever it begins");

#ifndef PROT_GROWSDOWN
#define PROT_GROWSDOWN 0x01000000
#define PROT_GROWSUP   0x02000000
#endif

enum { READ_WRITE = PROT_READ | PROT_WRITE, PAGES = 8, ASKED = 5, SEED = 15 };

/* Filled pages in the middle of nothing; flags may say that they grow. */
static char *pages_that(int flags)
{
	char *area = reserve(PAGES);

	arrange(mmap(area, PAGES * page_size(), READ_WRITE,
		     MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED | flags, -1, 0) == area);
	write_pattern(area, PAGES * page_size(), SEED);
	return area;
}

/* From this page to that one stores trap; all others go through. */
static void assert_read_only(char *area, size_t first, size_t end)
{
	for (size_t i = 0; i < PAGES; i++) {
		char *ends[] = {page(area, i), page(area, i + 1) - 1};

		for (size_t k = 0; k < 2; k++) {
			struct trap trap = try_store(ends[k], load(ends[k]));

			if (i >= first && i < end) {
				assert_trap(trap, SIGSEGV, SEGV_ACCERR, ends[k]);
			} else {
				assert_no_trap(trap);
			}
		}
	}
	assert_pattern(area, PAGES * page_size(), SEED, "all the pages");
}

CLAIM(it_reaches_down_to_the_start, "prot-43",
      "With PROT_GROWSDOWN everything from the area's start to the end of the range is changed")
{
	for (size_t last = 1; last < PAGES; last++) {
		char *area = pages_that(MAP_GROWSDOWN);

		assert_accepted(
			mprotect(page(area, last), page_size(), PROT_READ | PROT_GROWSDOWN));
		assert_read_only(area, 0, last + 1);
		assert_accepted(
			mprotect(page(area, last), page_size(), READ_WRITE | PROT_GROWSDOWN));
		assert_read_only(area, 0, 0);
		arrange(munmap(area, PAGES * page_size()) == 0);
	}
}

CLAIM(what_does_not_grow_is_refused, "prot-43",
      "An area that does not grow in that direction gives EINVAL, and nothing is changed")
{
	char *still = pages_that(0), *grows = pages_that(MAP_GROWSDOWN);

	for (int round = 0; round < 2; round++) {
		assert_refused(
			mprotect(page(still, ASKED), page_size(), PROT_READ | PROT_GROWSDOWN),
			EINVAL);
		assert_refused(mprotect(page(still, ASKED), page_size(), PROT_READ | PROT_GROWSUP),
			       EINVAL);
		assert_read_only(still, 0, 0);
		assert_refused(mprotect(page(grows, ASKED), page_size(), PROT_READ | PROT_GROWSUP),
			       EINVAL);
		assert_read_only(grows, 0, 0);
	}
}

CLAIM(the_main_stack_is_such_an_area, "prot-43",
      "The page of a local variable gets rights by PROT_GROWSDOWN as well, and the stack goes on")
{
	char local = 'l';
	char *here = page_of(&local);

	assert_refused(mprotect(here, page_size(), READ_WRITE | PROT_GROWSUP), EINVAL);
	assert_accepted(mprotect(here, page_size(), READ_WRITE | PROT_GROWSDOWN));
	assert_no_trap(try_store(&local, 'm'));
	assert_byte(&local, 'm', "the local variable");
}

CONTROL(without_the_bit_only_the_range_is_changed, "prot-43",
	"The same calls without the bit change the pages they name, whether the area grows or not")
{
	const int flags[] = {0, MAP_GROWSDOWN};

	for (size_t i = 0; i < 2; i++) {
		char *area = pages_that(flags[i]);

		assert_accepted(mprotect(page(area, ASKED), page_size(), PROT_READ));
		assert_read_only(area, ASKED, ASKED + 1);
	}
}
