/* SPDX-License-Identifier: MIT */
/*
 * A program can ask for pages beforehand, and let them go
 * =======================================================
 *
 * Document 004 (18.4) speaks of "predictable memory use" that the kernel may profit from. Nobody can predict
 * as well as the program. With madvise(2) or posix_fadvise(2), WILLNEED, or readahead(2), it
 * has pages read while it does other things; whoever then loads finds them in the page cache, by a minor
 * fault instead of a major one. DONTNEED of posix_fadvise(2) is the opposite: it lets go of pages of
 * a file that nobody needs, which means: clean, whole, and in no page table.
 *
 *      WILLNEED     . . . . . . . .   ->   # # # # # # # #      read, entered nowhere
 *      DONTNEED     # # # # m # # #   ->   # . . . m . . #      m: mapped and touched
 *                    ^-----------^         only whole pages of the range
 *
 * One call is honoured up to what a device takes at a time, so it is made for 128 KiB at once.
 *
 * Look with: ru_majflt of getrusage(2); mincore(2).
 * Read on:   posix_fadvise(2), madvise(2), readahead(2); document 004 section 18.4.
 */
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("A program can ask for pages beforehand, and let them go");

enum { PAGES = 64, CHUNK = 128 * 1024, PATIENCE = 256, MAPPED = 40, SEED = 5 };

static int cold_file(size_t count)
{
	int fd = disk_file(count, SEED);

	if (!cool_down(fd, count)) {
		undecided("needs a file that leaves the page cache: a disk at rest below TMPDIR");
	}
	return fd;
}

/* Pages are on their way: as long as it takes to read so many others, one by one, they may be. */
static void wait_for_pages(const char *area)
{
	int others = cold_file(PATIENCE);
	char byte;

	arrange(posix_fadvise(others, 0, 0, POSIX_FADV_RANDOM) == 0);
	for (size_t i = 0; i < PATIENCE && count_in_memory(area, PAGES) < PAGES; i++) {
		arrange(pread(others, &byte, 1, (off_t)(i * page_size())) == 1);
	}
	assert_equals(count_in_memory(area, PAGES), PAGES, "pages in memory that were asked for");
}

enum way { ADVISE_MEMORY, ADVISE_FILE, READ_AHEAD };

static void ask_for(int fd, char *area, enum way way)
{
	for (size_t at = 0; at < PAGES * page_size(); at += CHUNK) {
		size_t some = PAGES * page_size() - at < CHUNK ? PAGES * page_size() - at : CHUNK;

		switch (way) {
		case ADVISE_MEMORY:
			assert_accepted(madvise(area + at, some, MADV_WILLNEED));
			break;
		case ADVISE_FILE:
			assert_equals(posix_fadvise(fd, (off_t)at, (off_t)some, POSIX_FADV_WILLNEED),
				      0, "posix_fadvise(2)");
			break;
		case READ_AHEAD:
			assert_accepted(readahead(fd, (off_t)at, some));
			break;
		}
	}
}

CLAIM(what_was_asked_for_costs_no_wait, "mapfile-19 fadvise-01",
      "Pages of a cold file that were asked for, in any of three ways, cost no major fault",
      .needs = DISK_FILE | FAULT_COUNTS)
{
	for (enum way way = ADVISE_MEMORY; way <= READ_AHEAD; way++) {
		int fd = cold_file(PAGES);
		char *area = fresh_mapping(PAGES, MAP_SHARED, fd);

		arrange(madvise(area, PAGES * page_size(), MADV_RANDOM) == 0);
		ask_for(fd, area, way);
		wait_for_pages(area);

		struct faults spent = faults_of(load_each(area, PAGES));

		assert_equals(spent.major, 0, "major faults");
		assert_at_least(spent.minor, 1, "minor faults: the pages had been entered nowhere");
		assert_pattern(area, PAGES * page_size(), SEED, "the file");
	}
}

CONTROL(what_was_not_asked_for_is_waited_for, "mapfile-19 fadvise-01",
	"The same loads without having asked cost a major fault a page",
	.needs = DISK_FILE | FAULT_COUNTS)
{
	char *area = fresh_mapping(PAGES, MAP_SHARED, cold_file(PAGES));

	arrange(madvise(area, PAGES * page_size(), MADV_RANDOM) == 0);
	assert_equals(faults_of(load_each(area, PAGES)).major, PAGES, "major faults");
}

/* All of it in memory and clean, of which one page is in a page table. */
static char *warm_mapping(int *fd)
{
	*fd = disk_file(PAGES, SEED);

	char *area = fresh_mapping(PAGES, MAP_SHARED, *fd);

	store(page(area, MAPPED), load(page(area, MAPPED))); /* a load would map its neighbours */
	arrange(fsync(*fd) == 0);
	return area;
}

CLAIM(whole_pages_that_nobody_needs_go, "fadvise-02",
      "DONTNEED drops the whole pages of its range; one that is in a page table stays",
      .needs = DISK_FILE)
{
	int fd;
	char *area = warm_mapping(&fd);
	size_t half = page_size() / 2;

	arrange(count_in_memory(area, PAGES) == PAGES);
	assert_equals(posix_fadvise(fd, (off_t)(15 * page_size() + half),
				    (off_t)(32 * page_size()), POSIX_FADV_DONTNEED),
		      0, "posix_fadvise(2)");
	assert_equals(count_in_memory(area, 16), 16, "pages in memory, up to where it began");
	assert_equals(count_in_memory(page(area, 47), PAGES - 47), PAGES - 47,
		      "pages in memory, from where it ended");
	assert_equals(count_in_memory(page(area, 16), 16), 0, "pages in memory inside");
	assert_equals(posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED), 0, "posix_fadvise(2)");
	assert_equals(count_in_memory(page(area, MAPPED), 1), 1, "the page in a page table");
	assert_equals(count_in_memory(area, 16), 0, "the pages that had stayed");
	assert_pattern(area, PAGES * page_size(), SEED, "the file");
}

CONTROL(other_advice_drops_nothing, "fadvise-02",
	"Advice to read less ahead, or the usual, leaves all pages in memory", .needs = DISK_FILE)
{
	const int advice[] = {POSIX_FADV_NORMAL, POSIX_FADV_RANDOM, POSIX_FADV_SEQUENTIAL,
			      POSIX_FADV_NOREUSE, POSIX_FADV_WILLNEED};
	int fd;
	char *area = warm_mapping(&fd);

	load_each(area, PAGES);
	for (size_t i = 0; i < 5; i++) {
		assert_equals(posix_fadvise(fd, 0, 0, advice[i]), 0, "posix_fadvise(2)");
		assert_equals(count_in_memory(area, PAGES), PAGES, "pages in memory");
	}
}

CLAIM(a_wrong_advice_is_named_by_its_answer, "fadvise-03",
      "posix_fadvise answers with the error itself: EINVAL, EBADF, or ESPIPE, and leaves errno alone")
{
	int fd = scratch_file(1, SEED), ends[2];

	arrange(pipe(ends) == 0);
	errno = 0;
	assert_equals(posix_fadvise(fd, 0, 0, 99), EINVAL, "the answer to an unknown advice");
	assert_equals(posix_fadvise(-1, 0, 0, POSIX_FADV_NORMAL), EBADF, "without a file");
	assert_equals(posix_fadvise(ends[0], 0, 0, POSIX_FADV_NORMAL), ESPIPE, "for a pipe");
	assert_equals(errno, 0, "errno afterwards");
}

CONTROL(a_fitting_advice_is_taken, "fadvise-03", "Each advice there is, for an ordinary file, is taken")
{
	int fd = scratch_file(1, SEED);

	for (int advice = POSIX_FADV_NORMAL; advice <= POSIX_FADV_NOREUSE; advice++) {
		assert_equals(posix_fadvise(fd, 0, 0, advice), 0, "posix_fadvise(2)");
	}
}
