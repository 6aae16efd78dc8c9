/* SPDX-License-Identifier: MIT */
/*
 * A lock covers whole pages, every one that a byte of the range is in
 * ===================================================================
 *
 * POSIX lets a system demand that mlock(2) be given the first byte of a page. Linux does not: it
 * rounds the address down and the end up, so that every page is locked that holds a byte of the
 * range. munlock(2) rounds in the same way. That is convenient, and it is a trap: to unlock
 * one secret unlocks the page, and with it the secret that lies next to it.
 *
 *      page 2          page 3          page 4
 *      |---------------|---------------|---------------|
 *                    [2 bytes]                            = pages 2 and 3
 *                       [1 byte]                          = page 3
 *
 * Look with: /proc/PID/smaps VmFlags lo, page by page; /proc/PID/status VmLck.
 * Read on:   mlock(2) DESCRIPTION and NOTES.
 */
#include <errno.h>
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("A lock covers whole pages, every one that a byte of the range is in");

enum { PAGES = 8, FIRST = 2 };

/* Letter by page: l locked, - not. */
static void assert_locked(char *area, const char *expected)
{
	char seen[PAGES + 1] = "";

	for (size_t i = 0; i < PAGES; i++) {
		struct usage usage = observe_usage("a page", page(area, i), page_size());

		seen[i] = usage_has_flag(&usage, "lo") ? 'l' : '-';
	}
	evidence("locked", "%s", seen);
	if (strcmp(seen, expected) != 0) {
		broken(HERE, expected, "%s", seen);
	}
}

CLAIM(any_byte_locks_its_page, "mlock-05",
      "mlock of a byte locks its page, first, middle or last byte, and neither of the neighbours",
      .needs = LOCKABLE_MEMORY | AREA_USAGE)
{
	const size_t bytes[] = {0, page_size() / 2, page_size() - 1};

	for (size_t i = 0; i < 3; i++) {
		char *area = fresh_pages(PAGES, MAP_PRIVATE);

		assert_accepted(mlock(page(area, FIRST) + bytes[i], 1));
		assert_locked(area, "--l-----");
		assert_accepted(munlock(page(area, FIRST) + bytes[2 - i], 1));
		assert_locked(area, "--------");
	}
}

CLAIM(a_range_across_a_border_locks_both_pages, "mlock-05",
      "mlock of the two bytes at a border locks both pages, one byte less locks one of them",
      .needs = LOCKABLE_MEMORY | AREA_USAGE)
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE), *border = page(area, FIRST + 1);

	assert_accepted(mlock(border - 1, 2));
	assert_locked(area, "--ll----");
	assert_accepted(munlock(border - 1, 1));
	assert_locked(area, "---l----");
	assert_accepted(mlock(border + 1, page_size()));
	assert_locked(area, "---ll---");
	assert_accepted(munlock(border - 1, 2 * page_size() + 2));
	assert_locked(area, "--------");
}

CLAIM(a_part_can_be_unlocked, "mlock-06",
      "munlock of the middle leaves both ends locked, and what was never locked may be unlocked",
      .needs = LOCKABLE_MEMORY | AREA_USAGE | PROCESS_STATUS)
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1);
	size_t before = status_bytes("VmLck");

	assert_accepted(mlock(page(area, 1), 6 * page_size()));
	assert_locked(area, "-llllll-");
	assert_accepted(munlock(page(area, 3), 2 * page_size()));
	assert_locked(area, "-ll--ll-");
	assert_equals(status_bytes("VmLck") - before, 4 * page_size(), "bytes locked");
	assert_accepted(munlock(page(area, 3), 2 * page_size()));
	assert_locked(area, "-ll--ll-");
	assert_accepted(munlock(area, PAGES * page_size()));
	assert_locked(area, "--------");
	assert_pattern(area, PAGES * page_size(), 1, "what the pages hold");
}

CLAIM(no_length_locks_nothing, "mlock-07",
      "mlock and munlock of no byte at the start of a page are accepted and lock nothing",
      .needs = LOCKABLE_MEMORY | AREA_USAGE)
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE);

	assert_accepted(mlock(page(area, FIRST), 0));
	assert_locked(area, "--------");
	assert_accepted(mlock(page(area, FIRST), page_size()));
	assert_accepted(munlock(page(area, FIRST), 0));
	assert_locked(area, "--l-----");
}

CONTROL(what_is_locked_in_whole_is_locked_in_whole, "mlock-05 mlock-06 mlock-07",
	"mlock of the whole area locks every page of it, and munlock of the whole area none",
	.needs = LOCKABLE_MEMORY | AREA_USAGE)
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE);

	assert_locked(area, "--------");
	assert_accepted(mlock(area, PAGES * page_size()));
	assert_locked(area, "llllllll");
	assert_accepted(munlock(area, PAGES * page_size()));
	assert_locked(area, "--------");
}
