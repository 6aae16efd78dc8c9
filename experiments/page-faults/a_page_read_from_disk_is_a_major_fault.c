/* SPDX-License-Identifier: MIT */
/*
 * A page that must be read from disk is a major fault
 * ===================================================
 *
 * The two counters of getrusage(2) part where the kernel has to wait. A page that is somewhere
 * in memory only needs an entry in the page table: a minor fault. A page that is on disk has to
 * be read first: a major fault (documents 003, 004 section 10.2). Which of them it will be can
 * be foretold: mincore(2) tells whether the page cache has the page.
 *
 *      mincore      the touch                          cost
 *      1            entry                              minor
 *      0            read, wait, entry                  major
 *
 * A read from disk likes to bring more than was asked for (read-ahead); MADV_RANDOM forbids it.
 * mincore is asked before each touch all the same, for a large block or a folio brings
 * neighbours.
 *
 * Look with: ru_minflt and ru_majflt of getrusage(2), mincore(2).
 * Read on:   getrusage(2), mincore(2), posix_fadvise(2); documents 001 "Beyond Page Faults", 003,
 *            004 sections 6.5 and 10.2.
 */
#include <touchstone/experiment.h>

EXPERIMENT("A page that must be read from disk is a major fault");

enum { PAGES = 32, SEED = 7 };

/* A mapping of a file whose pages are on disk only. */
static char *cold_pages(int *fd)
{
	*fd = cold_file(PAGES, SEED);

	char *area = fresh_mapping(PAGES, MAP_SHARED, *fd);

	arrange(madvise(area, PAGES * page_size(), MADV_RANDOM) == 0);
	return area;
}

CLAIM(what_is_not_in_memory_is_a_major_fault, "fault-09",
      "A load of a page that mincore calls absent is one major fault and no minor one",
      .needs = FAULT_COUNTS | DISK_FILE)
{
	int fd;
	char *area = cold_pages(&fd);
	size_t absent = 0;

	for (size_t i = 0; i < PAGES; i++) {
		size_t at = i * 11 % PAGES; /* each once, and none beside the last */
		bool cached = count_in_memory(page(area, at), 1);
		struct faults spent = faults_of(load(page(area, at)));

		absent += !cached;
		if (!cached) {
			assert_equals(spent.major, 1, "major faults of a page on disk");
			assert_equals(spent.minor, 0, "minor faults of it");
		} else {
			assert_equals(spent.major, 0, "major faults of a page in memory");
		}
	}
	assert_at_least(absent, 1, "pages that were absent when they were touched");
	assert_pattern(area, PAGES * page_size(), SEED, "what was read");
}

CLAIM(a_store_waits_as_well, "fault-09",
      "A store to a page on disk is a major fault, and the bytes beside the one stored are there",
      .needs = FAULT_COUNTS | DISK_FILE)
{
	int fd;
	char *area = cold_pages(&fd), *copy = fresh_mapping(PAGES, MAP_PRIVATE, fd);
	unsigned char old;

	arrange(madvise(copy, PAGES * page_size(), MADV_RANDOM) == 0);
	pattern_bytes(&old, 1, SEED, 0);
	assert_equals(faults_of(store(copy, (unsigned char)~old)).major, 1, "major faults");
	assert_byte(copy, (unsigned char)~old, "the byte that was stored");
	store(copy, old);
	assert_pattern(copy, PAGES * page_size(), SEED, "what was read");
	assert_pattern(area, PAGES * page_size(), SEED, "the file");
}

CONTROL(what_was_read_once_is_a_minor_fault, "fault-09",
	"The same pages, read once, are minor faults only, in every mapping that follows",
	.needs = FAULT_COUNTS | DISK_FILE)
{
	int fd;

	load_each(cold_pages(&fd), PAGES);
	for (int sharing = MAP_SHARED; sharing <= MAP_PRIVATE; sharing++) {
		char *area = fresh_mapping(PAGES, sharing, fd);
		struct faults spent = faults_of(load_each(area, PAGES));

		assert_equals(spent.major, 0, "major faults");
		assert_at_least(spent.minor, 1, "minor faults");
	}
}
