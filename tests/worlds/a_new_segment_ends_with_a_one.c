/* SPDX-License-Identifier: MIT */
/* The last byte that was asked for is not zero. */
#include <sys/shm.h>

#include "worlds/world.h"

static int make(key_t key, size_t length, int flags)
{
	int id = shmget(key, length, flags);
	char *area = id >= 0 && flags & IPC_EXCL && length > 0 ? shmat(id, NULL, 0) : (char *)-1;

	if (area != (char *)-1) {
		area[length - 1] = 1;
		shmdt(area);
	}
	return id;
}

WORLD("A machine where a new segment ends with a one",
      .breaks = "sysv-01 shm_remap_takes_its_place "
		"a_key_is_free_when_its_segment_is_removed another_key_is_another_segment "
		"what_its_maker_removes_ends_with_him",
      .spares = "some_sizes_are_invalid sysv-07 sysv-08 sysv-03", .shmget = make);
