/* SPDX-License-Identifier: MIT */
/*
 * posix_madvise never destroys, and answers with a number
 * =======================================================
 *
 * POSIX has a call of nearly the same name, and it differs in two ways that hurt. It tells an error
 * by returning its number, not by -1 and errno. And its advice never changes what memory holds:
 * POSIX_MADV_DONTNEED says "not soon", where Linux's MADV_DONTNEED says "take it away". The C
 * libraries therefore keep it from the kernel altogether.
 *
 *                                     answer       the page
 *      madvise(MADV_DONTNEED)           0          0 0 0 0 0 0
 *      posix_madvise(... DONTNEED)      0          a b c d e f
 *      madvise(crooked)                -1, errno   a b c d e f
 *      posix_madvise(crooked)          EINVAL      a b c d e f
 *
 * Look with: nothing but eyes.
 * Read on:   posix_madvise(3), madvise(2).
 */
#include <errno.h>
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("posix_madvise never destroys, and answers with a number");

enum { PAGES = 4, UNTOUCHED = 12345 };

CLAIM(no_posix_advice_destroys, "madvise-07",
      "Each advice of POSIX leaves every byte as it is, in private memory as in shared",
      .needs = ADVICE)
{
	const int advice[] = {POSIX_MADV_NORMAL, POSIX_MADV_RANDOM, POSIX_MADV_SEQUENTIAL,
			      POSIX_MADV_WILLNEED, POSIX_MADV_DONTNEED};
	char *private = filled_pages(PAGES, MAP_PRIVATE, 1);
	char *shared = filled_pages(PAGES, MAP_SHARED, 2);

	for (size_t i = 0; i < sizeof advice / sizeof *advice; i++) {
		(void)posix_madvise(private, PAGES * page_size(), advice[i]);
		assert_pattern(private, PAGES * page_size(), 1, "private memory after the advice");
		assert_equals(posix_madvise(shared, PAGES * page_size(), advice[i]), 0,
			      "the answer for shared memory");
		assert_pattern(shared, PAGES * page_size(), 2, "shared memory after the advice");
	}
}

CLAIM(an_error_is_its_number, "madvise-08",
      "posix_madvise returns EINVAL as it is for what it does not understand, and leaves errno "
      "alone",
      .needs = ADVICE)
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1);

	errno = UNTOUCHED;
	assert_equals(posix_madvise(area + 1, page_size(), POSIX_MADV_RANDOM), EINVAL,
		      "the answer for an address inside a page");
	assert_equals(posix_madvise(area, page_size(), -1), EINVAL,
		      "the answer for an unknown advice");
	assert_equals(posix_madvise(area, page_size(), POSIX_MADV_RANDOM), 0,
		      "the answer for what is right");
	assert_equals(errno, UNTOUCHED, "errno all the while");
}

CLAIM(a_hole_is_its_number, "madvise-08",
      "posix_madvise returns ENOMEM as it is for a range with a hole, and leaves errno alone",
      .needs = ADVICE)
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1);

	arrange(munmap(page(area, 1), page_size()) == 0);
	errno = UNTOUCHED;
	assert_equals(posix_madvise(area, 3 * page_size(), POSIX_MADV_RANDOM), ENOMEM,
		      "the answer for a range with a hole");
	assert_equals(posix_madvise(page(area, 2), page_size(), POSIX_MADV_RANDOM), 0,
		      "the answer for a page that is there");
	assert_equals(errno, UNTOUCHED, "errno all the while");
}

CONTROL(madvise_destroys_and_sets_errno, "madvise-07 madvise-08",
	"madvise takes MADV_DONTNEED at its word, answers -1, and tells the error in errno",
	.needs = ADVICE)
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1);

	errno = UNTOUCHED;
	assert_equals(madvise(area, PAGES * page_size(), MADV_DONTNEED), 0, "what it answered");
	assert_equals(errno, UNTOUCHED, "errno");
	assert_all_bytes(area, PAGES * page_size(), 0, "the pages after MADV_DONTNEED");
	assert_equals(madvise(area + 1, page_size(), MADV_RANDOM), -1,
		      "what it answered for an address inside a page");
	assert_equals(errno, EINVAL, "errno then");
}
