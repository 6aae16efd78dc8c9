/* SPDX-License-Identifier: MIT */
/* Behind the last byte that was asked for the page holds what it held before. */
#include <sys/shm.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static int make(key_t key, size_t length, int flags)
{
	int id = shmget(key, length, flags);
	size_t rest = (page_size() - length % page_size()) % page_size();
	char *area = id >= 0 && flags & IPC_EXCL && rest > 0 ? shmat(id, NULL, 0) : (char *)-1;

	if (area != (char *)-1) {
		area[length + rest - 1] = 1;
		shmdt(area);
	}
	return id;
}

WORLD("A machine that does not clear the rest of a segment's last page",
      .breaks = "it_ends_with_a_whole_page",
      .spares = "a_new_segment_is_zero some_sizes_are_invalid sysv-06", .shmget = make);
