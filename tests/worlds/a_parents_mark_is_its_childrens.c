/* SPDX-License-Identifier: MIT */
/* When a parent sets its value its children have it, too. */
#include "worlds/marks.h"
#include "worlds/world.h"

static pid_t child;

static void note(pid_t pid)
{
	child = pid;
}

static ssize_t write_mark(int fd, const void *buffer, size_t length)
{
	int value;

	if (is_mark(fd, buffer, length, &value) && child) {
		set_mark(child, value);
	}
	return write(fd, buffer, length);
}

WORLD("A machine where a parent's mark is its children's",
      .breaks = "a_child_begins_with_its_parents who_was_there_before_keeps_its_own",
      .spares = "threads_have_one_value a_new_program_keeps_it", .forked = note,
      .open = open_and_note, .write = write_mark);
