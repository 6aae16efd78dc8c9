/* SPDX-License-Identifier: MIT */
/*
 * The marks by which the kernel tells which pages were stored into since they were cleared.
 *
 *     clear_marks();
 *     store(area, 'x');
 *     assert_equals(page_has_mark(observe_pages("stored", area, 1), 0), true, "the mark");
 *
 * Observes: bit 55 of /proc/PID/pagemap, the soft-dirty bit. Needs SOFT_DIRTY and PAGE_STATES.
 * See the kernel's soft-dirty.rst, proc_pid_clear_refs(5).
 */
#ifndef TOUCHSTONE_SOFT_DIRTY_H
#define TOUCHSTONE_SOFT_DIRTY_H

#include <fcntl.h>
#include <stdbool.h>
#include <stddef.h>
#include <unistd.h>

#include <touchstone/outcome.h>
#include <touchstone/pages.h>

/* No page of this process has the mark; an error where that cannot be written. */
static inline void clear_marks(void)
{
	int fd = open("/proc/self/clear_refs", O_WRONLY | O_CLOEXEC);

	arrange(fd >= 0 && write(fd, "4", 1) == 1);
	close(fd);
}

/* Whether the page of that number had it when the pages were observed. */
static inline bool page_has_mark(struct pages seen, size_t number)
{
	return seen.words[number] >> 55 & 1;
}

#endif
