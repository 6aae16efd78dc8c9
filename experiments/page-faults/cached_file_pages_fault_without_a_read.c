/* SPDX-License-Identifier: MIT */
/*
 * A file page that is cached already faults without a read
 * ========================================================
 *
 * A mapped file begins with no page in the page table, even if all of it is in memory already, in
 * the page cache. So the first access to each page faults, cached or not. But there are two
 * prices. Where the page is cached, the fault only has to find it and enter it: a minor fault, for
 * "the page can be resolved without disk I/O" (document 004, 10.2). Only a page that is nowhere in
 * memory has to be waited for, and counts as major. Once it has come it is cached, for everybody.
 *
 *      page table      page cache      disk
 *         ---             [#]           [#]          minor: enter it
 *         ---             ---           [#]          major: read it, enter it
 *         [#]             [#]           [#]          no fault
 *
 * A file in memory (memfd_create, tmpfs) is its page cache, and is never read.
 *
 * Look with: ru_minflt and ru_majflt of getrusage(2); mincore(2).
 * Read on:   getrusage(2), mmap(2), posix_fadvise(2); documents 001 "Beyond Page Faults", 003,
 *            004 sections 10.2 and 16.3.
 */
#include <touchstone/experiment.h>

EXPERIMENT("A file page that is cached already faults without a read");

enum { PAGES = 16, SEED = 8 };

/* The first load and the first store, each through a mapping that has not been used yet. */
static void assert_minor_faults(int fd, int sharing)
{
	char *read = fresh_mapping(PAGES, sharing, fd),
	     *written = fresh_mapping(PAGES, sharing, fd);
	unsigned char seen = 0;
	struct faults of_load = faults_of(seen = load(page(read, 2) + 9));
	struct faults of_store = faults_of(store(page(written, 2) + 9, seen));

	assert_equals(of_load.minor, 1, "minor faults of a load");
	assert_equals(of_load.major, 0, "major faults of a load");
	assert_equals(of_store.minor, 1, "minor faults of a store");
	assert_equals(of_store.major, 0, "major faults of a store");
	assert_pattern(read, PAGES * page_size(), SEED, "what the mapping holds");
	assert_pattern(written, PAGES * page_size(), SEED, "what the other one holds");
}

CLAIM(a_page_in_memory_is_a_minor_fault, "fault-08",
      "The first access to a mapped page of a file in memory is one minor fault, and no major one",
      .needs = FAULT_COUNTS)
{
	int fd = memory_file(PAGES, SEED);

	assert_minor_faults(fd, MAP_PRIVATE);
	assert_minor_faults(fd, MAP_SHARED);
}

CLAIM(a_cached_page_is_a_minor_fault, "fault-08",
      "The first access to a page of an ordinary file that is cached is one minor fault as well",
      .needs = FAULT_COUNTS)
{
	int fd = scratch_file(PAGES, SEED);

	if (count_in_memory(fresh_mapping(PAGES, MAP_PRIVATE, fd), PAGES) != PAGES) {
		undecided("needs a file that is cached once it was written: another TMPDIR");
	}
	assert_minor_faults(fd, MAP_PRIVATE);
}

CONTROL(a_page_that_is_not_cached_is_a_major_fault, "fault-08",
	"The same load from a file on disk, dropped from the page cache, is a major fault, once",
	.needs = FAULT_COUNTS | DISK_FILE)
{
	int fd = cold_file(PAGES, SEED);

	char *area = fresh_mapping(PAGES, MAP_SHARED, fd);
	char *again = fresh_mapping(PAGES, MAP_SHARED, fd);

	arrange(madvise(area, PAGES * page_size(), MADV_RANDOM) == 0);

	struct faults cold = faults_of(load(page(area, 2)));
	struct faults cached = faults_of(load(page(again, 2)));

	assert_equals(cold.major, 1, "major faults of the first load");
	assert_equals(cold.minor, 0, "minor faults of the first load");
	assert_equals(cached.major, 0, "major faults of the same load, when it was cached");
	assert_equals(cached.minor, 1, "minor faults of it");
	assert_pattern(area, PAGES * page_size(), SEED, "what was read");
}
