/* SPDX-License-Identifier: MIT */
/*
 * The kernel writes dirty pages by itself, and never private copies
 * =================================================================
 *
 * "Dirty mapped pages can be written back later", says document 004 (16.2), and lists "background
 * writeback" among what slows programs down (20.6). Nobody has to ask: a thread of the kernel
 * wakes every dirty_writeback_centisecs (5 s), and writes what has been dirty for longer than
 * dirty_expire_centisecs (30 s). A program that dies, or one that never calls msync(2), loses
 * nothing but what a power failure takes within that time. Half a minute is long for an
 * experiment; here both are made a hundredth of a second, and put back.
 *
 *      store        wake      wake      wake
 *        |           |         |         |
 *        # # # # # # # # # # # # . . . . . .     a shared page: dirty, then clean
 *        # # # # # # # # # # # # # # # # # #     a private copy: nothing to be written to
 *
 * How long it takes is not asserted: only that it comes.
 *
 * Look with: Shared_Dirty and Private_Dirty in /proc/PID/smaps.
 * Read on:   Documentation/admin-guide/sysctl/vm.rst "dirty_expire_centisecs"; document 004
 *            sections 16.2 and 20.6.
 */
#include <fcntl.h>
#include <sched.h>
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("The kernel writes dirty pages by itself, and never private copies");

enum { PAGES = 4, OLD = 5, NEW = 6 };

/* From now on dirty pages are old after a hundredth of a second, and looked for as often. */
static void hurry_writeback(void)
{
	if (!guard_setting("/proc/sys/vm/dirty_expire_centisecs", "1") ||
	    !guard_setting("/proc/sys/vm/dirty_writeback_centisecs", "1")) {
		undecided("needs leave to change /proc/sys/vm/dirty_*_centisecs: run as root");
	}
}

/*
 * Returns when no page of the area is dirty; the claim's time limit is the longest it waits. Each pause is twice as
 * long as the last, for nobody knows how long a yield takes: that is up to who else wants the processors.
 */
static void wait_until_clean(const char *area)
{
	for (long pause = 1; observe_usage("dirty", area, PAGES * page_size()).dirty > 0;
	     pause *= 2) {
		for (long i = 0; i < pause; i++) {
			sched_yield();
		}
	}
}

CLAIM(dirty_pages_become_clean, "mapfile-04 pressure-16",
      "Pages stored into become clean without any call, and come back from the disk as stored",
      .needs = DISK_FILE | AREA_USAGE, .alone = "writeback")
{
	int fd = disk_file(PAGES, OLD);
	char *area = fresh_mapping(PAGES, MAP_SHARED, fd);

	hurry_writeback();
	for (unsigned seed = NEW; seed < NEW + 2; seed++) { /* and once more, from clean pages */
		write_pattern(area, PAGES * page_size(), seed);
		wait_until_clean(area);
		assert_pattern(area, PAGES * page_size(), seed, "the mapping");
	}
	arrange(munmap(area, PAGES * page_size()) == 0);
	arrange(sync_file_range(fd, 0, 0, SYNC_FILE_RANGE_WAIT_BEFORE) ==
		0); /* it starts nothing */
	make_cold(fd, PAGES);
	assert_pattern(fresh_mapping(PAGES, MAP_SHARED, fd), PAGES * page_size(), NEW + 1,
		       "the file, read back from the disk");
}

CONTROL(private_copies_stay_dirty, "mapfile-04 pressure-16",
	"Of two mappings stored into at once, the shared one becomes clean and the private one "
	"does not",
	.needs = DISK_FILE | AREA_USAGE, .alone = "writeback")
{
	int fd = disk_file(PAGES, OLD);
	char *private = fresh_mapping(PAGES, MAP_PRIVATE, fd);
	char *shared = fresh_mapping(PAGES, MAP_SHARED, fd);

	hurry_writeback();
	write_pattern(private, PAGES * page_size(), NEW);
	write_pattern(shared, PAGES * page_size(), NEW + 1);
	wait_until_clean(shared);
	assert_equals(observe_usage("private", private, PAGES * page_size()).dirty,
		      PAGES * page_size(), "dirty bytes of the private mapping");
	assert_pattern(private, PAGES * page_size(), NEW, "the private mapping");
}
