/* SPDX-License-Identifier: MIT */
/*
 * getrusage and /proc/PID/stat count the same faults
 * ==================================================
 *
 * Document 001 takes its numbers from getrusage(2). It is not the only witness: fields 10 and 12 of
 * /proc/PID/stat are what ps and top show, of any process, not just one's own. A number that is
 * counted twice is a number that can be checked.
 *
 *                                getrusage(2)     /proc/self/stat
 *      repaired at once          ru_minflt        field 10
 *      waited for a disk         ru_majflt        field 12
 *
 * The two have to move together, and to agree on all that the process has ever counted.
 *
 * Look with: getrusage(2), /proc/self/stat.
 * Read on:   getrusage(2), proc(5); documents 001 "Observations", 003, 004 section 10.2.
 */
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("getrusage and /proc/PID/stat count the same faults");

enum { PAGES = 16, MANY = 1000 };

/* Fields 10 and 12 of /proc/self/stat. The second holds the command, which may hold anything. */
static struct faults faults_in_stat(void)
{
	char text[2000] = "", *rest;
	struct faults ever;
	int fd = open("/proc/self/stat", O_RDONLY | O_CLOEXEC);

	if (fd < 0 || read(fd, text, sizeof text - 1) <= 0) {
		undecided("needs /proc/self/stat: a mounted proc, and a descriptor to open it");
	}
	rest = strrchr(text, ')');
	arrange(close(fd) == 0 && rest &&
		sscanf(rest, ") %*c %*d %*d %*d %*d %*d %*u %ld %*u %ld", &ever.minor,
		       &ever.major) == 2);
	return ever;
}

CLAIM(they_agree_about_minor_faults, "fault-18",
      "Field 10 of /proc/self/stat and getrusage count the same, one for each fresh page",
      .needs = FAULT_COUNTS)
{
	faults_in_stat(); /* the first reading costs faults of its own */
	for (size_t count = 1; count <= MANY; count *= 10) {
		char *area = fresh_pages(count, MAP_PRIVATE);
		struct faults stat_before = faults_in_stat(), before = faults_now();

		store_each(area, count, 1);

		struct faults spent = faults_since(before), stat = faults_in_stat();
		struct faults ever = faults_now();

		assert_equals(spent.minor, count, "minor faults as getrusage counts them");
		assert_equals(stat.minor - stat_before.minor, count, "minor faults in stat");
		assert_equals(stat.minor, ever.minor, "all minor faults ever, in stat");
		assert_equals(stat.major, ever.major, "all major faults ever, in stat");
	}
}

CLAIM(they_agree_about_major_faults, "fault-18",
      "Field 12 of /proc/self/stat and getrusage count the same major fault",
      .needs = FAULT_COUNTS | DISK_FILE)
{
	faults_in_stat();

	int fd = cold_file(PAGES, 1);
	char *area = fresh_mapping(PAGES, MAP_SHARED, fd);

	arrange(madvise(area, PAGES * page_size(), MADV_RANDOM) == 0);

	struct faults stat_before = faults_in_stat();
	struct faults spent = faults_of(load(page(area, PAGES / 2)));
	struct faults stat = faults_in_stat();

	assert_equals(spent.major, 1, "major faults as getrusage counts them");
	assert_equals(stat.major - stat_before.major, 1, "major faults in stat");
	assert_equals(stat.minor - stat_before.minor, 0, "minor faults in stat");
}

CONTROL(who_touches_nothing_counts_nothing, "fault-18",
	"Without a first touch neither of them moves, however often the pages are used",
	.needs = FAULT_COUNTS)
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE);

	faults_in_stat();
	store_each(area, PAGES, 1);

	struct faults stat_before = faults_in_stat();
	struct faults spent =
		faults_of(for (int i = 0; i < MANY; i++) { store_each(area, PAGES, 2); });
	struct faults stat = faults_in_stat();

	assert_equals(spent.minor, 0, "minor faults");
	assert_equals(stat.minor - stat_before.minor, 0, "minor faults in stat");
	assert_equals(stat.major - stat_before.major, 0, "major faults in stat");
}
