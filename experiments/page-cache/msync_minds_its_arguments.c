/* SPDX-License-Identifier: MIT */
/*
 * msync minds its arguments
 * =========================
 *
 * msync(2) is the one call by which a program asks that what it stored into a mapping be written.
 * What it accepts is soon told, and not all of it is what one would guess:
 *
 *      the address     on a page, else EINVAL; the length is rounded up, and may be nothing
 *      the flags       MS_SYNC or MS_ASYNC, not both; MS_INVALIDATE with either; no other: EINVAL
 *                      (POSIX wants one of the first two; Linux accepts none of them as well)
 *      the range       mapped throughout, whatever is mapped there; else ENOMEM
 *
 * No call of them changes a byte that anybody sees.
 *
 * Look with: the call's answers; the bytes of the mapping and of the file.
 * Read on:   msync(2); document 004 section 16.2.
 */
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("msync minds its arguments");

enum { PAGES = 4, SEED = 5 };

static const int valid_flags[] = {
	0, MS_ASYNC, MS_SYNC, MS_INVALIDATE, MS_ASYNC | MS_INVALIDATE, MS_SYNC | MS_INVALIDATE,
};
enum { VALID = sizeof valid_flags / sizeof *valid_flags };

static char *mapped_file(int sharing)
{
	return fresh_mapping(PAGES, sharing, scratch_file(PAGES, SEED));
}

static size_t length(void)
{
	return PAGES * page_size();
}

CLAIM(a_crooked_address_is_refused, "msync-01",
      "An address inside a page is refused with EINVAL, whatever the length and the flags")
{
	char *area = mapped_file(MAP_SHARED);
	const size_t crooked[] = {1, page_size() / 2, page_size() - 1, page_size() + 1};

	for (size_t i = 0; i < 4; i++) {
		for (size_t f = 0; f < VALID; f++) {
			assert_refused(msync(area + crooked[i], 1, valid_flags[f]), EINVAL);
			assert_refused(msync(area + crooked[i], 0, valid_flags[f]), EINVAL);
			assert_refused(
				msync(area + crooked[i], length() - crooked[i], valid_flags[f]),
				EINVAL);
		}
	}
	assert_pattern(area, length(), SEED, "the mapping");
}

CLAIM(other_flags_are_refused, "msync-02",
      "Any flag but the three is refused with EINVAL, alone and beside each of them")
{
	char *area = mapped_file(MAP_SHARED);

	for (unsigned bit = 0; bit < 32; bit++) {
		int flag = (int)(1U << bit);

		for (size_t f = 0; f < VALID && !(flag & (MS_SYNC | MS_ASYNC | MS_INVALIDATE));
		     f++) {
			assert_refused(msync(area, length(), flag | valid_flags[f]), EINVAL);
		}
	}
	assert_pattern(area, length(), SEED, "the mapping");
}

CLAIM(now_and_later_exclude_each_other, "msync-02",
      "MS_SYNC and MS_ASYNC together are refused with EINVAL, with MS_INVALIDATE or without")
{
	char *area = mapped_file(MAP_SHARED);

	assert_refused(msync(area, length(), MS_SYNC | MS_ASYNC), EINVAL);
	assert_refused(msync(area, length(), MS_SYNC | MS_ASYNC | MS_INVALIDATE), EINVAL);
	assert_refused(msync(area, 0, MS_SYNC | MS_ASYNC), EINVAL);
}

CLAIM(a_hole_is_an_error, "msync-03",
      "A range with an unmapped page in it, wherever, or that wraps around, is refused with ENOMEM")
{
	for (size_t hole = 0; hole < PAGES; hole++) {
		char *area = mapped_file(MAP_SHARED);

		arrange(munmap(page(area, hole), page_size()) == 0);
		for (size_t f = 0; f < VALID; f++) {
			assert_refused(msync(area, length(), valid_flags[f]), ENOMEM);
			assert_refused(msync(page(area, hole), 1, valid_flags[f]), ENOMEM);
		}
		assert_accepted(msync(area, hole * page_size(), MS_SYNC));
	}

	char *area = mapped_file(MAP_SHARED);

	assert_refused(msync(area, -page_size(), MS_SYNC), ENOMEM);
}

/* Whatever is mapped, with any flags, any length: accepted, and no byte of it is another one. */
static void assert_accepts_all(char *area)
{
	for (size_t f = 0; f < VALID; f++) {
		assert_accepted(msync(area, length(), valid_flags[f]));
		assert_accepted(msync(area, 1, valid_flags[f]));
		assert_accepted(msync(area, page_size() + 1, valid_flags[f]));
		assert_accepted(msync(area, 0, valid_flags[f]));
	}
}

CONTROL(what_fits_is_accepted, "msync-01 msync-02 msync-03",
	"A shared mapping of a file is accepted with any of the flags alone, of any length, "
	"unlocked")
{
	int fd = scratch_file(PAGES, SEED);
	char *area = fresh_mapping(PAGES, MAP_SHARED, fd);

	write_pattern(area, length(), SEED + 1);
	assert_accepts_all(area);
	assert_pattern(area, length(), SEED + 1, "the mapping");
	assert_pattern(fresh_mapping(PAGES, MAP_PRIVATE, fd), length(), SEED + 1, "the file");
	arrange(mprotect(area, length(), PROT_READ) == 0);
	assert_accepts_all(area);
}
