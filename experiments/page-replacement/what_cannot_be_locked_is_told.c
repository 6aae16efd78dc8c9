/* SPDX-License-Identifier: MIT */
/*
 * What cannot be locked is told, but the mark may stand all the same
 * ==================================================================
 *
 * mlock(2) marks first and brings afterwards, and each of the two may fail with ENOMEM. At a hole it
 * stops marking: what lies before the hole is locked by then, and stays so. Where a page cannot
 * be brought, for want of a right or because the file has ended, everything is marked already: the
 * call fails, and the area is locked and accounted none the less. When the right comes, by
 * mprotect(2), the pages come too. Who wants it undone has to say munlock(2).
 *
 *      a b c  hole  f g        mlock: ENOMEM        a b c locked, f g not
 *      PROT_NONE               mlock: ENOMEM        all locked, none there; mprotect brings them
 *
 * The manual page has every length that overflows refused with EINVAL. A length within a page of
 * the largest number rounds up to none at all, and is accepted, and locks nothing.
 *
 * Look with: /proc/PID/smaps VmFlags lo, page by page; /proc/PID/pagemap.
 * Read on:   mlock(2) ERRORS.
 */
#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("What cannot be locked is told, but the mark may stand all the same");

enum { PAGES = 6, HOLE = 3, NEEDED = LOCKABLE_MEMORY | AREA_USAGE };

static bool is_locked(char *area, size_t number)
{
	struct usage usage = observe_usage("a page", page(area, number), page_size());

	return usage_has_flag(&usage, "lo");
}

/* Pages 0 to 5, but 3, and how many pages from the first on are locked. */
static void assert_locked_before_the_hole(char *area, size_t count)
{
	for (size_t i = 0; i < PAGES; i++) {
		if (i != HOLE) {
			evidence("page", "%zu", i);
			assert_equals(is_locked(area, i), i < count, "the page is locked");
		}
	}
}

CLAIM(a_hole_ends_the_locking, "mlock-16",
      "At a hole mlock and munlock say ENOMEM, have done what lies before it, and nothing behind",
      .needs = NEEDED)
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE);
	size_t length = PAGES * page_size();

	arrange(munmap(page(area, HOLE), page_size()) == 0);
	assert_refused(mlock(area, length), ENOMEM);
	assert_locked_before_the_hole(area, HOLE);
	arrange(mlock(page(area, HOLE + 1), 2 * page_size()) == 0);
	assert_refused(munlock(area, length), ENOMEM);
	for (size_t i = 0; i < PAGES; i++) {
		if (i != HOLE) {
			assert_equals(is_locked(area, i), i > HOLE, "the page is still locked");
		}
	}
}

CLAIM(a_range_that_begins_in_a_hole_is_left_alone, "mlock-16",
      "A range that begins in a hole, or is one, is refused with ENOMEM, and nothing is locked",
      .needs = NEEDED)
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE);

	arrange(munmap(page(area, HOLE), page_size()) == 0);
	assert_refused(mlock(page(area, HOLE), page_size()), ENOMEM);
	assert_refused(mlock(page(area, HOLE) + 1, 2 * page_size()), ENOMEM);
	assert_refused(munlock(page(area, HOLE), 2 * page_size()), ENOMEM);
	assert_locked_before_the_hole(area, 0);
}

CLAIM(memory_without_rights_is_locked_none_the_less, "mlock-17",
      "mlock of PROT_NONE pages says ENOMEM but locks them, and with the right to write they come",
      .needs = NEEDED | PAGE_STATES | PROCESS_STATUS)
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE);
	size_t length = PAGES * page_size(), before = status_bytes("VmLck");

	arrange(mprotect(area, length, PROT_NONE) == 0);
	assert_refused(mlock(area, length), ENOMEM);
	assert_equals(is_locked(area, 0), true, "it is locked");
	assert_equals(status_bytes("VmLck") - before, length, "bytes accounted");
	assert_strip(observe_pages("without rights", area, PAGES), ".");
	arrange(mprotect(area, length, PROT_READ | PROT_WRITE) == 0);
	assert_strip(observe_pages("with rights", area, PAGES), "p");
	assert_all_bytes(area, length, 0, "what has come");
}

CLAIM(behind_the_end_of_a_file_is_locked_none_the_less, "mlock-17",
      "mlock beyond the end of a file says ENOMEM, brings the pages that there are, and locks all",
      .needs = NEEDED | PAGE_STATES)
{
	int fd = memory_file(HOLE, 1);
	char *area = fresh_mapping(PAGES, MAP_SHARED, fd);

	assert_refused(mlock(area, PAGES * page_size()), ENOMEM);
	assert_strip(observe_pages("the file", area, HOLE), "p");
	assert_equals(is_locked(area, 0), true, "the first page is locked");
	assert_equals(is_locked(area, PAGES - 1), true, "the last page is locked");
	assert_pattern(area, HOLE * page_size(), 1, "the file");
}

CLAIM(a_range_that_wraps_is_refused, "mlock-18",
      "A range that wraps around is not unlocked: EINVAL, or nothing where it rounds to nothing",
      .needs = NEEDED)
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE);

	if (sizeof(long) < 8) {
		undecided("needs a 64-bit program: to a 64-bit kernel no range of 32 bits wraps");
	}
	arrange(mlock(area, PAGES * page_size()) == 0);
	assert_refused(munlock(area, -page_size()), EINVAL);
	assert_refused(munlock(page(area, 1), -page_size()), EINVAL);
	if (munlock(area, (size_t)-1) != 0) {
		evidence("a length of -1", "is refused, errno %d", errno);
	}
	for (size_t i = 0; i < PAGES; i++) {
		assert_equals(is_locked(area, i), true, "the page is still locked");
	}
	/* Who has a limit exceeds it with such a length, and is told so first. */
	assert_refused_either(mlock(area, -page_size()), EINVAL, ENOMEM);
}

CONTROL(what_can_be_locked_is_locked, "mlock-16 mlock-17 mlock-18",
	"The same range without a hole, with rights, and with a length that fits is locked in full",
	.needs = NEEDED | PAGE_STATES)
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE);

	assert_accepted(mlock(area, PAGES * page_size()));
	assert_strip(observe_pages("locked", area, PAGES), "p");
	assert_locked_before_the_hole(area, PAGES);
	assert_accepted(munlock(area, PAGES * page_size()));
	assert_locked_before_the_hole(area, 0);
}
