/* SPDX-License-Identifier: MIT */
/*
 * A clean page goes without a write
 * =================================
 *
 * Not all victims cost the same, says document 004 (11.4). A page of a file that nobody has changed
 * is a copy of what is on the disk: it is forgotten, and that is all. A page of memory without a
 * file is the only copy there is. It must be written to swap before its frame can serve anybody
 * else.
 *
 *      clean page of a file     [frame] -> given up                         and later: read again
 *      page without a file      [frame] -> slot, entry, write -> given up   and later: read again
 *
 * madvise(2) with MADV_PAGEOUT has the kernel take pages as it would under pressure, at a time of
 * our choice. What is sent to the disks is counted for the whole machine: others can add to it, so
 * the quietest of some rounds is what counts.
 *
 * Look with: mincore(2); pgpgout of /proc/vmstat, in kilobytes.
 * Read on:   madvise(2) MADV_PAGEOUT, proc(5) /proc/vmstat; document 004 sections 11.4 and 12.4.
 */
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("A clean page goes without a write");

enum { PAGES = 256, ROUNDS = 20, FEWEST = 3, SEED = 5, LONGEST = 32768 };

static void let_go(char *area)
{
	if (madvise(area, PAGES * page_size(), MADV_PAGEOUT) != 0) {
		undecided("needs MADV_PAGEOUT: Linux 5.4");
	}
}

/* A new file, on the disk already and in memory still: all its pages are clean, and mapped. */
static char *clean_pages(int *fd)
{
	*fd = disk_file(PAGES, SEED);

	char *area = fresh_mapping(PAGES, MAP_SHARED, *fd);

	load_each(area, PAGES);
	return area;
}

/* Kilobytes that the machine has sent to its block devices so far. */
static long long kilobytes_sent(void)
{
	static char text[LONGEST];
	int fd = open("/proc/vmstat", O_RDONLY | O_CLOEXEC);
	ssize_t length = 0, got = 0;

	while (fd >= 0 && (got = read(fd, text + length, sizeof text - 1 - (size_t)length)) > 0) {
		length += got;
	}
	if (fd < 0 || close(fd) != 0 || !strstr(text, "\npgpgout ")) {
		undecided("needs pgpgout in /proc/vmstat: mount /proc");
	}
	return atoll(strstr(text, "\npgpgout ") + strlen("\npgpgout "));
}

/*
 * What is sent for as many pages from the first store to fsync's end, for some may be written before that, in
 * the quietest round; quiet is what sends little else.
 */
static long long cost_of_dirty_pages(void)
{
	const long long quiet = (long long)(PAGES * page_size() / 1024 * 5 / 4);
	long long least = -1;

	need_room_for_dirty_pages(PAGES);
	for (int round = 0; round < ROUNDS && (round < FEWEST || least > quiet); round++) {
		int fd;
		char *area = clean_pages(&fd);
		long long before = kilobytes_sent();

		write_pattern(area, PAGES * page_size(), SEED + 1);
		arrange(fsync(fd) == 0);

		long long sent = kilobytes_sent() - before;

		least = least < 0 || sent < least ? sent : least;
		arrange(munmap(area, PAGES * page_size()) == 0 && close(fd) == 0);
	}
	return least;
}

CLAIM(clean_pages_go_at_once, "replace-17",
      "Clean pages of a file are gone from memory at one call, and come back with every byte",
      .needs = DISK_FILE)
{
	size_t left = PAGES;
	char *area;
	int fd;

	/* A page that another processor has just put on a list may stay: then a new file. */
	for (int round = 0; round < ROUNDS && left > 0; round++) {
		area = clean_pages(&fd);
		arrange(count_in_memory(area, PAGES) == PAGES);
		let_go(area);
		left = count_in_memory(area, PAGES);
	}
	assert_equals(left, 0, "pages that are still in memory");
	assert_pattern(area, PAGES * page_size(), SEED, "the file, read again");
}

CLAIM(nothing_is_sent_to_a_disk, "replace-17",
      "While clean pages go, far less is sent to all disks of the machine than they hold",
      .needs = DISK_FILE)
{
	long long least = -1, dirty = cost_of_dirty_pages();

	if (dirty == 0) {
		undecided("needs files on a block device of this machine: TMPDIR on a local disk");
	}
	for (int round = 0; round < ROUNDS && (least < 0 || least > dirty / 4); round++) {
		int fd;
		char *area = clean_pages(&fd);
		long long before = kilobytes_sent();

		let_go(area);

		long long sent = kilobytes_sent() - before;

		least = least < 0 || sent < least ? sent : least;
		arrange(munmap(area, PAGES * page_size()) == 0 && close(fd) == 0);
	}
	assert_at_most(least, dirty / 4, "kilobytes sent meanwhile, in the quietest round");
}

CONTROL(dirty_pages_are_sent, "replace-17",
	"When as many pages are dirty and have to be written, what is sent can be seen",
	.needs = DISK_FILE)
{
	long long dirty = cost_of_dirty_pages();

	if (dirty == 0) {
		undecided("needs files on a block device of this machine: TMPDIR on a local disk");
	}
	assert_at_least(dirty, (long long)(PAGES * page_size() / 1024 / 8), "kilobytes sent");
}
