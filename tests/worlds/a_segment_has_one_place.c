/* SPDX-License-Identifier: MIT */
/* Attached once more without an address, a segment is where it is already. */
#include <sys/shm.h>

#include "worlds/world.h"

static void *attach(int id, const void *address, int flags)
{
	static int former = -1;
	static void *place;

	if (address || flags) {
		return shmat(id, address, flags);
	}
	if (id != former) {
		place = shmat(id, NULL, 0);
		former = id;
	}
	return place;
}

WORLD("A machine where a segment has one place in a process",
      .breaks = "sysv-02 each_attach_and_detach_counts",
      .spares = "sysv-04 sysv-05 a_key_is_all_that_two_processes_need", .shmat = attach);
