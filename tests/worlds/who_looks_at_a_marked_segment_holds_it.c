/* SPDX-License-Identifier: MIT */
/* IPC_STAT of a segment that is marked for removal attaches it, and it does not end. */
#include <sys/shm.h>

#include "worlds/world.h"

static int control(int id, int command, struct shmid_ds *state)
{
	int answer = shmctl(id, command, state);

	if (command == IPC_STAT && answer == 0 && state->shm_perm.mode & 01000) {
		shmat(id, NULL, 0);
	}
	return answer;
}

WORLD("A machine where who looks at a marked segment holds it",
      .breaks = "the_last_exit_is_a_detach who_is_attached_goes_on",
      .spares = "a_marked_segment_can_be_attached sysv-08 "
		"without_an_attachment_it_is_destroyed_at_once",
      .shmctl = control);
