/* SPDX-License-Identifier: MIT */
/*
 * The pool of huge pages that the administrator sets aside (MAP_HUGETLB, MFD_HUGETLB).
 *
 *     size_t size = guard_huge_pool(4);              four huge pages of so many bytes, all free
 *     assert_equals(pool_figure("HugePages_Free:"), 4, "huge pages free");
 *
 * Observes: /proc/meminfo, which tells of the huge pages of the default size.
 * Needs:    HUGE_PAGE_POOL and .alone = "huge pages" for a pool of our own; undecided where the kernel
 *           has no huge pages, or where there is no /proc.
 */
#ifndef TOUCHSTONE_HUGE_POOL_H
#define TOUCHSTONE_HUGE_POOL_H

#include <fcntl.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <touchstone/machine.h>
#include <touchstone/outcome.h>

/* A figure of /proc/meminfo as it stands there: "HugePages_Total:", "HugePages_Rsvd:". */
static inline size_t pool_figure(const char *name)
{
	static char text[8192];
	int fd = open("/proc/meminfo", O_RDONLY | O_CLOEXEC);
	ssize_t length = fd < 0 ? -1 : read(fd, text, sizeof text - 1);

	text[length > 0 ? length : 0] = 0;

	char *line = strstr(text, name);

	if (length <= 0 || line == NULL || close(fd) != 0) {
		undecided("needs %s in /proc/meminfo: a kernel with huge pages, and /proc", name);
	}
	return strtoul(line + strlen(name), NULL, 10);
}

/* The bytes of one huge page of the pool. */
static inline size_t pool_page_size(void)
{
	return pool_figure("Hugepagesize:") * 1024;
}

/* A pool of so many huge pages for this claim alone; yields the bytes of one, as pool_page_size(). */
static inline size_t guard_huge_pool(size_t count)
{
	char wanted[24];
	bool fixed = guard_setting("/proc/sys/vm/nr_overcommit_hugepages", "0");

	snprintf(wanted, sizeof wanted, "%zu", count);
	if (pool_figure("HugePages_Total:") != 0) {
		undecided("needs a pool of huge pages that nobody uses: vm.nr_hugepages is not 0");
	}
	if (!fixed || !guard_setting("/proc/sys/vm/nr_hugepages", wanted) ||
	    pool_figure("HugePages_Free:") != count) {
		undecided("needs %zu huge pages for the pool: more free memory in one piece",
			  count);
	}
	return pool_page_size();
}

#endif
