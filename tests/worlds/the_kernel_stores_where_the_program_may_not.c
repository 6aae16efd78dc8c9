/* SPDX-License-Identifier: MIT */
/* read(2) stores into memory that the program itself may only read. */
#include <fcntl.h>
#include <stdint.h>
#include <unistd.h>

#include <touchstone/outcome.h>

#include "worlds/world.h"

static ssize_t force(int fd, void *buffer, size_t length)
{
	char bytes[4 * 1024];
	int memory = open("/proc/self/mem", O_RDWR | O_CLOEXEC);
	ssize_t got;

	arrange(memory >= 0);
	got = read(fd, bytes, length < sizeof bytes ? length : sizeof bytes);
	if (got > 0) {
		got = pwrite(memory, bytes, (size_t)got, (off_t)(uintptr_t)buffer);
	}
	close(memory);
	return got;
}

WORLD("A machine whose kernel stores where the program may not", .breaks = "prot-21",
      .spares = "prot-05 prot-08 fault-05 a_page_first_written_by_the_kernel_is_zero",
      .read = force);
