/* SPDX-License-Identifier: MIT */
/*
 * mincore tells strangers nothing about a file's pages
 * ====================================================
 *
 * The page cache is common to all, and whether a page is in it tells who used it, and when. A
 * program could watch by mincore(2) which pages of a library or of a data base another one
 * touches. Since Linux 5.2 it tells the truth only to who owns the file or may write it. All
 * others, though they may read and map it, are told that every page is in memory.
 *
 *                             pages of the file     . . # . . # . .      (# in memory)
 *      told to the owner                            0 0 1 0 0 1 0 0
 *      told to a reader                             1 1 1 1 1 1 1 1
 *      told to who may write                        0 0 1 0 0 1 0 0
 *
 * Look with: mincore(2), asked by a child that is somebody else.
 * Read on:   mincore(2) "NOTES"; document 004 section 18.3.
 */
#include <sys/mman.h>
#include <sys/stat.h>

#include <touchstone/experiment.h>

EXPERIMENT("mincore tells strangers nothing about a file's pages");

enum { PAGES = 8, SEED = 5 };

/* A file of which no page is in memory, for reading or also for writing by everybody. */
static int file_of_mode(mode_t mode)
{
	int fd = cold_file(PAGES, SEED);

	arrange(fchmod(fd, mode) == 0);
	return fd;
}

/* In a child: from here on somebody else, with no privileges. */
static void become_a_stranger(void)
{
	if (!become_another_user()) {
		undecided("needs leave to become another user: run as root");
	}
}

static void assert_told(char *area, unsigned char answer, const char *what)
{
	unsigned char told[PAGES];

	memset(told, 0x2a, sizeof told);
	assert_accepted(mincore(area, PAGES * page_size(), told));
	assert_all_bytes(told, PAGES, answer, what);
}

CLAIM(a_stranger_is_told_that_all_is_there, "mincore-05",
      "Who may only read a file is told that each page is in memory, though none is",
      .needs = DISK_FILE)
{
	char *area = fresh_mapping(PAGES, MAP_SHARED, file_of_mode(0644));
	char *private = fresh_mapping(PAGES, MAP_PRIVATE, file_of_mode(0644));

	assert_told(area, 0, "what the owner is told");
	IN_CHILD {
		become_a_stranger();
		assert_told(area, 1, "what a stranger is told of a shared mapping");
		assert_told(private, 1, "what a stranger is told of a private mapping");
	}
	assert_told(area, 0, "what the owner is told afterwards");
	assert_told(private, 0, "what the owner is told afterwards");
}

CLAIM(memory_is_everybodys_own, "mincore-05",
      "Of memory that no file stands behind anybody is told the truth", .needs = PAGE_STATES)
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE);

	IN_CHILD {
		become_a_stranger();
		assert_told(area, 0, "untouched");
		store_each(area, PAGES, 's');
		assert_told(area, 1, "stored");
	}
	assert_told(area, 0, "untouched by the parent");
}

CONTROL(who_may_write_is_told_the_truth, "mincore-05",
	"Who may write the file is told that no page is in memory, stranger or not",
	.needs = DISK_FILE)
{
	char *area = fresh_mapping(PAGES, MAP_SHARED, file_of_mode(0666));

	IN_CHILD {
		become_a_stranger();
		assert_told(area, 0, "what a stranger is told who may write");
	}
}
