/* SPDX-License-Identifier: MIT */
/* The descriptors of frames take ten times what they take. */
#include <string.h>
#include <unistd.h>

#include "worlds/world.h"

static ssize_t answer(int fd, void *buffer, size_t length)
{
	static const char key[] = "nr_memmap_boot_pages";
	ssize_t got = read(fd, buffer, length);
	char *at = got > 0 ? memmem(buffer, (size_t)got, key, sizeof key - 1) : NULL;
	char *end = at ? memchr(at, '\n', (size_t)((char *)buffer + got - at)) : NULL;

	if (end) {
		memmove(end + 1, end, (size_t)((char *)buffer + got - end));
		*end = '0';
		got++;
	}
	return got;
}

WORLD("A machine whose descriptors of frames are ten times as large", .breaks = "it_is_small",
      .spares = "there_is_one_for_each_frame kernel_stacks_go_by_something_else", .by = "reading",
      .read = answer);
