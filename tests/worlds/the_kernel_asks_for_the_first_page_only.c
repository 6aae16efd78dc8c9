/* SPDX-License-Identifier: MIT */
/*
 * When read(2) stores, it looks at the rights of the first page that it stores into, and then goes
 * on.
 */
#include <fcntl.h>
#include <stdint.h>
#include <unistd.h>

#include <touchstone/outcome.h>

#include "worlds/world.h"

static ssize_t force(int fd, void *buffer, size_t length)
{
	char bytes[4 * 1024];
	ssize_t first = read(fd, buffer, length < 1 ? length : 1), rest;
	int memory = open("/proc/self/mem", O_RDWR | O_CLOEXEC);

	arrange(memory >= 0);
	if (first == 1 && length > 1) {
		rest = read(fd, bytes, length - 1 < sizeof bytes ? length - 1 : sizeof bytes);
		first += pwrite(memory, bytes, rest > 0 ? (size_t)rest : 0,
				(off_t)(uintptr_t)buffer + 1);
	}
	close(memory);
	return first;
}

WORLD("A machine whose kernel asks for the rights of the first page only", .breaks = "prot-21",
      .spares = "prot-05 prot-08 fault-05", .read = force);
