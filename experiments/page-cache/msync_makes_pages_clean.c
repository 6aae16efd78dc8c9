/* SPDX-License-Identifier: MIT */
/*
 * msync makes pages clean, and the next store is noticed
 * ======================================================
 *
 * "Dirty mapped pages can be written back later" (document 004, 16.2), and then they are clean.
 * How does the kernel hear of the next store, when stores go past it? It takes the right to write
 * from each page it makes clean. The next store traps, the page counts as dirty again and gets its
 * right back, and from then on stores are free. So msync(2) costs one fault a page later. It works
 * by whole pages: one that the range touches is written, while of those outside it nothing is
 * said; and a hole in the range is an error that spares neither side.
 *
 *      stores                 . . . # # # # # . . .
 *      MS_SYNC of a part            |-----|
 *      afterwards             . . . . . . . ? . . .
 *      the next store               w                 one fault, then none
 *
 * Look with: Shared_Dirty and Private_Dirty in /proc/PID/smaps; ru_minflt of getrusage(2).
 * Read on:   msync(2), fsync(2), proc(5) smaps; document 004 section 16.2.
 */
#include <limits.h>
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("msync makes pages clean, and the next store is noticed");

enum { PAGES = 16, FIRST = 3, WRITTEN = 5, OLD = 5, NEW = 6, ROUNDS = 5 };

static size_t length(void)
{
	return PAGES * page_size();
}

static size_t dirty_bytes(const char *label, const char *area)
{
	return observe_usage(label, area, length()).dirty;
}

/* A mapping of a file that is on the disk, all of it clean; then five pages are written. */
static char *written_file(int sharing, int *fd)
{
	*fd = disk_file(PAGES, OLD);

	char *area = fresh_mapping(PAGES, sharing, *fd);

	load_each(area, PAGES);
	for (size_t i = FIRST; i < FIRST + WRITTEN; i++) {
		pattern_bytes(page(area, i), page_size(), NEW, i * page_size());
	}
	return area;
}

CLAIM(each_page_of_the_range_is_written, "msync-06",
      "MS_SYNC makes each page clean that its range touches, be it by the last byte alone",
      .needs = DISK_FILE | AREA_USAGE)
{
	int fd;
	char *area = written_file(MAP_SHARED, &fd);
	size_t last = FIRST + WRITTEN - 1;

	assert_accepted(msync(page(area, FIRST), (WRITTEN - 2) * page_size() + 1, MS_SYNC));
	dirty_bytes("after MS_SYNC of four pages", area);
	arrange(munmap(page(area, last), (PAGES - last) * page_size()) == 0);
	assert_equals(observe_usage("up to the range's end", area, last * page_size()).dirty, 0,
		      "dirty bytes up to the end of the range");
}

CLAIM(both_sides_of_a_hole_are_written, "msync-03",
      "MS_SYNC over a hole fails with ENOMEM, and yet makes the pages on both sides clean",
      .needs = DISK_FILE | AREA_USAGE)
{
	int fd;
	char *area = written_file(MAP_SHARED, &fd);

	arrange(munmap(page(area, FIRST + 2), page_size()) == 0);
	assert_refused(msync(area, length(), MS_SYNC), ENOMEM);
	assert_equals(observe_usage("before the hole", area, (FIRST + 2) * page_size()).dirty, 0,
		      "dirty bytes before the hole");
	assert_equals(observe_usage("behind it", page(area, FIRST + 3), page_size()).dirty, 0,
		      "dirty bytes behind it");
}

CLAIM(the_next_store_faults_once, "msync-06",
      "After MS_SYNC the first store to each page faults once, the second not, and a load never",
      .needs = DISK_FILE | FAULT_COUNTS)
{
	int fd;
	char *area = written_file(MAP_SHARED, &fd), *of_five = page(area, FIRST);
	long loads = LONG_MAX, first = LONG_MAX, second = LONG_MAX;

	/* The kernel may write back in between, of its own accord or for somebody's sync: the fewest count. */
	for (int round = 0; round < ROUNDS; round++) {
		assert_accepted(msync(area, length(), MS_SYNC));
		keep_least(&loads, of_both_kinds(faults_of(load_each(of_five, WRITTEN))));
		keep_least(&first, of_both_kinds(faults_of(store_each(of_five, WRITTEN, 'b'))));
		keep_least(&second, of_both_kinds(faults_of(store_each(of_five, WRITTEN, 'c'))));
	}
	assert_equals(loads, 0, "faults of loads");
	assert_equals(first, WRITTEN, "faults of the first stores");
	assert_equals(second, 0, "faults of the second ones");
}

CLAIM(fsync_cleans_mapped_pages_too, "msync-06",
      "fsync(2) of the file makes clean what was stored through a mapping, as MS_SYNC does",
      .needs = DISK_FILE | AREA_USAGE)
{
	int fd;
	char *area = written_file(MAP_SHARED, &fd);

	assert_accepted(fsync(fd));
	assert_equals(dirty_bytes("after fsync(2)", area), 0, "dirty bytes");
}

CONTROL(private_copies_are_never_clean, "msync-03 msync-06",
	"Stores through a private mapping are dirty for good, and the next store costs no fault",
	.needs = DISK_FILE | AREA_USAGE | FAULT_COUNTS)
{
	int fd;
	char *area = written_file(MAP_PRIVATE, &fd);

	assert_accepted(msync(area, length(), MS_SYNC));
	assert_accepted(fsync(fd));
	assert_equals(dirty_bytes("after MS_SYNC", area), WRITTEN * page_size(), "dirty bytes");
	assert_equals(faults_of(store_each(page(area, FIRST), WRITTEN, 'a')).minor, 0,
		      "faults of the next stores");
}
