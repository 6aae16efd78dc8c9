/* SPDX-License-Identifier: MIT */
/*
 * A program can ask for pages beforehand
 * =======================================
 *
 * Document 004 (18.4) speaks of "predictable memory use" that the kernel may profit from. Nobody
 * can predict as well as the program. With madvise(2) or posix_fadvise(2), WILLNEED, or
 * readahead(2), it has pages read while it does other things; whoever then loads finds them in the
 * page cache, by a minor fault instead of a major one.
 *
 *      WILLNEED     . . . . . . . .   ->   # # # # # # # #      read, and entered nowhere
 *      loads        m m m m m m m m                             minor faults only
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

EXPERIMENT("A program can ask for pages beforehand");

enum { PAGES = 64, CHUNK = 128 * 1024, ATTEMPTS = 3, PATIENCE = 256, SEED = 5 };

/* Pages are on their way: as long as it takes to read so many others, one by one, they may be. */
static void wait_for_pages(const char *area)
{
	int others = cold_file(PATIENCE, SEED);
	char byte;

	arrange(posix_fadvise(others, 0, 0, POSIX_FADV_RANDOM) == 0);
	for (size_t i = 0; i < PATIENCE && count_in_memory(area, PAGES) < PAGES; i++) {
		arrange(pread(others, &byte, 1, (off_t)(i * page_size())) == 1);
	}
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
			assert_equals(
				posix_fadvise(fd, (off_t)at, (off_t)some, POSIX_FADV_WILLNEED), 0,
				"posix_fadvise(2)");
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
		int fd = cold_file(PAGES, SEED);
		char *area = fresh_mapping(PAGES, MAP_SHARED, fd);

		arrange(madvise(area, PAGES * page_size(), MADV_RANDOM) == 0);
		/* It is advice: where the disk has much to do a page may be passed over. */
		for (int i = 0; i < ATTEMPTS && count_in_memory(area, PAGES) < PAGES; i++) {
			ask_for(fd, area, way);
			wait_for_pages(area);
		}
		assert_equals(count_in_memory(area, PAGES), PAGES,
			      "pages in memory that were asked for");

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
	char *area = fresh_mapping(PAGES, MAP_SHARED, cold_file(PAGES, SEED));

	arrange(madvise(area, PAGES * page_size(), MADV_RANDOM) == 0);
	assert_equals(faults_of(load_each(area, PAGES)).major, PAGES, "major faults");
}
