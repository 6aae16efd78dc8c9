/* SPDX-License-Identifier: MIT */
/*
 * mprotect refuses what it does not understand, and changes nothing then
 * ======================================================================
 *
 * mmap(2) takes its prot argument lightly: bits that it does not know are ignored. mprotect(2)
 * looks at everything before it looks at any page.
 *
 *      address   length        prot                answer
 *      crooked   any, 0 too    any                 EINVAL     not a multiple of the page size
 *      any       any           a bit unknown       EINVAL
 *      any       any           GROWSDOWN|GROWSUP   EINVAL     an area has but one end that grows
 *      any       over the top  any                 ENOMEM     the addresses do not go on there
 *      any       0             any                 0          there is nothing to change, nor to miss
 *      any       n pages + 1   any                 0          n + 1 pages change
 *
 * What it says to nonsense is in the manual only, not in document 003.
 *
 * Look with: errno, and stores on either side of each border.
 * Read on:   mprotect(2) "ERRORS"; document 003.
 */
#include <signal.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("mprotect refuses what it does not understand, and changes nothing then");

enum { GROWS_DOWN = 0x01000000, GROWS_UP = 0x02000000 }; /* PROT_GROWSDOWN, PROT_GROWSUP */
enum { PAGES = 6, SEED = 8 };

/* The system call itself: musl rounds the address down, and the length up, before it asks. */
static long protect(const char *start, size_t length, unsigned rights)
{
	return syscall(SYS_mprotect, start, length, (unsigned long)rights);
}

/* The first so many pages can be read only, those behind them can be written. */
static void assert_read_only(char *area, size_t count)
{
	for (size_t i = 0; i < PAGES; i++) {
		char *ends[] = {page(area, i), page(area, i + 1) - 1};

		for (size_t k = 0; k < 2; k++) {
			struct trap trap = try_store(ends[k], load(ends[k]));

			if (i < count) {
				assert_trap(trap, SIGSEGV, SEGV_ACCERR, ends[k]);
			} else {
				assert_no_trap(trap);
			}
		}
	}
	assert_pattern(area, PAGES * page_size(), SEED, "all the pages");
}

CLAIM(an_address_inside_a_page_is_refused, "prot-31",
      "An address that is not a page's first byte gives EINVAL for any length, and changes nothing")
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, SEED);
	const size_t offsets[] = {1, sizeof(long), page_size() / 2, page_size() - 1};

	for (size_t i = 0; i < sizeof offsets / sizeof *offsets; i++) {
		char *crooked = page(area, 1) + offsets[i];

		assert_refused(protect(crooked, page_size(), PROT_READ), EINVAL);
		assert_refused(protect(crooked, 1, PROT_NONE), EINVAL);
		assert_refused(protect(crooked, 0, PROT_NONE), EINVAL);
	}
	assert_read_only(area, 0);
}

CLAIM(unknown_rights_are_refused, "prot-31",
      "A prot with an unknown bit, or with both bits of growth, gives EINVAL and changes nothing")
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, SEED);
	const unsigned unknown[] = {1u << 20, 1u << 23, 1u << 30, GROWS_DOWN | GROWS_UP};

	for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++) {
		assert_refused(protect(area, page_size(), PROT_READ | unknown[i]), EINVAL);
		assert_refused(protect(area, PAGES * page_size(), PROT_NONE | unknown[i]), EINVAL);
	}
	assert_read_only(area, 0);
}

CLAIM(no_bytes_are_no_change, "prot-32",
      "A length of 0 is granted and changes nothing, even where nothing is mapped")
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, SEED);

	assert_accepted(protect(area, 0, PROT_NONE));
	assert_accepted(protect(page(area, 2), 0, PROT_READ));
	assert_read_only(area, 0);
	arrange(munmap(page(area, 2), page_size()) == 0);
	assert_accepted(protect(page(area, 2), 0, PROT_READ));
	assert_no_trap(try_store(page(area, 2) - 1, 1));
	assert_no_trap(try_store(page(area, 3), 1));
}

CLAIM(a_begun_page_is_a_whole_page, "prot-33",
      "A length is rounded up to whole pages: one byte more than n pages changes n + 1 of them")
{
	for (size_t pages = 0; pages < PAGES; pages++) {
		const size_t more[] = {1, page_size() / 2, page_size() - 1, page_size()};

		for (size_t i = 0; i < 4; i++) {
			char *area = filled_pages(PAGES, MAP_PRIVATE, SEED);

			assert_accepted(protect(area, pages * page_size() + more[i], PROT_READ));
			assert_read_only(area, pages + 1);
			arrange(munmap(area, PAGES * page_size()) == 0);
		}
	}
}

CLAIM(a_length_beyond_all_addresses_is_refused, "prot-33",
      "A length that would reach over the last address gives ENOMEM and changes nothing")
{
	if (sizeof(size_t) < 8) {
		undecided("needs a process of 64 bits: the addresses of others end below the "
			  "kernel's");
	}

	char *area = filled_pages(PAGES, MAP_PRIVATE, SEED);
	const size_t too_long[] = {(size_t)-1, -page_size(), -page_size() + 1,
				   (size_t)0 - (size_t)area};

	arrange(munmap(page(area, PAGES), page_size()) == 0); /* it is to end here, if it begins */
	for (size_t i = 0; i < sizeof too_long / sizeof *too_long; i++) {
		assert_refused(protect(area, too_long[i], PROT_READ), ENOMEM);
	}
	assert_read_only(area, 0);
}

CONTROL(whole_pages_change_as_told, "prot-31 prot-32 prot-33",
	"The same ranges with proper arguments change so many pages as they name, and change back")
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, SEED);

	for (size_t pages = 1; pages <= PAGES; pages++) {
		assert_accepted(protect(area, pages * page_size(), PROT_READ));
		assert_read_only(area, pages);
		assert_accepted(protect(area, pages * page_size(), PROT_READ | PROT_WRITE));
		assert_read_only(area, 0);
	}
}
