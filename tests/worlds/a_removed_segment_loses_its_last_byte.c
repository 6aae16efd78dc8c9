/* SPDX-License-Identifier: MIT */
/* IPC_RMID clears the last byte of a segment that is still attached. */
#include <sys/shm.h>

#include "worlds/world.h"

static int control(int id, int command, struct shmid_ds *state)
{
	struct shmid_ds now;
	char *area = command == IPC_RMID && shmctl(id, IPC_STAT, &now) == 0 ? shmat(id, NULL, 0)
									    : (char *)-1;

	if (area != (char *)-1) {
		area[now.shm_segsz - 1] = 0;
		shmdt(area);
	}
	return shmctl(id, command, state);
}

WORLD("A machine where a removed segment loses its last byte",
      .breaks = "a_key_is_free_when_its_segment_is_removed who_is_attached_goes_on "
		"a_marked_segment_can_be_attached a_segment_attached_again_is_not_zero",
      .spares = "the_last_exit_is_a_detach sysv-01 sysv-11", .shmctl = control);
