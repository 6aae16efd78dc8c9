/* SPDX-License-Identifier: MIT */
/*
 * Clean pages that nobody maps can be dropped from the cache
 * ==========================================================
 *
 * What a program has read stays in the page cache, for whoever may want it next (document 004,
 * 18.3). Who knows that nobody will can say so: posix_fadvise(2) with POSIX_FADV_DONTNEED drops
 * pages of a file. It is advice, and taken with care: a page goes if all of it lies in the range,
 * if it is clean, and if no page table holds it. Nothing is ever lost by it, for the file is read
 * again when it is needed.
 *
 *      range              |- - - - - - - - - - - - -|
 *      pages        [ # ][ # ][ # ][ # ][ m ][ # ][ # ][ # ]      m: in a page table
 *      afterwards   [ # ][ # ][   ][   ][ m ][   ][ # ][ # ]
 *
 * Look with: mincore(2).
 * Read on:   posix_fadvise(2); document 004 section 18.3.
 */
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("Clean pages that nobody maps can be dropped from the cache");

enum { PAGES = 64, MAPPED = 40, SEED = 5 };

/* All of it in memory and clean, of which one page is in a page table. */
static char *warm_mapping(int *fd)
{
	*fd = disk_file(PAGES, SEED);

	char *area = fresh_mapping(PAGES, MAP_SHARED, *fd), same;

	pattern_bytes(&same, 1, SEED, MAPPED * page_size());
	store(page(area, MAPPED), (unsigned char)same); /* a load would map its neighbours */
	arrange(fsync(*fd) == 0);
	return area;
}

CLAIM(whole_pages_that_nobody_needs_go, "fadvise-02",
      "DONTNEED drops the whole pages of its range; one that is in a page table stays",
      .needs = DISK_FILE | ADVICE)
{
	int fd;
	char *area = warm_mapping(&fd);
	size_t half = page_size() / 2;

	arrange(count_in_memory(area, PAGES) == PAGES);
	assert_equals(posix_fadvise(fd, (off_t)(15 * page_size() + half), (off_t)(32 * page_size()),
				    POSIX_FADV_DONTNEED),
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
	"Advice to read less ahead, or the usual, leaves all pages in memory",
	.needs = DISK_FILE | ADVICE)
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
      "posix_fadvise answers with the error itself: EINVAL, EBADF, or ESPIPE, and leaves errno "
      "alone",
      .needs = ADVICE)
{
	int fd = scratch_file(1, SEED), ends[2];

	arrange(pipe(ends) == 0);
	errno = 0;
	assert_equals(posix_fadvise(fd, 0, 0, 99), EINVAL, "the answer to an unknown advice");
	assert_equals(posix_fadvise(-1, 0, 0, POSIX_FADV_NORMAL), EBADF, "without a file");
	assert_equals(posix_fadvise(ends[0], 0, 0, POSIX_FADV_NORMAL), ESPIPE, "for a pipe");
	assert_equals(errno, 0, "errno afterwards");
}

CONTROL(a_fitting_advice_is_taken, "fadvise-03",
	"Each advice there is, for an ordinary file, is taken", .needs = ADVICE)
{
	/* Not in order: the last two have other numbers on s390x. */
	const int advice[] = {POSIX_FADV_NORMAL,   POSIX_FADV_RANDOM,   POSIX_FADV_SEQUENTIAL,
			      POSIX_FADV_WILLNEED, POSIX_FADV_DONTNEED, POSIX_FADV_NOREUSE};
	int fd = scratch_file(1, SEED);

	for (size_t i = 0; i < sizeof advice / sizeof *advice; i++) {
		assert_equals(posix_fadvise(fd, 0, 0, advice[i]), 0, "posix_fadvise(2)");
	}
}
