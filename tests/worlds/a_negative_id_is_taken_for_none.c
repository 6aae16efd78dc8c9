/* SPDX-License-Identifier: MIT */
/* shmctl finds nothing wrong with a negative number. */
#include <sys/shm.h>

#include "worlds/world.h"

static int control(int id, int command, struct shmid_ds *state)
{
	return id < 0 ? 0 : shmctl(id, command, state);
}

WORLD("A machine where a negative id of a segment is taken for none",
      .breaks = "a_number_that_is_no_id_is_invalid",
      .spares = "the_next_segment_has_another_id "
		"without_an_attachment_it_is_destroyed_at_once sysv-10",
      .shmctl = control);
