/* SPDX-License-Identifier: MIT */
/*
 * A mapped file is read ahead, and even around the first load
 * ===========================================================
 *
 * "If the OS detects sequential file access, it may load pages ahead of time" (document 004,
 * 18.4). For a mapping Linux waits for no such proof. The very first load of a page that is not
 * cached reads a window around it, as large as read-ahead goes: who touches one byte of a page is
 * believed to want more. So a walk through a mapped file waits for the disk far less often than it
 * meets a new page.
 *
 *                      cold file, x = loaded, # = came along
 *      a load            . . # # # # # x # # # # # . . .
 *      MADV_RANDOM       . . . . . . . x . . . . . . . .
 *
 * Look with: mincore(2); ru_majflt of getrusage(2); /sys/class/bdi/MAJOR:MINOR/read_ahead_kb.
 * Read on:   madvise(2) MADV_RANDOM, readahead(2); document 004 section 18.4.
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("A mapped file is read ahead, and even around the first load");

/* In the MIDDLE, where no request to the disk is likely to begin. */
enum { PAGES = 256, MIDDLE = 133, SEED = 5, TRIES = 10 };

static void needs_read_ahead(int fd, size_t pages)
{
	char setting[READ_AHEAD_SETTING];
	long long bytes = read_ahead_of(fd, setting);

	if (bytes < 0) {
		undecided("needs to know how far files are read ahead: %s", setting);
	}
	if ((size_t)bytes / page_size() < pages) {
		undecided("needs more read-ahead: write %zu or more to %s",
			  pages * page_size() / 1024, setting);
	}
}

/* A file of which no page is in memory, and a mapping of it. */
static char *cold_mapping(int *fd, int advice)
{
	*fd = cold_file(PAGES, SEED);

	char *area = fresh_mapping(PAGES, MAP_SHARED, *fd);

	arrange(madvise(area, PAGES * page_size(), advice) == 0);
	return area;
}

CLAIM(a_walk_waits_less_often_than_it_steps, "mapfile-17",
      "Loading a cold file page after page costs a major fault for at most every fourth page",
      .needs = DISK_FILE | FAULT_COUNTS)
{
	int fd;
	char *area = cold_mapping(&fd, MADV_NORMAL);

	needs_read_ahead(fd, 16);

	struct faults spent = faults_of(load_each(area, PAGES));

	assert_at_least(spent.major, 1, "major faults");
	assert_at_most(spent.major, PAGES / 4, "major faults");
	assert_pattern(area, PAGES * page_size(), SEED, "the file");
}

CLAIM(the_first_load_brings_more_than_its_page, "mapfile-18",
      "The first load, in the midst of a cold file, brings the page before it, too",
      .needs = DISK_FILE | FAULT_COUNTS)
{
	size_t before = 0;
	int fd;

	for (size_t i = 0; i < TRIES && before == 0; i++) {
		char *area = cold_mapping(&fd, MADV_NORMAL);

		needs_read_ahead(fd, 4);
		assert_equals(faults_of(load(page(area, MIDDLE))).major, 1,
			      "major faults of a load");
		before = count_in_memory(page(area, MIDDLE - 1), 1);
		evidence("pages in memory", "%zu", count_in_memory(area, PAGES));
	}
	assert_equals(before, 1, "pages in memory of the one before it");
}

CONTROL(who_says_random_gets_no_more, "mapfile-17 mapfile-18",
	"After MADV_RANDOM each load brings just its page, and waits for it",
	.needs = DISK_FILE | FAULT_COUNTS)
{
	int fd;
	char *area = cold_mapping(&fd, MADV_RANDOM);

	assert_equals(faults_of(load(page(area, MIDDLE))).major, 1, "major faults of a load");
	assert_equals(count_in_memory(area, PAGES), 1, "pages in memory after one load");
	assert_equals(faults_of(load_each(area, PAGES)).major, PAGES - 1,
		      "major faults of all the others");
}
