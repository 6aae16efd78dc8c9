/* SPDX-License-Identifier: MIT */
/*
 * read looks ahead of who goes straight on
 * ========================================
 *
 * "If the OS detects sequential file access, it may load pages ahead of time" (document 004,
 * 18.4). For read(2) that is what happens. A single read in the midst of a file brings what was
 * asked for and nothing more. Who goes on where the last read ended is met by a window, small at
 * first, which then grows. (A mapping is read around the first load, without any such proof.)
 *
 *                            cold file, x = asked for, # = came along
 *      here and there          . x . . . . . x . . . . . x . .
 *      straight on             . . x x x # # # # . . . . . . .
 *      POSIX_FADV_RANDOM       . . x x x . . . . . . . . . . .
 *
 * Look with: mincore(2), which sees what is in the page cache.
 * Read on:   posix_fadvise(2), readahead(2); document 004 section 18.4.
 */
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("read looks ahead of who goes straight on");

enum {
	PAGES = 256,
	MIDDLE = 133,
	RUN = 8,
	STRIDE = 16,
	SEED = 5,
	TRIES = 10,
	LARGEST_PAGE = 64 * 1024
};

/* A file of which no page is in memory, and a mapping of it. */
static char *cold_mapping(int *fd)
{
	*fd = cold_file(PAGES, SEED);

	return fresh_mapping(PAGES, MAP_SHARED, *fd);
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

/* A load reads around itself at once, wherever there is any read-ahead. */
static void needs_read_ahead(void)
{
	int fd;
	char *area = cold_mapping(&fd);

	load(page(area, MIDDLE));
	if (count_in_memory(area, PAGES) <= RUN / 2) {
		undecided("needs read-ahead of more pages: read_ahead_kb below /sys/class/bdi");
	}
}

CLAIM(a_single_read_brings_what_was_asked_for, "mapfile-24",
      "Reads of a page each, here and there in a cold file, bring just those pages",
      .needs = DISK_FILE)
{
	int fd;
	char *area = cold_mapping(&fd);

	for (size_t i = STRIDE / 2; i < PAGES; i += STRIDE) {
		read_page(fd, i);
		assert_equals(count_in_memory(page(area, i - 1), 3), 1, "pages in memory about it");
	}
	assert_equals(count_in_memory(area, PAGES), PAGES / STRIDE, "pages in memory after all");
}

CLAIM(who_goes_on_gets_more, "mapfile-24",
      "As many reads in a row, from the midst of a cold file, bring more pages than were read",
      .needs = DISK_FILE)
{
	size_t came = 0;
	int fd;

	needs_read_ahead();
	for (size_t i = 0; i < TRIES && came <= RUN; i++) {
		char *area = cold_mapping(&fd);
		for (size_t at = MIDDLE; at < MIDDLE + RUN; at++) {
			read_page(fd, at);
		}

		came = count_in_memory(area, PAGES);
		assert_equals(count_in_memory(area, MIDDLE), 0, "pages in memory before the first");
	}
	assert_at_least(came, RUN + 1, "pages in memory after eight reads in a row");
}

CONTROL(reads_at_random_bring_no_more, "mapfile-24",
	"After POSIX_FADV_RANDOM the same reads in a row bring just the pages that were read",
	.needs = DISK_FILE)
{
	int fd;
	char *area = cold_mapping(&fd);

	assert_equals(posix_fadvise(fd, 0, 0, POSIX_FADV_RANDOM), 0, "posix_fadvise(2)");
	for (size_t i = 0; i < RUN; i++) {
		read_page(fd, MIDDLE + i);
		assert_equals(count_in_memory(area, PAGES), i + 1, "pages in memory");
	}
}
