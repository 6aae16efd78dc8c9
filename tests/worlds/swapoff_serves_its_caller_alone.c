/* SPDX-License-Identifier: MIT */
/* The child's last page comes back as zeros, when swapoff was called by its parent. */
#include <fcntl.h>
#include <stdio.h>
#include <sys/swap.h>
#include <unistd.h>

#include <touchstone/memory.h>

#include "worlds/acts.h"

static pid_t child;

static void remember(pid_t pid)
{
	child = pid;
}

static void empty_last_page(const struct mapping *mapping)
{
	static const char zeros[64 * 1024];
	char path[40];
	int fd;

	if (is_private(mapping)) {
		snprintf(path, sizeof path, "/proc/%d/mem", child);
		fd = open(path, O_WRONLY | O_CLOEXEC);
		(void)!pwrite(fd, zeros, page_size(),
			      (off_t)(uintptr_t)(mapping->start + mapping->length - page_size()));
		close(fd);
	}
}

static int end(const char *path)
{
	int answer = swapoff(path);

	if (answer == 0 && child > 0) {
		gate_each_mapping(empty_last_page);
	}
	return answer;
}

WORLD("A machine whose swapoff serves its caller alone",
      .breaks = "both_owners_of_a_slot_get_their_page",
      .spares = "a_disk_can_be_taken_away compressed_memory_can_be_taken_away", .forked = remember,
      .swapoff = end);
