/* SPDX-License-Identifier: MIT */
/*
 * The kernel reads ahead, and sooner for loads than for read(2)
 * =============================================================
 *
 * "If the OS detects sequential file access, it may load pages ahead of time" (document 004, 18.4). For read(2)
 * it is so: a single read in the midst of a file brings what was asked for, and only who goes on
 * where the last read ended is met by a window, small at first, which then grows. For a mapping
 * Linux waits for no such proof. The very first load of a page that is not cached reads a
 * window around it, as large as read-ahead goes: who touches one byte of a page is believed to want more.
 *
 *                      cold file, x = asked for, # = came along
 *      read(2), once     . . . . . . . x . . . . . . . .
 *      read(2), on       . . . . . . . x x x # # # # . .
 *      a load            . . # # # # # x # # # # # . . .
 *      MADV_RANDOM       . . . . . . . x . . . . . . . .
 *
 * So a walk through a mapped file waits for the disk far less often than it meets a new page.
 *
 * Look with: mincore(2); ru_majflt of getrusage(2); /sys/class/bdi/MAJOR:MINOR/read_ahead_kb.
 * Read on:   madvise(2), posix_fadvise(2), readahead(2); document 004 section 18.4.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("The kernel reads ahead, and sooner for loads than for read(2)");

/* MIDDLE is where no request to the disk is likely to begin; RUN pages are read, or every STRIDE. */
enum { PAGES = 256, MIDDLE = 133, RUN = 8, STRIDE = 16, SEED = 5, TRIES = 10, LARGEST_PAGE = 64 * 1024 };

static void needs_read_ahead(int fd, size_t pages)
{
	struct stat file;
	char path[80], text[24] = "";

	arrange(fstat(fd, &file) == 0);
	snprintf(path, sizeof path, "/sys/class/bdi/%u:%u/read_ahead_kb", major(file.st_dev),
		 minor(file.st_dev));

	int setting = open(path, O_RDONLY | O_CLOEXEC);

	if (setting < 0 || read(setting, text, sizeof text - 1) <= 0) {
		undecided("needs to know how far files are read ahead: %s", path);
	}
	close(setting);
	if (strtoul(text, NULL, 10) * 1024 / page_size() < pages) {
		undecided("needs more read-ahead: write %zu or more to %s",
			  pages * page_size() / 1024, path);
	}
}

/* A file of which no page is in memory, and a mapping of it. */
static char *cold_mapping(int *fd, int advice)
{
	*fd = disk_file(PAGES, SEED);
	if (!cool_down(*fd, PAGES)) {
		undecided("needs a file that leaves the page cache: a disk at rest below TMPDIR");
	}

	char *area = fresh_mapping(PAGES, MAP_SHARED, *fd);

	arrange(madvise(area, PAGES * page_size(), advice) == 0);
	return area;
}

static void read_page(int fd, size_t number)
{
	static char buffer[LARGEST_PAGE], expected[LARGEST_PAGE];

	arrange(page_size() <= sizeof buffer);
	assert_equals(pread(fd, buffer, page_size(), (off_t)(number * page_size())), page_size(),
		      "bytes read");
	pattern_bytes(expected, page_size(), SEED, number * page_size());
	assert_same_bytes(buffer, expected, page_size(), "what was read");
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
		assert_equals(faults_of(load(page(area, MIDDLE))).major, 1, "major faults of a load");
		before = count_in_memory(page(area, MIDDLE - 1), 1);
		evidence("pages in memory", "%zu", count_in_memory(area, PAGES));
	}
	assert_equals(before, 1, "pages in memory of the one before it");
}

CLAIM(a_single_read_brings_what_was_asked_for, "mapfile-24",
      "Single reads, far from each other, bring a page each; reads that go on bring more",
      .needs = DISK_FILE)
{
	size_t came = 0;
	int fd;
	char *area = cold_mapping(&fd, MADV_NORMAL);

	needs_read_ahead(fd, 4);
	for (size_t i = STRIDE / 2; i < PAGES; i += STRIDE) {
		read_page(fd, i);
		assert_equals(count_in_memory(page(area, i - 1), 3), 1, "pages in memory about it");
	}
	assert_equals(count_in_memory(area, PAGES), PAGES / STRIDE, "pages in memory after all");
	for (size_t i = 0; i < TRIES && came <= RUN; i++) {
		area = cold_mapping(&fd, MADV_NORMAL);
		for (size_t at = MIDDLE; at < MIDDLE + RUN; at++) {
			read_page(fd, at);
		}
		came = count_in_memory(area, PAGES);
		assert_equals(count_in_memory(area, MIDDLE), 0, "pages in memory before the first");
	}
	assert_at_least(came, RUN + 1, "pages in memory after eight reads in a row");
}

CONTROL(who_says_random_gets_no_more, "mapfile-17 mapfile-18 mapfile-24",
	"After MADV_RANDOM each load, after POSIX_FADV_RANDOM each read, brings just its page",
	.needs = DISK_FILE | FAULT_COUNTS)
{
	int fd;
	char *area = cold_mapping(&fd, MADV_RANDOM);

	assert_equals(faults_of(load(page(area, MIDDLE))).major, 1, "major faults of a load");
	assert_equals(count_in_memory(area, PAGES), 1, "pages in memory after one load");
	assert_equals(faults_of(load_each(area, PAGES)).major, PAGES - 1,
		      "major faults of all the others");
	area = cold_mapping(&fd, MADV_NORMAL);
	assert_equals(posix_fadvise(fd, 0, 0, POSIX_FADV_RANDOM), 0, "posix_fadvise(2)");
	for (size_t i = 0; i < RUN; i++) {
		read_page(fd, MIDDLE + i);
		assert_equals(count_in_memory(area, PAGES), i + 1, "pages in memory");
	}
}
