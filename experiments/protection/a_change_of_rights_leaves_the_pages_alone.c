/* SPDX-License-Identifier: MIT */
/*
 * A change of rights leaves the pages alone
 * =========================================
 *
 * Rights are bits of a page-table entry (document 004, 14.2), beside others: which frame it is, and
 * whether it was written to. mprotect(2) changes the former and leaves the latter. So a page
 * that is forbidden altogether stays where it is and costs what it did; a page that was
 * written and not saved yet is saved all the same; a page that is locked into memory stays locked.
 *
 *                  frame    dirty   locked   rights
 *      before      1c07a1    yes     yes     rw-
 *      mprotect    1c07a1    yes     yes     ---        every access traps
 *      mprotect    1c07a1    yes     yes     rw-        not a byte has changed
 *
 * One thing is done at once. A private page of a file that is locked and then may be written
 * gets its own frame there and then, not when it is written: locked memory is not to fault.
 *
 * Look with: /proc/self/pagemap and smaps, the fault counter, and the file after its pages left
 * the page cache.
 * Read on:   mprotect(2), mlock(2), fsync(2); document 004 sections 14.2, 16.3 and 17.1.
 */
#include <signal.h>
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("A change of rights leaves the pages alone");

enum { READ_WRITE = PROT_READ | PROT_WRITE, PAGES = 6, FROM = 2, CHANGED = 2, SEED = 14 };

static void protect(char *area, size_t first, size_t count, int rights)
{
	assert_accepted(mprotect(page(area, first), count * page_size(), rights));
}

CLAIM(forbidden_pages_keep_their_frames, "prot-40",
      "Pages that are forbidden and allowed again are the same frames, with the same bytes",
      .needs = FRAME_NUMBERS)
{
	const int sharing[] = {MAP_PRIVATE, MAP_SHARED};

	for (size_t i = 0; i < 2; i++) {
		char *area = filled_pages(PAGES, sharing[i], SEED);
		size_t kept = 0;

		/* Compaction may move frames at any time; what mprotect moves, it moves each time. */
		for (int attempt = 0; attempt < 5 && kept < 2 * PAGES; attempt++) {
			struct pages before = observe_pages("before", area, PAGES);

			protect(area, FROM, CHANGED, PROT_NONE);

			struct pages forbidden = observe_pages("forbidden", area, PAGES);

			protect(area, FROM, CHANGED, READ_WRITE);

			struct pages after = observe_pages("after", area, PAGES);

			kept = count_frames_kept(forbidden, before) +
			       count_frames_kept(after, before);
		}
		assert_equals(kept, 2 * PAGES, "frames that stayed, over both changes");
		assert_pattern(area, PAGES * page_size(), SEED, "the pages");
	}
}

CLAIM(forbidden_pages_stay_in_memory, "prot-40",
      "Forbidden pages are there all the while, and cost no fault that brings them back",
      .needs = PAGE_STATES)
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, SEED);

	for (int round = 0; round < 3; round++) {
		protect(area, FROM, CHANGED, PROT_NONE);
		assert_strip(observe_pages("forbidden", area, PAGES), "p");
		protect(area, FROM, CHANGED, READ_WRITE);
		assert_strip(observe_pages("allowed", area, PAGES), "p");
	}
	assert_pattern(area, PAGES * page_size(), SEED, "the pages");
}

CLAIM(what_was_written_is_saved_all_the_same, "prot-41",
      "Pages of a file that were written and then forbidden reach the disk with every byte",
      .needs = DISK_FILE)
{
	const int rights[] = {PROT_NONE, PROT_READ};
	static char saved[PAGES * 64 * 1024];

	arrange(PAGES * page_size() <= sizeof saved);
	for (size_t i = 0; i < 2; i++) {
		int fd = disk_file(PAGES, SEED);
		char *area = fresh_mapping(PAGES, MAP_SHARED, fd);

		write_pattern(area, PAGES * page_size(), SEED + 1);
		protect(area, 0, PAGES, rights[i]);
		arrange(munmap(area, PAGES * page_size()) == 0 && fsync(fd) == 0);
		if (!cool_down(fd, PAGES)) {
			undecided("needs a disk whose pages leave the page cache when they are "
				  "clean");
		}
		read_at(fd, saved, PAGES * page_size(), 0);
		assert_pattern(saved, PAGES * page_size(), SEED + 1, "what came from the disk");
	}
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

CONTROL(unlocked_pages_wait_for_the_store, "prot-40 prot-41 prot-42",
	"Without a lock each store costs its fault then, and what is given up comes back as zeros",
	.needs = FAULT_COUNTS | PAGE_STATES)
{
	char *area = fresh_mapping(PAGES, MAP_PRIVATE, memory_file(PAGES, SEED));
	char *given_up = filled_pages(PAGES, MAP_PRIVATE, SEED);

	protect(area, 0, PAGES, PROT_READ);
	load_each(area, PAGES);
	protect(area, FROM, CHANGED, READ_WRITE);
	assert_equals(count_of_file(observe_pages("two may be written", area, PAGES)), PAGES,
		      "pages of the file");
	assert_at_least(faults_of(store_each(page(area, FROM), CHANGED, 's')).minor, CHANGED,
			"minor faults of a store into each");

	arrange(madvise(page(given_up, FROM), CHANGED * page_size(), MADV_DONTNEED) == 0);
	assert_strip(observe_pages("given up", given_up, PAGES), "pp..pp");
	assert_all_bytes(page(given_up, FROM), CHANGED * page_size(), 0, "what was given up");
}
