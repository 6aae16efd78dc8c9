/* SPDX-License-Identifier: MIT */
/*
 * Locked pages stay locked under whatever rights
 * ==============================================
 *
 * mlock(2) promises that pages are in memory and stay there, so that nobody waits for them. mprotect(2)
 * may split the area, forbid it and allow it again: the lock belongs to each of the pieces.
 *
 * One thing is done at once. A private page of a file that is locked and then may be written
 * gets its own frame there and then, not when it is written: locked memory is not to fault.
 *
 *                       mprotect(READ|WRITE)        the first store
 *      not locked       nothing                     a fault, which copies the page
 *      locked           the pages are copied        no fault
 *
 * Look with: smaps ("lo" in VmFlags), /proc/self/pagemap, and the fault counter.
 * Read on:   mlock(2), mprotect(2), proc(5); document 004 sections 14.2 and 17.1.
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("Locked pages stay locked under whatever rights");

enum { READ_WRITE = PROT_READ | PROT_WRITE, PAGES = 6, FROM = 2, CHANGED = 2, SEED = 14 };

static void protect(char *area, size_t first, size_t count, int rights)
{
	assert_accepted(mprotect(page(area, first), count * page_size(), rights));
}

CLAIM(locked_pages_stay_locked, "prot-42",
      "Locked pages stay in memory and locked under whatever rights, on both sides of a border",
      .needs = LOCKABLE_MEMORY | AREA_USAGE)
{
	const int rights[] = {PROT_NONE, PROT_READ, READ_WRITE};
	char *area = filled_pages(PAGES, MAP_PRIVATE, SEED);

	arrange(mlock(area, PAGES * page_size()) == 0);
	for (size_t i = 0; i < 3; i++) {
		protect(area, FROM, CHANGED, rights[i]);
		for (size_t k = 0; k < PAGES; k += FROM) {
			struct usage part = observe_usage("locked", page(area, k), page_size());

			ck_assert_msg(usage_has_flag(&part, "lo"), "page %zu is not locked", k);
		}
		assert_equals(observe_usage("all", area, PAGES * page_size()).rss,
			      PAGES * page_size(), "bytes in memory");
	}
	assert_pattern(area, PAGES * page_size(), SEED, "the locked pages");
}

CLAIM(a_locked_page_is_copied_at_once, "prot-42",
      "A locked private page of a file is copied when it may be written, and the store costs "
      "nothing",
      .needs = LOCKABLE_MEMORY | FAULT_COUNTS | PAGE_STATES)
{
	char *area = fresh_mapping(PAGES, MAP_PRIVATE, memory_file(PAGES, SEED));

	protect(area, 0, PAGES, PROT_READ);
	arrange(mlock(area, PAGES * page_size()) == 0);
	assert_equals(count_of_file(observe_pages("to be read", area, PAGES)), PAGES,
		      "pages of the file");
	protect(area, FROM, CHANGED, READ_WRITE);
	assert_equals(count_of_file(observe_pages("two may be written", area, PAGES)),
		      PAGES - CHANGED, "pages of the file");
	assert_equals(faults_of(store_each(page(area, FROM), CHANGED, 's')).minor, 0,
		      "minor faults of a store into each");
}

CONTROL(unlocked_pages_wait_for_the_store, "prot-42",
	"Without a lock the pages are not copied before the store, and that costs its fault",
	.needs = FAULT_COUNTS | PAGE_STATES)
{
	char *area = fresh_mapping(PAGES, MAP_PRIVATE, memory_file(PAGES, SEED));

	protect(area, 0, PAGES, PROT_READ);
	load_each(area, PAGES);
	protect(area, FROM, CHANGED, READ_WRITE);
	assert_equals(count_of_file(observe_pages("two may be written", area, PAGES)), PAGES,
		      "pages of the file");
	assert_at_least(faults_of(store_each(page(area, FROM), CHANGED, 's')).minor, CHANGED,
			"minor faults of a store into each");
}
