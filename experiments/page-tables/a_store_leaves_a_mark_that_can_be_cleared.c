/* SPDX-License-Identifier: MIT */
/*
 * A store leaves a mark that can be cleared
 * =========================================
 *
 * Document 004 (section 8.1) lets the hardware note in a dirty bit that a page was written to. Who
 * saves a running process over and over wants to know it anew each time, without losing the
 * kernel's own note. So there is a second one, in software, the soft-dirty bit. To clear it the
 * kernel takes the write permission from every entry; the first store to a page then faults,
 * and the fault sets the bit and gives the permission back. The page itself stays where it is.
 *
 *      write 4 to clear_refs       - - - - - -        every page read-only, for a moment
 *      a store to page 2           - - x - - -        one minor fault
 *      another store to it         - - x - - -        none
 *
 * Look with: /proc/PID/pagemap, bit 55; /proc/PID/clear_refs.
 * Read on:   the kernel's soft-dirty.rst; proc_pid_clear_refs(5); document 004 section 8.1.
 */
#include <fcntl.h>
#include <limits.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("A store leaves a mark that can be cleared");

enum { PAGES = 8, FIRST = 2, LAST = 5, ROUNDS = 4, NEEDED = SOFT_DIRTY | PAGE_STATES };

static void clear_marks(void)
{
	int fd = open("/proc/self/clear_refs", O_WRONLY | O_CLOEXEC);

	arrange(fd >= 0 && write(fd, "4", 1) == 1);
	close(fd);
}

/* A letter a page: x marked, - not. */
static void assert_marks(const char *area, const char *expected)
{
	struct pages seen = observe_pages("marks", area, PAGES);
	char marks[PAGES + 1] = "";

	for (size_t i = 0; i < PAGES; i++) {
		marks[i] = seen.words[i] >> 55 & 1 ? 'x' : '-';
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

/* Minor faults of loads from each page, of the first stores and of the second ones. */
struct costs {
	long loads, first, second;
};

static struct costs costs_of(char *area)
{
	struct costs costs;

	costs.loads = faults_of(load_each(area, PAGES)).minor;
	costs.first = faults_of(store_each(area, PAGES, 'x')).minor;
	costs.second = faults_of(store_each(area, PAGES, 'y')).minor;
	return costs;
}

CLAIM(the_first_store_costs_a_fault, "softdirty-03",
      "After clearing the first store to a page is one minor fault, the second none, loads none",
      .needs = NEEDED | FAULT_COUNTS)
{
	char *rehearsed = filled_pages(PAGES, MAP_PRIVATE, 1);
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1);
	struct costs least = {LONG_MAX, LONG_MAX, LONG_MAX};

	/* A fault may be taken twice, where processors share what they have kept: the fewest of some rounds. */
	for (int round = 0; round < ROUNDS; round++) {
		clear_marks();
		(void)costs_of(rehearsed); /* pages of our own are marked anew, too */

		struct costs costs = costs_of(area);

		least.loads = costs.loads < least.loads ? costs.loads : least.loads;
		least.first = costs.first < least.first ? costs.first : least.first;
		least.second = costs.second < least.second ? costs.second : least.second;
	}
	assert_equals(least.loads, 0, "minor faults of loads");
	assert_equals(least.first, PAGES, "minor faults of the first store to each page");
	assert_equals(least.second, 0, "minor faults of the second store");
}

CLAIM(the_pages_stay_where_they_are, "softdirty-04",
      "Clearing and marking move no page to another frame, and change no byte",
      .needs = NEEDED | FRAME_NUMBERS)
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1);

	size_t kept = 0;

	/* The kernel may move a page for reasons of its own. */
	for (int tries = 0; tries < 3 && kept < PAGES; tries++) {
		struct pages before = observe_pages("before", area, PAGES);

		clear_marks();
		for (size_t i = 0; i < PAGES; i++) {
			store(page(area, i), load(page(area, i)));
		}
		kept = count_frames_kept(observe_pages("after", area, PAGES), before);
	}
	assert_equals(kept, PAGES, "frames kept");
	assert_pattern(area, PAGES * page_size(), 1, "what the pages hold");
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

CONTROL(without_clearing_all_are_marked,
	"softdirty-01 softdirty-02 softdirty-03 softdirty-04 softdirty-05 ptable-19",
	"Pages that were written to keep their marks, and cost no fault, as long as nobody clears",
	.needs = NEEDED | FAULT_COUNTS)
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1);

	assert_marks(area, "xxxxxxxx");
	assert_equals(faults_of(store_each(area, PAGES, 'x')).minor, 0, "minor faults of a store");
	assert_marks(area, "xxxxxxxx");
}
