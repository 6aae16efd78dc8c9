/* SPDX-License-Identifier: MIT */
/* memory.oom.group takes a 1, and nothing comes of it. */
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "worlds/world.h"

static int switch_file = -1;

static int open_and_note(const char *path, int flags, mode_t mode)
{
	int fd = open(path, flags, mode);

	switch_file = strstr(path, "memory.oom.group") ? fd : switch_file == fd ? -1 : switch_file;
	return fd;
}

static ssize_t write_nothing(int fd, const void *buffer, size_t length)
{
	return fd >= 0 && fd == switch_file ? (ssize_t)length : write(fd, buffer, length);
}

WORLD("A machine where a group is never one",
      .breaks = "all_members_die_together nobody_outside_dies_with_it",
      .spares = "as_a_rule_one_is_enough", .open = open_and_note, .write = write_nothing);
