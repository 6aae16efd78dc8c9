/* SPDX-License-Identifier: MIT */
/*
 * Files that were read stay in the kernel
 * =======================================
 *
 * A program reads a file through a small buffer and keeps nothing of it. The machine does: the pages of
 * the file stay in memory, in "file system caches", which are the kernel's (document 004, section
 * 17.2). They are no part of what the program has in memory, its resident set. Only when it maps
 * the file and touches it do the very same pages become part of that.
 *
 *      read, 1 KiB at a time         mapped                      touched
 *
 *      program: [buffer]             program: [....]             program: [0123]
 *                                                                          ||||
 *      kernel:  [0123]               kernel:  [0123]             kernel:  [0123]
 *
 * Look with: mincore(2), for what is cached; Rss in /proc/PID/smaps, for what is the program's.
 * Read on:   mincore(2), proc(5); document 004 section 17.2.
 */
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("Files that were read stay in the kernel");

enum { PAGES = 64, SEED = 1, BUFFER = 1024 };

static char buffer[BUFFER];

static void read_all(int file)
{
	for (size_t at = 0; at < PAGES * page_size(); at += BUFFER) {
		arrange(pread(file, buffer, BUFFER, (off_t)at) == BUFFER);
	}
}

CLAIM(the_reader_gets_no_page, "kernel-08",
      "Reading a file through a small buffer costs the program no fault, and so no page",
      .needs = FAULT_COUNTS)
{
	int file = scratch_file(PAGES, SEED);

	read_all(file);

	struct faults spent = faults_of(read_all(file));

	assert_equals(of_both_kinds(spent), 0, "faults while reading");
}

CLAIM(the_kernel_has_them_all, "kernel-08",
      "What was read from a disk is in memory afterwards, every page, and none is the program's",
      .needs = DISK_FILE | AREA_USAGE)
{
	int file = cold_file(PAGES, SEED);
	char *mapped = fresh_mapping(PAGES, MAP_SHARED, file);

	assert_equals(count_in_memory(mapped, PAGES), 0, "pages in memory before");
	read_all(file);
	assert_equals(count_in_memory(mapped, PAGES), PAGES, "pages in memory when all were read");
	assert_equals(observe_usage("after reading", mapped, PAGES * page_size()).rss, 0,
		      "bytes of them in the program's resident set");
}

CONTROL(a_touch_makes_them_the_programs, "kernel-08",
	"Once the file is mapped and touched the same pages are in the program's resident set",
	.needs = AREA_USAGE | FAULT_COUNTS)
{
	char *mapped = fresh_mapping(PAGES, MAP_SHARED, scratch_file(PAGES, SEED));
	struct faults spent = faults_of(load_each(mapped, PAGES));

	assert_at_least(of_both_kinds(spent), 1, "faults while touching");
	assert_equals(observe_usage("touched", mapped, PAGES * page_size()).rss,
		      PAGES * page_size(), "bytes in the program's resident set");
	assert_pattern(mapped, PAGES * page_size(), SEED, "what the program reads");
}
