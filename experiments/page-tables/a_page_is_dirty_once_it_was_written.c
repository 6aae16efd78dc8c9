/* SPDX-License-Identifier: MIT */
/*
 * A page is dirty once it was written
 * ===================================
 *
 * A page of a file that was only read equals what is on the disk: it can be dropped at any time. One
 * that was written to has to be written back first. The dirty bit of the entry tells them apart
 * (document 004, sections 8.1 and 11.4), and nothing else does: a program that stores a byte tells
 * nobody.
 *
 *      all pages read          - - - - - - - -
 *      stores to 1, 2, 6       - D D - - - D -
 *      msync(MS_SYNC)          - - - - - - - -       the disk has them
 *      a store to 2            - - D - - - - -       one fault
 *
 * The last line is where the document is only roughly right. The hardware sets the bit by itself, but
 * for files the kernel wants to hear of it at once, to limit how much is dirty and to let the
 * file system find room. So after each write-back it takes the right to write from the entry, and the
 * next first store costs a fault. Files in memory are never written back, and have none.
 *
 * Look with: Shared_Dirty and Private_Dirty in /proc/PID/smaps; getrusage(2); pread(2).
 * Read on:   msync(2), proc_pid_smaps(5); document 004 sections 8.1, 11.4 and 16.
 */
#include <limits.h>
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("A page is dirty once it was written");

enum { PAGES = 32, WRITTEN = 5, ATTEMPTS = 5 };

static const size_t written[WRITTEN] = {0, 7, 8, 20, PAGES - 1};

static size_t dirty_pages(const char *area)
{
	return observe_usage("mapped file", area, PAGES * page_size()).dirty / page_size();
}

static void write_back(char *area)
{
	arrange(msync(area, PAGES * page_size(), MS_SYNC) == 0);
}

static void write_some(char *area, unsigned char value)
{
	for (size_t i = 0; i < WRITTEN; i++) {
		store(page(area, written[i]) + i, value);
	}
}

CLAIM(dirty_is_what_was_written, "ptable-10",
      "Reading a mapped file makes no page dirty; stores make dirty those pages, and no others",
      .needs = DISK_FILE | AREA_USAGE)
{
	char *area = fresh_mapping(PAGES, MAP_SHARED, disk_file(PAGES, 1));
	size_t dirty = 0;

	load_each(area, PAGES);
	assert_equals(dirty_pages(area), 0, "dirty pages after reading all");
	/* The kernel may begin to write back at any time, on its own account: then again. */
	for (int attempt = 0; attempt < ATTEMPTS && dirty != WRITTEN; attempt++) {
		write_some(area, (unsigned char)('a' + attempt));
		dirty = dirty_pages(area);
	}
	assert_equals(dirty, WRITTEN, "dirty pages after stores to five");
	write_back(area);
	assert_equals(dirty_pages(area), 0, "dirty pages after msync");
}

CLAIM(what_is_dirty_reaches_the_file, "ptable-10",
      "What was stored is in the file, byte for byte, after msync as before, and nothing else is")
{
	int fd = scratch_file(PAGES, 1);
	char *area = fresh_mapping(PAGES, MAP_SHARED, fd);
	static char expected[64 * 1024], seen[64 * 1024];

	arrange(page_size() <= sizeof expected);
	load_each(area, PAGES);
	write_some(area, 'w');
	for (int round = 0; round < 2; round++) {
		size_t next = 0;

		for (size_t i = 0; i < PAGES; i++) {
			pattern_bytes(expected, page_size(), 1, i * page_size());
			if (next < WRITTEN && written[next] == i) {
				expected[next++] = 'w';
			}
			arrange(pread(fd, seen, page_size(), (off_t)(i * page_size())) ==
				(ssize_t)page_size());
			assert_same_bytes(seen, expected, page_size(), "a page of the file");
		}
		write_back(area);
	}
}

CLAIM(the_first_store_after_a_write_back_faults, "ptable-11",
      "After each write-back the first store to a page costs one fault, and the second costs none",
      .needs = DISK_FILE | FAULT_COUNTS)
{
	need_room_for_dirty_pages(PAGES); /* or they are written back at any moment */

	char *area = fresh_mapping(PAGES, MAP_SHARED, disk_file(PAGES, 1));

	store_each(area, PAGES, 'x');
	for (int round = 0; round < 2; round++) {
		long first = LONG_MAX, second = LONG_MAX;

		/* A fault may have to be taken twice, and write-back begin in between: the least counts. */
		for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
			write_back(area);
			keep_least(&first, of_both_kinds(faults_of(write_some(area, '1'))));
			keep_least(&second, of_both_kinds(faults_of(write_some(area, '2'))));
		}
		assert_equals(first, WRITTEN, "faults of the first stores");
		assert_equals(second, 0, "faults of the second stores");
	}
}

CONTROL(a_file_in_memory_is_never_written_back, "ptable-10 ptable-11",
	"Stores to a file in memory fault no more after msync than before, and leave its pages "
	"dirty",
	.needs = FAULT_COUNTS | AREA_USAGE)
{
	char *area = fresh_mapping(PAGES, MAP_SHARED, memory_file(PAGES, 1));

	store_each(area, PAGES, 'x');
	assert_equals(dirty_pages(area), PAGES, "dirty pages");
	write_back(area);
	assert_equals(of_both_kinds(faults_of(write_some(area, '1'))), 0, "faults after msync");
	assert_equals(dirty_pages(area), PAGES, "dirty pages after msync");
}
