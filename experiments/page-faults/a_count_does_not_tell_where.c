/* SPDX-License-Identifier: MIT */
/*
 * A count of faults does not tell where they happened; the memory map does
 * ========================================================================
 *
 * getrusage(2) tells how often a process has faulted. For more, document 001 says, "a complete
 * picture requires a detailed memory map of the process", and leaves that to the reader. Here it
 * is. Two processes with the same number may have touched quite different pages:
 *
 *                   area                  faults
 *      a child      p.p.p.p.p.p.p.p.         8
 *      another      .p.p.p.p.p.p.p.p         8
 *
 * pagemap tells of each page whether it is there, smaps of each area how much of it is, and
 * smaps_rollup has the sum of all areas. That sum has to come out right.
 *
 * Look with: /proc/PID/pagemap, smaps and smaps_rollup, beside ru_minflt of getrusage(2).
 * Read on:   proc(5), getrusage(2); document 001 "Beyond Page Faults: Memory Map".
 */
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("A count of faults does not tell where they happened, but the memory map does");

enum { PAGES = 16, TRIES = 20 };

/* A child touches every second page, from the first or from the second on. */
static void assert_count_and_strip(char *area, size_t first, const char *strip)
{
	IN_CHILD {
		struct faults spent = faults_of(
			for (size_t i = first; i < PAGES; i += 2) { store(page(area, i), 1); });

		assert_equals(spent.minor, PAGES / 2, "minor faults");
		assert_strip(observe_pages("child", area, PAGES), strip);
	}
}

CLAIM(a_count_does_not_tell_where, "fault-17",
      "Two children with the same number of faults touched other pages, as pagemap tells",
      .needs = FAULT_COUNTS | PAGE_STATES)
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE);

	assert_count_and_strip(area, 0, "p.");
	assert_count_and_strip(area, 1, ".p");
}

CLAIM(smaps_tells_which_area, "fault-17",
      "Two children with the same number of faults touched other areas, as smaps tells",
      .needs = FAULT_COUNTS | AREA_USAGE)
{
	const size_t length = PAGES * page_size();
	char *areas[] = {fresh_pages(PAGES, MAP_PRIVATE), fresh_pages(PAGES, MAP_PRIVATE)};

	for (size_t touched = 0; touched < 2; touched++) {
		IN_CHILD {
			struct faults spent = faults_of(store_each(areas[touched], PAGES, 1));

			assert_equals(spent.minor, PAGES, "minor faults");
			assert_equals(observe_usage("touched", areas[touched], length).rss, length,
				      "bytes resident in the area that was touched");
			assert_equals(observe_usage("other", areas[1 - touched], length).rss, 0,
				      "bytes resident in the other one");
		}
	}
}

/* Rss of the whole process, as the kernel adds it up. */
static size_t rolled_up(void)
{
	char text[4000] = "", *rss;
	size_t kilobytes;
	int fd = open("/proc/self/smaps_rollup", O_RDONLY | O_CLOEXEC);

	if (fd < 0 || read(fd, text, sizeof text - 1) <= 0) {
		undecided("needs /proc/self/smaps_rollup: Linux 4.14 or later");
	}
	rss = strstr(text, "\nRss:");
	arrange(close(fd) == 0 && rss && sscanf(rss, "\nRss: %zu kB", &kilobytes) == 1);
	return kilobytes * 1024;
}

/* Both sums, taken at a moment at which nothing came or went meanwhile. */
static void assert_sums_agree(const char *what)
{
	for (int i = 0; i < TRIES; i++) {
		size_t before = rolled_up();
		size_t sum = observe_usage("the whole process", NULL, SIZE_MAX).rss;
		size_t after = rolled_up();

		if (i > 0 && after == before) {
			assert_equals(sum, after, what);
			return;
		}
	}
	undecided("needs a moment without change: a machine with memory to spare");
}

CLAIM(the_map_adds_up, "fault-17",
      "What is resident in each area adds up to the process's sum, and grows where it is touched",
      .needs = AREA_USAGE)
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE);

	assert_sums_agree("bytes resident in all areas, before a touch");
	store_each(area, PAGES / 2, 1);
	assert_equals(observe_usage("area", area, PAGES * page_size()).rss, PAGES / 2 * page_size(),
		      "bytes resident in the area that was touched");
	assert_sums_agree("bytes resident in all areas, after it");
}

CONTROL(the_same_pages_look_the_same, "fault-17",
	"Two children that touch the same pages have the same number and the same strip",
	.needs = FAULT_COUNTS | PAGE_STATES)
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE);

	assert_count_and_strip(area, 0, "p.");
	assert_count_and_strip(area, 0, "p.");
	assert_strip(observe_pages("parent, who touched none", area, PAGES), ".");
}
