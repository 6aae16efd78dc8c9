/* SPDX-License-Identifier: MIT */
/*
 * Advice is given to whole pages, and to none if it is not understood
 * ===================================================================
 *
 * madvise(2) tells the kernel something about a range of pages. Its address has to be the first
 * byte of a page; its length may be anything, and is rounded up. No length is a range as well, the
 * empty one, wherever it is said to be. What the kernel does not understand, a crooked address, a
 * length that would wrap around, an advice it never heard of, is refused before a page is touched.
 *
 *      page 2          page 3          page 4
 *      |---------------|---------------|---------------|
 *                      ^ 1 byte        = page 3
 *                      ^ a page and 1 byte             = pages 3 and 4
 *                       ^ anything                     = EINVAL, even for no byte
 *
 * MADV_DONTNEED is looked at, because it shows to the byte which pages it was taken for.
 *
 * Look with: nothing but eyes: a page that was given back reads as zeros.
 * Read on:   madvise(2) NOTES and ERRORS.
 */
#include <errno.h>
#include <limits.h>
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("Advice is given to whole pages, and to none if it is not understood");

enum { PAGES = 6, FIRST = 2 };

/* Each page holds a pattern of its own. */
static char *numbered_pages(void)
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE);

	for (unsigned i = 0; i < PAGES; i++) {
		write_pattern(page(area, i), page_size(), i + 1);
	}
	return area;
}

/* So many pages from FIRST are zeros, and the others as they were. */
static void assert_given_back(const char *area, size_t count)
{
	for (unsigned i = 0; i < PAGES; i++) {
		if (i >= FIRST && i < FIRST + count) {
			assert_all_bytes(page(area, i), page_size(), 0, "a page in the range");
		} else {
			assert_pattern(page(area, i), page_size(), i + 1, "a page beside it");
		}
	}
}

CLAIM(a_length_is_rounded_up, "madvise-02",
      "Advice for any part of a page is taken for the whole page, and not for the next one")
{
	const size_t lengths[] = {1, page_size() - 1, page_size(), page_size() + 1,
				  2 * page_size() - 1};
	const size_t counts[] = {1, 1, 1, 2, 2};

	for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
		char *area = numbered_pages();

		assert_accepted(madvise(page(area, FIRST), lengths[i], MADV_DONTNEED));
		assert_given_back(area, counts[i]);
	}
}

CLAIM(an_address_has_to_be_the_first_of_a_page, "madvise-01",
      "An address inside a page is refused with EINVAL, for any length, and nothing is changed")
{
	char *area = numbered_pages(), *first = page(area, FIRST);
	const size_t crooked[] = {1, page_size() / 2, page_size() - 1};

	for (size_t i = 0; i < 3; i++) {
		assert_refused(madvise(first + crooked[i], page_size(), MADV_DONTNEED), EINVAL);
		assert_refused(madvise(first + crooked[i], 1, MADV_DONTNEED), EINVAL);
		assert_refused(madvise(first + crooked[i], 0, MADV_DONTNEED), EINVAL);
	}
	assert_given_back(area, 0);
}

CLAIM(no_length_is_a_range_too, "madvise-03",
      "Advice for no byte is accepted and does nothing, even where nothing is mapped")
{
	char *area = numbered_pages();

	assert_accepted(madvise(page(area, FIRST), 0, MADV_DONTNEED));
	assert_given_back(area, 0);
	arrange(munmap(page(area, FIRST), page_size()) == 0);
	assert_accepted(madvise(page(area, FIRST), 0, MADV_DONTNEED));
}

CLAIM(a_negative_length_is_refused, "madvise-04",
      "A length that is negative is refused with EINVAL, whether or not it rounds to nothing")
{
	char *area = numbered_pages();

	if (sizeof(long) < 8) {
		undecided("needs a 64-bit program: to a 64-bit kernel no length of 32 bits is "
			  "negative");
	}
	assert_refused(madvise(page(area, FIRST), (size_t)-1, MADV_DONTNEED), EINVAL);
	assert_refused(madvise(page(area, FIRST), -page_size(), MADV_DONTNEED), EINVAL);
	assert_refused(madvise(page(area, FIRST), -page_size() - 1, MADV_DONTNEED), EINVAL);
	assert_given_back(area, 0);
}

CLAIM(an_unknown_advice_is_refused, "madvise-05",
      "An advice that does not exist is refused with EINVAL, and nothing is changed")
{
	const int unknown[] = {-1, 7, 1 << 20, INT_MAX, INT_MIN, MADV_DONTNEED | 1 << 16};
	char *area = numbered_pages();

	for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++) {
		assert_refused(madvise(page(area, FIRST), page_size(), unknown[i]), EINVAL);
	}
	assert_given_back(area, 0);
}

CONTROL(put_rightly_it_is_taken, "madvise-01 madvise-02 madvise-03 madvise-04 madvise-05",
	"At the first byte of a page, with a length and an advice that exist, the call is obeyed")
{
	char *area = numbered_pages();

	for (size_t count = 1; count <= PAGES - FIRST; count++) {
		assert_accepted(madvise(page(area, FIRST), count * page_size(), MADV_DONTNEED));
		assert_given_back(area, count);
	}
}
