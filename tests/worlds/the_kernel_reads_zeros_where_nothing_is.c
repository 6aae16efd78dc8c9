/* SPDX-License-Identifier: MIT */
/* Where nothing is mapped, write(2) finds zeros: the kernel does not look before it reads. */
#include <errno.h>
#include <unistd.h>

#include "worlds/world.h"

static ssize_t write_zeros(int fd, const void *buffer, size_t length)
{
	static const char zeros[16];
	ssize_t answer = write(fd, buffer, length);

	if (answer == -1 && errno == EFAULT && length <= sizeof zeros) {
		return write(fd, zeros, length);
	}
	return answer;
}

WORLD("A machine whose system calls read zeros where nothing is mapped",
      .breaks = "the_kernel_finds_nothing_there_either",
      .spares = "private_memory_is_gone shared_memory_and_files_are_gone munmap-07",
      .write = write_zeros);
