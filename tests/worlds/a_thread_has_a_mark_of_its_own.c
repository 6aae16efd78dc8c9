/* SPDX-License-Identifier: MIT */
/* What a thread sets, other than the first, is known to nobody else. */
#include "worlds/marks.h"
#include "worlds/world.h"

#include <sys/syscall.h>

static ssize_t write_mark(int fd, const void *buffer, size_t length)
{
	int value;

	if (is_mark(fd, buffer, length, &value) && syscall(SYS_gettid) != getpid()) {
		return (ssize_t)length;
	}
	return write(fd, buffer, length);
}

WORLD("A machine where a thread has a mark of its own", .breaks = "threads_have_one_value",
      .spares = "a_new_program_keeps_it a_child_begins_with_its_parents", .open = open_and_note,
      .write = write_mark);
