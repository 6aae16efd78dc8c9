/* SPDX-License-Identifier: MIT */
/* /proc/self/stat shows what it would have shown at the reading before. */
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/outcome.h>

#include "worlds/world.h"

static int open_late(const char *path, int flags, mode_t mode)
{
	static char shown[4000];
	static ssize_t length;
	char now[sizeof shown];
	int fd = open(path, flags, mode);

	if (fd < 0 || strcmp(path, "/proc/self/stat") != 0) {
		return fd;
	}

	ssize_t got = read(fd, now, sizeof now);
	int late = memfd_create("stat", MFD_CLOEXEC);

	arrange(got > 0 && late >= 0 && close(fd) == 0);
	if (length == 0) {
		memcpy(shown, now, (size_t)got);
		length = got;
	}
	arrange(pwrite(late, shown, (size_t)length, 0) == length);
	memcpy(shown, now, (size_t)got);
	length = got;
	return late;
}

WORLD("A machine whose /proc/self/stat lags behind",
      .breaks = "they_agree_about_minor_faults they_agree_about_major_faults"
		" getrusage_and_stat_count_the_same.who_touches_nothing_counts_nothing",
      .spares = "perf_agrees_about_the_repaired_ones fault-13 fault-17", .by = "reading",
      .open = open_late);
