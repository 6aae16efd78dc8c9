/* SPDX-License-Identifier: MIT */
/* What is queued in a socket is kept in memory of the process that wrote it, too. */
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "worlds/world.h"

static ssize_t put(int fd, const void *bytes, size_t length)
{
	void *kept = mmap(NULL, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (kept != MAP_FAILED) {
		memcpy(kept, bytes, length);
	}
	return write(fd, bytes, length);
}

WORLD("A machine where the writer keeps what it queued",
      .breaks = "no_page_of_the_process_holds_them",
      .spares = "what_is_queued_outlives_its_buffer what_is_queued_is_counted", .write = put);
