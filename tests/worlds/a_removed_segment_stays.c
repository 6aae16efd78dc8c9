/* SPDX-License-Identifier: MIT */
/* IPC_RMID is accepted and does nothing. What stays has a key, by which the guardian removes it. */
#include <sys/shm.h>

#include "worlds/world.h"

static int control(int id, int command, struct shmid_ds *state)
{
	struct shmid_ds now;

	return command == IPC_RMID ? shmctl(id, IPC_STAT, &now) : shmctl(id, command, state);
}

WORLD("A machine where a removed segment stays",
      .breaks = "a_key_is_free_when_its_segment_is_removed "
		"a_segment_lives_until_its_last_detach.who_is_attached_goes_on "
		"a_marked_segment_can_be_attached the_last_exit_is_a_detach "
		"without_an_attachment_it_is_destroyed_at_once until_it_is_removed",
      .spares = "exclusive_means_a_new_one sysv-01 sysv-08", .shmctl = control);
