/* SPDX-License-Identifier: MIT */
/*
 * A change of rights leaves the pages alone
 * =========================================
 *
 * Rights are bits of a page-table entry (document 004, 14.2), beside others: which frame it is, and
 * whether it was written to. mprotect(2) changes the former and leaves the latter. So a page
 * that is forbidden altogether stays where it is and costs what it did; the page of zeros that was
 * lent to a reader stays lent; and a page that was written and not saved yet is saved all the same.
 *
 *                  frame    dirty   rights
 *      before      1c07a1    yes     rw-
 *      mprotect    1c07a1    yes     ---        every access traps
 *      mprotect    1c07a1    yes     rw-        not a byte has changed
 *
 * Look with: /proc/self/pagemap; /proc/self/smaps, whose "Rss" leaves the page of zeros out; the file
 *            after its pages left the page cache.
 * Read on:   mprotect(2), fsync(2); document 004 sections 14.2, 16.3 and 17.1.
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

/* Each page is there, and none of them is memory of this process. */
static void assert_on_loan(const char *when, const char *area)
{
	assert_strip(observe_pages(when, area, PAGES), "p");
	assert_equals(observe_usage(when, area, PAGES * page_size()).rss, 0, "bytes resident");
}

CLAIM(a_loan_is_not_called_in, "prot-40",
      "Pages that were only read have the zero page on loan, whatever becomes of their rights",
      .needs = PAGE_STATES | AREA_USAGE)
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE);

	load_each(area, PAGES);
	assert_on_loan("read", area);
	protect(area, 0, PAGES, PROT_READ);
	assert_on_loan("read-only", area);
	protect(area, 0, PAGES, PROT_NONE);
	assert_on_loan("forbidden", area);
	protect(area, 0, PAGES, READ_WRITE);
	assert_on_loan("allowed", area);
	assert_all_bytes(area, PAGES * page_size(), 0, "the pages");
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
		make_cold(fd, PAGES);
		read_at(fd, saved, PAGES * page_size(), 0);
		assert_pattern(saved, PAGES * page_size(), SEED + 1, "what came from the disk");
	}
}

CONTROL(what_is_given_up_is_not_there, "prot-40 prot-41",
	"Pages that are given up instead (MADV_DONTNEED) are gone, and come back as zeros",
	.needs = PAGE_STATES | AREA_USAGE)
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, SEED);

	assert_equals(observe_usage("written", area, PAGES * page_size()).rss, PAGES * page_size(),
		      "bytes resident of pages that were written");
	arrange(madvise(page(area, FROM), CHANGED * page_size(), MADV_DONTNEED) == 0);
	assert_strip(observe_pages("given up", area, PAGES), "pp..pp");
	assert_all_bytes(page(area, FROM), CHANGED * page_size(), 0, "what was given up");
	assert_pattern(area, FROM * page_size(), SEED, "the pages before it");
}
