/* SPDX-License-Identifier: MIT */
/*
 * Locks do not stack, but each mapping has its own
 * ================================================
 *
 * A page is locked or it is not; nobody counts how often. However many calls of mlock(2) there
 * were, one munlock(2) ends them all, and one munlock(2) more is no error. Two libraries that lock
 * the same page for themselves therefore undo each other's work. Locks belong to addresses, though:
 * an object that is mapped twice can be locked in one place and not in the other, and stays in
 * memory until no place is locked any more.
 *
 *      mlock  mlock  mlock      lo      VmLck: 4 pages, each counted once
 *      munlock                  --      VmLck: 0
 *
 * Look with: /proc/PID/status VmLck; /proc/PID/smaps VmFlags lo.
 * Read on:   mlock(2) NOTES, "Memory locks do not stack".
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("Locks do not stack, but each mapping has its own");

enum { PAGES = 4 };

static bool is_locked(char *area, size_t number)
{
	struct usage usage = observe_usage("a page", page(area, number), page_size());

	return usage_has_flag(&usage, "lo");
}

CLAIM(one_unlock_ends_many_locks, "mlock-08",
      "After several mlocks of the same pages one munlock unlocks them all",
      .needs = LOCKABLE_MEMORY | AREA_USAGE | PROCESS_STATUS)
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE);
	size_t length = PAGES * page_size(), before = status_bytes("VmLck");

	for (int i = 0; i < 5; i++) {
		assert_accepted(mlock(area, length));
		assert_equals(status_bytes("VmLck") - before, length, "bytes locked");
	}
	assert_accepted(munlock(area, length));
	assert_equals(status_bytes("VmLck") - before, 0, "bytes locked after one munlock");
	for (size_t i = 0; i < PAGES; i++) {
		assert_equals(is_locked(area, i), false, "the page is locked");
	}
	assert_accepted(munlock(area, length));
}

CLAIM(locks_that_overlap_count_once, "mlock-08",
      "Of ranges that overlap each page is counted once, and unlocked by the munlock of either",
      .needs = LOCKABLE_MEMORY | AREA_USAGE | PROCESS_STATUS)
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE);
	size_t before = status_bytes("VmLck");

	assert_accepted(mlock(area, 3 * page_size()));
	assert_accepted(mlock(page(area, 1), 3 * page_size()));
	assert_equals(status_bytes("VmLck") - before, 4 * page_size(), "bytes locked");
	assert_accepted(munlock(area, 3 * page_size()));
	assert_equals(status_bytes("VmLck") - before, page_size(), "bytes locked");
	for (size_t i = 0; i < PAGES; i++) {
		assert_equals(is_locked(area, i), i == 3, "the page is locked");
	}
}

CLAIM(each_mapping_has_a_lock_of_its_own, "mlock-09",
      "Of two mappings of one object each is locked for itself, and counted for itself",
      .needs = LOCKABLE_MEMORY | AREA_USAGE | PROCESS_STATUS)
{
	int fd = memory_file(PAGES, 1);
	char *one = fresh_mapping(PAGES, MAP_SHARED, fd),
	     *other = fresh_mapping(PAGES, MAP_SHARED, fd);
	size_t length = PAGES * page_size(), before = status_bytes("VmLck");

	assert_accepted(mlock(one, length));
	assert_equals(is_locked(other, 0), false, "the other mapping is locked");
	assert_accepted(mlock(other, length));
	assert_equals(status_bytes("VmLck") - before, 2 * length, "bytes locked");
	assert_accepted(munlock(one, length));
	assert_equals(is_locked(one, 0), false, "the first mapping is locked");
	assert_equals(is_locked(other, 0), true, "the other mapping is locked");
	assert_equals(status_bytes("VmLck") - before, length, "bytes locked");
}

CONTROL(what_is_locked_again_is_locked_again, "mlock-08 mlock-09",
	"After the munlock another mlock locks the pages anew, and they count again",
	.needs = LOCKABLE_MEMORY | AREA_USAGE | PROCESS_STATUS)
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE);
	size_t length = PAGES * page_size(), before = status_bytes("VmLck");

	for (int round = 0; round < 3; round++) {
		assert_accepted(mlock(area, length));
		assert_equals(is_locked(area, PAGES - 1), true, "the last page is locked");
		assert_equals(status_bytes("VmLck") - before, length, "bytes locked");
		assert_accepted(munlock(area, length));
		assert_equals(is_locked(area, PAGES - 1), false, "the last page is locked");
	}
}
