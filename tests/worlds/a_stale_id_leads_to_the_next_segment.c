/* SPDX-License-Identifier: MIT */
/* The id of a segment that was destroyed attaches whatever has come after it. */
#include <sys/shm.h>

#include "worlds/world.h"

static int latest = -1;

static int make(key_t key, size_t length, int flags)
{
	int id = shmget(key, length, flags);

	latest = id >= 0 ? id : latest;
	return id;
}

static void *attach(int id, const void *address, int flags)
{
	void *area = shmat(id, address, flags);

	return area == (void *)-1 && id >= 0 ? shmat(latest, address, flags) : area;
}

WORLD("A machine where a stale id leads to the next segment",
      .breaks = "the_next_segment_has_another_id",
      .spares = "without_an_attachment_it_is_destroyed_at_once "
		"a_number_that_is_no_id_is_invalid sysv-06",
      .shmget = make, .shmat = attach);
