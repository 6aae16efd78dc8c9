/* SPDX-License-Identifier: MIT */
/*
 * A lock may wait for the touch
 * =============================
 *
 * Who locks a gigabyte of which a few pages are used pays for a gigabyte. mlock2(2) with
 * MLOCK_ONFAULT marks the area and brings nothing: what is there already is locked, and what is
 * touched later is locked from that moment on. A later mlock(2) of the same pages brings the rest,
 * munlock(2) ends either kind, and the account is the same: VmLck counts the area, there or not.
 *
 *      mapped, two touched      o . . o . . . .
 *      MLOCK_ONFAULT            o . . o . . . .       VmLck 8 pages, Locked 2
 *      a touch                  o . . o . o . .       VmLck 8 pages, Locked 3
 *      mlock                    o o o o o o o o       VmLck 8 pages, Locked 8
 *
 * Look with: /proc/PID/pagemap; /proc/PID/smaps Locked; /proc/PID/status VmLck.
 * Read on:   mlock2(2) MLOCK_ONFAULT (Linux 4.4).
 */
#include <errno.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("A lock may wait for the touch");

#ifndef MLOCK_ONFAULT
#define MLOCK_ONFAULT 1
#endif

enum { PAGES = 8 };

/* The system call itself, which not every C library has a function for. */
static long lock_with(char *area, size_t count, unsigned flags)
{
	return syscall(SYS_mlock2, area, count * page_size(), flags);
}

/* Pages 0 and 3 are there. */
static char *partly_touched(void)
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE);

	store(page(area, 0), 'a');
	store(page(area, 3), 'd');
	return area;
}

static size_t locked_pages(char *area)
{
	return observe_usage("locked", area, PAGES * page_size()).locked / page_size();
}

CLAIM(it_brings_nothing, "mlock-10",
      "After MLOCK_ONFAULT just those pages are present that were so before, and all bytes are",
      .needs = LOCKABLE_MEMORY | PAGE_STATES | PROCESS_STATUS)
{
	char *area = partly_touched();
	size_t before = status_bytes("VmLck");

	assert_accepted(lock_with(area, PAGES, MLOCK_ONFAULT));
	assert_strip(observe_pages("locked", area, PAGES), "p..p....");
	assert_equals(status_bytes("VmLck") - before, PAGES * page_size(), "bytes accounted");
	assert_byte(area, 'a', "a page that was there");
	assert_all_bytes(page(area, 4), 4 * page_size(), 0, "pages that were not");
}

CLAIM(a_touch_locks, "mlock-10",
      "What is there already is locked at once, and each page touched later is locked as well",
      .needs = LOCKABLE_MEMORY | AREA_USAGE)
{
	char *area = partly_touched();

	assert_accepted(lock_with(area, PAGES, MLOCK_ONFAULT));
	assert_equals(locked_pages(area), 2, "pages locked at once");
	store(page(area, 5), 'f');
	assert_equals(locked_pages(area), 3, "pages locked after a touch");
	store_each(area, PAGES, 'x');
	assert_equals(locked_pages(area), PAGES, "pages locked after all were touched");
	assert_accepted(munlock(area, PAGES * page_size()));
	assert_equals(locked_pages(area), 0, "pages locked after munlock");
}

CLAIM(a_full_lock_brings_the_rest, "mlock-11",
      "mlock of pages that are locked on fault brings the rest, and counts none of them twice",
      .needs = LOCKABLE_MEMORY | PAGE_STATES | PROCESS_STATUS)
{
	char *area = partly_touched();
	size_t before = status_bytes("VmLck");

	assert_accepted(lock_with(area, PAGES, MLOCK_ONFAULT));
	assert_accepted(mlock(page(area, 2), 4 * page_size()));
	assert_strip(observe_pages("the middle locked", area, PAGES), "p.pppp..");
	assert_accepted(lock_with(area, PAGES, 0));
	assert_strip(observe_pages("all locked", area, PAGES), "p");
	assert_equals(status_bytes("VmLck") - before, PAGES * page_size(), "bytes accounted");
}

CLAIM(an_unknown_flag_is_refused, "mlock-12",
      "mlock2 refuses an unknown flag with EINVAL, locks nothing, and brings nothing",
      .needs = LOCKABLE_MEMORY | PAGE_STATES | PROCESS_STATUS)
{
	char *area = partly_touched();
	size_t before = status_bytes("VmLck");

	assert_refused(lock_with(area, PAGES, 2), EINVAL);
	assert_refused(lock_with(area, PAGES, MLOCK_ONFAULT | 4), EINVAL);
	assert_refused(lock_with(area, PAGES, ~0U), EINVAL);
	assert_equals(status_bytes("VmLck") - before, 0, "bytes accounted");
	assert_strip(observe_pages("not locked", area, PAGES), "p..p....");
}

CONTROL(without_the_flag_it_does_not_wait, "mlock-10 mlock-11 mlock-12",
	"mlock2 without a flag is mlock: it brings every page of the same area at once",
	.needs = LOCKABLE_MEMORY | PAGE_STATES | AREA_USAGE)
{
	char *area = partly_touched();

	assert_strip(observe_pages("before", area, PAGES), "p..p....");
	assert_accepted(lock_with(area, PAGES, 0));
	assert_strip(observe_pages("locked", area, PAGES), "p");
	assert_equals(locked_pages(area), PAGES, "pages locked");
}
