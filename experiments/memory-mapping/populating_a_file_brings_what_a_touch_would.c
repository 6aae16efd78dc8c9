/* SPDX-License-Identifier: MIT */
/*
 * Populating a mapping of a file brings what a touch would have brought
 * =====================================================================
 *
 * MAP_POPULATE has the kernel touch each page in advance. Which touch depends on the mapping. One
 * that is private and may be written is populated by writing: each page is a copy already before
 * anybody has stored a byte. All the others are populated by reading, and show the file's own
 * frames. What is not in memory is read from the disk, before mmap(2) returns.
 *
 *      MAP_PRIVATE, read and write      oooo     copies of the file
 *      MAP_PRIVATE, read                ffff     the file's frames
 *      MAP_SHARED                       ffff     the file's frames
 *      any, with MAP_NONBLOCK           ....     nothing at all
 *
 * mmap does not fail because a page cannot be had: behind the end of the file there is none.
 * MAP_NONBLOCK was to say "only what is in memory"; since Linux 2.6.23 it says "nothing".
 *
 * Look with: getrusage(2), /proc/self/pagemap (is it the file's frame?), mincore(2).
 * Read on:   mmap(2) MAP_POPULATE, MAP_NONBLOCK.
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("Populating a mapping of a file brings what a touch would have brought");

enum { PAGES = 8 };

static char *map_file(int fd, int prot, int flags)
{
	char *area = mmap(reserve(PAGES), PAGES * page_size(), prot, flags | MAP_FIXED, fd, 0);

	arrange(area != MAP_FAILED);
	return area;
}

CLAIM(a_private_mapping_is_copied_at_once, "mmap-11",
      "A private writable mapping of a file is populated with copies, and a store costs no fault",
      .needs = FAULT_COUNTS | FRAME_IDENTITY)
{
	char *area = map_file(memory_file(PAGES, 1), PROT_READ | PROT_WRITE,
			      MAP_PRIVATE | MAP_POPULATE);
	struct pages seen = observe_pages("populated", area, PAGES);

	assert_strip(seen, "o");
	assert_equals(count_of_file(seen), 0, "pages that are the file's own");
	assert_pattern(area, PAGES * page_size(), 1, "the copies");
	assert_equals(faults_of(store_each(area, PAGES, 'x')).minor, 0, "minor faults of writing");
}

CLAIM(other_mappings_show_the_files_frames, "mmap-11",
      "A mapping that may only be read, or is shared, is populated with the file's own frames",
      .needs = FAULT_COUNTS | PAGE_STATES)
{
	int prots[] = {PROT_READ, PROT_READ, PROT_READ | PROT_WRITE};
	int sharing[] = {MAP_PRIVATE, MAP_SHARED, MAP_SHARED};

	for (size_t i = 0; i < 3; i++) {
		char *area = map_file(memory_file(PAGES, 1), prots[i], sharing[i] | MAP_POPULATE);
		struct pages seen = observe_pages("populated", area, PAGES);

		assert_strip(seen, "p");
		assert_equals(count_of_file(seen), PAGES, "pages that are the file's own");
		assert_equals(faults_of(load_each(area, PAGES)).minor, 0, "faults of reading");
		assert_pattern(area, PAGES * page_size(), 1, "the file");
	}
}

CLAIM(what_is_on_the_disk_is_read, "mmap-11",
      "Pages that are on the disk only are in memory when mmap returns, and a load costs no fault",
      .needs = DISK_FILE | FAULT_COUNTS)
{
	int fd = cold_file(PAGES, 1);
	char *area = map_file(fd, PROT_READ, MAP_SHARED | MAP_POPULATE);

	assert_equals(count_in_memory(area, PAGES), PAGES, "pages in memory");
	assert_equals(of_both_kinds(faults_of(load_each(area, PAGES))), 0, "faults of reading");
	assert_pattern(area, PAGES * page_size(), 1, "the file");
}

CLAIM(what_cannot_be_had_is_left_out, "mmap-11",
      "A mapping that is longer than its file is granted, populated as far as that, and no further")
{
	int fd = memory_file(PAGES / 2, 1);
	int sharing[] = {MAP_PRIVATE, MAP_SHARED};

	for (size_t i = 0; i < 2; i++) {
		char *area = (char *)assert_accepted(
			mmap(reserve(PAGES), PAGES * page_size(), PROT_READ | PROT_WRITE,
			     sharing[i] | MAP_FIXED | MAP_POPULATE, fd, 0));
		char *beyond = page(area, PAGES / 2);

		assert_pattern(area, PAGES / 2 * page_size(), 1, "the file");
		assert_trap(try_load(beyond), SIGBUS, BUS_ADRERR, beyond);
	}
}

CLAIM(nonblock_makes_populate_do_nothing, "mmap-12",
      "With MAP_NONBLOCK nothing is populated, not even what is in memory, and each touch faults",
      .needs = FAULT_COUNTS | PAGE_STATES)
{
	int flags = MAP_POPULATE | MAP_NONBLOCK;
	char *file = map_file(memory_file(PAGES, 1), PROT_READ | PROT_WRITE, MAP_PRIVATE | flags);
	char *area = map_file(-1, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | flags);

	assert_strip(observe_pages("of a file", file, PAGES), ".");
	assert_strip(observe_pages("of no file", area, PAGES), ".");
	assert_equals(faults_of(store_each(area, PAGES, 'x')).minor, PAGES, "faults of writing");
	assert_pattern(file, PAGES * page_size(), 1, "the file");
}

CONTROL(without_the_flag_each_page_waits, "mmap-11 mmap-12",
	"Without MAP_POPULATE no page of the file is there, and each first store faults",
	.needs = FAULT_COUNTS | PAGE_STATES)
{
	char *area = map_file(memory_file(PAGES, 1), PROT_READ | PROT_WRITE, MAP_PRIVATE);

	assert_strip(observe_pages("not populated", area, PAGES), ".");
	assert_equals(faults_of(store_each(area, PAGES, 'x')).minor, PAGES, "faults of writing");
}
