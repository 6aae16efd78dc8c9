/* SPDX-License-Identifier: MIT */
/* Who is not attached when a segment is removed comes too late. */
#include <errno.h>
#include <sys/shm.h>

#include "worlds/world.h"

static void *attach(int id, const void *address, int flags)
{
	struct shmid_ds state;

	if (shmctl(id, IPC_STAT, &state) == 0 && state.shm_perm.mode & 01000) {
		errno = EIDRM;
		return (void *)-1;
	}
	return shmat(id, address, flags);
}

WORLD("A machine where a marked segment is closed",
      .breaks = "a_marked_segment_can_be_attached the_id_of_a_segment_in_use_is_valid",
      .spares = "who_is_attached_goes_on the_last_exit_is_a_detach sysv-01 sysv-11",
      .shmat = attach);
