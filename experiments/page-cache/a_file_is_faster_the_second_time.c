/* SPDX-License-Identifier: MIT */
/*
 * A file is faster the second time
 * ================================
 *
 * "The page cache is one reason repeated file access often becomes much faster after the first
 * read", says document 004 (18.3). What read(2) or a fault has brought from the disk stays in
 * memory after the buffer was thrown away and the mapping removed, as long as there is room. The
 * next pass, by whomever and in whatever way, waits for no disk.
 *
 *      first pass     load . . disk . . load . . disk . . load . . disk . .
 *      second pass    load load load                                          though mapped anew
 *
 * How fast a disk is, is its own affair; only that memory is faster is asserted.
 *
 * Look with: ru_majflt of getrusage(2); times, as a ratio in one run.
 * Read on:   read(2), posix_fadvise(2); document 004 section 18.3.
 */
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("A file is faster the second time");

enum { PAGES = 16, SEED = 5, LARGEST_PAGE = 64 * 1024 };

/* Nothing of the file is in memory; what was on its way has come, for all of it was waited for. */
static void empty_the_cache(void *context)
{
	make_cold(*(int *)context, PAGES);
}

/* Page by page, each of which is asked for when it is its turn, and not before. */
static void read_all(void *context)
{
	static char buffer[LARGEST_PAGE];

	for (size_t i = 0; i < PAGES; i++) {
		arrange(pread(*(int *)context, buffer, page_size(), (off_t)(i * page_size())) ==
			(ssize_t)page_size());
	}
}

static int file_without_read_ahead(void)
{
	int fd = disk_file(PAGES, SEED);

	arrange(page_size() <= LARGEST_PAGE);
	arrange(posix_fadvise(fd, 0, 0, POSIX_FADV_RANDOM) == 0);
	return fd;
}

/* The major faults of loading each page of a mapping that is made for it, and removed. */
static long major_faults_of_a_pass(int fd)
{
	char *area = mmap(NULL, PAGES * page_size(), PROT_READ, MAP_SHARED, fd, 0);

	arrange(area != MAP_FAILED && madvise(area, PAGES * page_size(), MADV_RANDOM) == 0);

	long major = faults_of(load_each(area, PAGES)).major;

	assert_pattern(area, PAGES * page_size(), SEED, "the file");
	arrange(munmap(area, PAGES * page_size()) == 0);
	return major;
}

CLAIM(the_second_pass_waits_for_nothing, "mapfile-15",
      "The first pass over a mapped file waits for each page, the second, mapped anew, for none",
      .needs = DISK_FILE | FAULT_COUNTS)
{
	int fd = file_without_read_ahead();

	make_cold(fd, PAGES);
	assert_equals(major_faults_of_a_pass(fd), PAGES, "major faults of the first pass");
	assert_equals(major_faults_of_a_pass(fd), 0, "major faults of the second pass");
	make_cold(fd, PAGES);
	read_all(&fd);
	assert_equals(major_faults_of_a_pass(fd), 0, "major faults of a pass after read(2)");
}

CLAIM(the_second_pass_is_faster, "mapfile-15",
      "Reading a file that was read before takes less time, by a third at least",
      .needs = DISK_FILE | TIMING)
{
	int fd = file_without_read_ahead();
	struct race race = {.before_slow = empty_the_cache,
			    .slow = read_all,
			    .before_fast = read_all,
			    .fast = read_all,
			    .context = &fd,
			    .wanted = 1.5};

	assert_race(&race, "reading from the disk, against reading from memory");
}

CONTROL(without_the_cache_it_waits_again, "mapfile-15",
	"When the pages are dropped in between, the second pass waits as often as the first",
	.needs = DISK_FILE | FAULT_COUNTS)
{
	int fd = file_without_read_ahead();

	for (int pass = 0; pass < 2; pass++) {
		make_cold(fd, PAGES);
		assert_equals(major_faults_of_a_pass(fd), PAGES, "major faults of a pass");
	}
}
