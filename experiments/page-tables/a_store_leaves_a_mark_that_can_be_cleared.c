/* SPDX-License-Identifier: MIT */
/*
 * A store leaves a mark that can be cleared
 * =========================================
 *
 * Document 004 (section 8.1) lets the hardware note in a dirty bit that a page was written to. Who
 * saves a running process over and over wants to know it anew each time, without losing the
 * kernel's own note. So there is a second one, in software, the soft-dirty bit, which each process
 * can clear for itself. Whatever is stored into a page sets it again, and the kernel's own stores too.
 *
 *      write 4 to clear_refs       - - - - - -
 *      a store to page 2           - - x - - -
 *      loads from all of them      - - x - - -
 *
 * Look with: /proc/PID/pagemap, bit 55; /proc/PID/clear_refs.
 * Read on:   the kernel's soft-dirty.rst; proc_pid_clear_refs(5); document 004 section 8.1.
 */
#include <unistd.h>

#include <touchstone/experiment.h>
#include <touchstone/soft_dirty.h>

EXPERIMENT("A store leaves a mark that can be cleared");

enum { PAGES = 8, FIRST = 2, LAST = 5, NEEDED = SOFT_DIRTY | PAGE_STATES };

/* A letter a page: x marked, - not. */
static void assert_marks(const char *area, const char *expected)
{
	struct pages seen = observe_pages("marks", area, PAGES);
	char marks[PAGES + 1] = "";

	for (size_t i = 0; i < PAGES; i++) {
		marks[i] = page_has_mark(seen, i) ? 'x' : '-';
	}
	evidence("marks", "%s", marks);
	if (strcmp(marks, expected) != 0) {
		broken(HERE, expected, "%s", marks);
	}
}

CLAIM(a_store_marks_its_page_alone, "softdirty-01 ptable-19",
      "After clearing no page has the mark, and a store to any byte gives it to that page alone",
      .needs = NEEDED)
{
	const size_t bytes[] = {0, page_size() / 2, page_size() - 1};
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1);

	for (size_t i = 0; i < 3; i++) {
		clear_marks();
		assert_marks(area, "--------");
		store(page(area, FIRST) + bytes[i], 'x');
		assert_marks(area, "--x-----");
		store(page(area, LAST) + bytes[i], 'x');
		assert_marks(area, "--x--x--");
	}
}

CLAIM(loads_leave_none_and_the_kernel_does, "softdirty-02",
      "Loads leave no mark, and what read(2) stores into a page leaves one like any store",
      .needs = NEEDED)
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1);
	int fd = memory_file(1, 2);

	clear_marks();
	load_each(area, PAGES);
	assert_equals(pwrite(fd, area, page_size(), 0), page_size(), "bytes the kernel read of it");
	assert_marks(area, "--------");
	assert_equals(pread(fd, page(area, LAST), 1, 0), 1, "bytes the kernel stored in it");
	assert_marks(area, "-----x--");
	assert_equals(pread(fd, page(area, FIRST) - 1, 2, 0), 2, "bytes stored across a border");
	assert_marks(area, "-xx--x--");
}

CLAIM(each_process_has_marks_of_its_own, "softdirty-05",
      "What a child stores, or clears, changes no mark of its parent", .needs = NEEDED)
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1);

	clear_marks();
	store(page(area, FIRST), 'p');
	IN_CHILD {
		store(page(area, LAST), 'c');
		clear_marks();
		assert_marks(area, "--------");
	}
	assert_marks(area, "--x-----");
}

CONTROL(without_clearing_all_are_marked, "softdirty-01 softdirty-02 softdirty-05 ptable-19",
	"Pages that were written to keep their marks, as long as nobody clears", .needs = NEEDED)
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1);

	assert_marks(area, "xxxxxxxx");
	store_each(area, PAGES, 'x');
	assert_marks(area, "xxxxxxxx");
}
