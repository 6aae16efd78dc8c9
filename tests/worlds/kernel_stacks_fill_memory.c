/* SPDX-License-Identifier: MIT */
/* The stacks of the kernel take ten million times what they take. */
#include <string.h>
#include <unistd.h>

#include "worlds/world.h"

static ssize_t answer(int fd, void *buffer, size_t length)
{
	static const char key[] = "KernelStack:";
	ssize_t got = read(fd, buffer, length);
	char *at = got > 0 ? memmem(buffer, (size_t)got, key, sizeof key - 1) : NULL;
	char *end = at ? memchr(at, '\n', (size_t)((char *)buffer + got - at)) : NULL;

	if (end) {
		end -= 3; /* before the unit */
		memmove(end + 7, end, (size_t)((char *)buffer + got - end));
		memset(end, '0', 7);
		got += 7;
	}
	return got;
}

WORLD("A machine whose kernel stacks fill memory", .breaks = "kernel_stacks_go_by_something_else",
      .spares = "there_is_one_for_each_frame it_is_small", .by = "reading", .read = answer);
