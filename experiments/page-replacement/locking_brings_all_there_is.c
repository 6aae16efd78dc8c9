/* SPDX-License-Identifier: MIT */
/*
 * Locking brings every page of the range, of whatever memory it is
 * ================================================================
 *
 * Page replacement may take any page but a locked one. mlock(2) therefore does two things: it marks
 * the area, so that its pages are never chosen, and it brings each of them at once, for a page that
 * is still to be fetched would be as late as one that was taken. When the call returns all of
 * them are there: private memory, shared memory, a file's pages, read-only or writable. Not a byte
 * has changed, and munlock(2) only takes the mark away again.
 *
 *      before      .  .  .  .  .  .  .  .
 *      mlock       .  .  o  o  o  o  .  .        lo in VmFlags, 4 pages in VmLck
 *      munlock     .  .  o  o  o  o  .  .        as evictable as any
 *
 * Look with: /proc/PID/pagemap; /proc/PID/status VmLck; /proc/PID/smaps VmFlags lo, Locked.
 * Read on:   mlock(2); document 004 sections 11 and 17.5.
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("Locking brings every page of the range, of whatever memory it is");

enum { PAGES = 8, FIRST = 2, LOCKED = 4, READ_WRITE = PROT_READ | PROT_WRITE };

static int lock(char *area)
{
	return mlock(page(area, FIRST), LOCKED * page_size());
}

/* The locked pages are there. Those of a file may have brought neighbours. */
static void assert_brought(char *area)
{
	assert_accepted(lock(area));
	assert_strip(observe_pages("locked", area, PAGES), "??pppp??");
}

CLAIM(it_brings_pages_of_every_kind, "mlock-01",
      "When mlock returns each page of the range is present, be it shared, private or a file's",
      .needs = LOCKABLE_MEMORY | PAGE_STATES)
{
	int memory = memory_file(PAGES, 1);

	assert_brought(fresh_pages(PAGES, MAP_PRIVATE));
	assert_brought(fresh_pages(PAGES, MAP_SHARED));
	assert_brought(fresh_mapping(PAGES, MAP_SHARED, memory));
	assert_brought(fresh_mapping(PAGES, MAP_PRIVATE, memory));
}

CLAIM(it_brings_pages_of_a_file, "mlock-01",
      "When mlock returns each page of the range of a file is present, which may only be read",
      .needs = LOCKABLE_MEMORY | PAGE_STATES)
{
	char *area = fresh_mapping(PAGES, MAP_PRIVATE, scratch_file(PAGES, 1));

	arrange(mprotect(area, PAGES * page_size(), PROT_READ) == 0);
	assert_brought(area);
	assert_pattern(area, PAGES * page_size(), 1, "the file");
	area = fresh_pages(PAGES, MAP_PRIVATE);
	arrange(mprotect(area, PAGES * page_size(), PROT_READ) == 0);
	assert_brought(area);
}

CLAIM(what_may_be_written_is_brought_to_be_written, "mlock-02",
      "Private pages that may be written are brought with a frame of their own, as by a store",
      .needs = LOCKABLE_MEMORY | PAGE_STATES | FAULT_COUNTS)
{
	char *area = fresh_mapping(PAGES, MAP_PRIVATE, memory_file(PAGES, 1));

	assert_accepted(lock(area));
	assert_equals(count_of_file(observe_pages("locked", page(area, FIRST), LOCKED)), 0,
		      "pages of the file among the locked ones");
	assert_equals(faults_of(store_each(page(area, FIRST), LOCKED, 'x')).minor, 0,
		      "minor faults of a store to each locked page");
}

CLAIM(no_byte_changes, "mlock-03",
      "Locking and unlocking change no byte of any memory, and what is stored meanwhile is kept",
      .needs = LOCKABLE_MEMORY)
{
	char *areas[] = {filled_pages(PAGES, MAP_PRIVATE, 1), filled_pages(PAGES, MAP_SHARED, 1),
			 fresh_mapping(PAGES, MAP_PRIVATE, scratch_file(PAGES, 1))};
	size_t length = PAGES * page_size();

	for (size_t i = 0; i < sizeof areas / sizeof *areas; i++) {
		assert_accepted(lock(areas[i]));
		assert_pattern(areas[i], length, 1, "memory that is locked");
		write_pattern(areas[i], length, 2);
		assert_accepted(munlock(page(areas[i], FIRST), LOCKED * page_size()));
		assert_pattern(areas[i], length, 2, "memory that was unlocked");
	}
}

CLAIM(it_is_accounted_to_the_page, "mlock-04",
      "VmLck grows by just the pages locked and shrinks by those unlocked; they have lo in VmFlags",
      .needs = LOCKABLE_MEMORY | PROCESS_STATUS | AREA_USAGE)
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1);
	size_t before = status_bytes("VmLck");

	for (int round = 0; round < 2; round++) {
		assert_accepted(lock(area));
		assert_equals(status_bytes("VmLck") - before, LOCKED * page_size(), "bytes locked");
		for (size_t i = 0; i < PAGES; i++) {
			struct usage usage = observe_usage("a page", page(area, i), page_size());

			assert_equals(usage_has_flag(&usage, "lo"),
				      i >= FIRST && i < FIRST + LOCKED, "VmFlags have lo");
		}
		assert_equals(observe_usage("all", area, PAGES * page_size()).locked,
			      LOCKED * page_size(), "bytes locked and resident");
		assert_accepted(munlock(page(area, FIRST), LOCKED * page_size()));
		assert_equals(status_bytes("VmLck") - before, 0, "bytes locked after munlock");
	}
}

CONTROL(unlocking_leaves_the_pages, "mlock-01 mlock-02 mlock-03 mlock-04",
	"Without mlock no page is there; with it some are; and munlock takes none of them away",
	.needs = LOCKABLE_MEMORY | PAGE_STATES)
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE);

	assert_strip(observe_pages("before", area, PAGES), ".");
	assert_accepted(lock(area));
	assert_strip(observe_pages("locked", area, PAGES), "..pppp..");
	assert_accepted(munlock(page(area, FIRST), LOCKED * page_size()));
	assert_strip(observe_pages("unlocked", area, PAGES), "..pppp..");
}
