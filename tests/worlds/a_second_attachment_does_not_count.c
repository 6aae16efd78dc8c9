/* SPDX-License-Identifier: MIT */
/* shm_nattch tells how many processes are attached, not how often. */
#include <sys/shm.h>

#include "worlds/world.h"

static const void *first;
static int first_id = -1;
static long uncounted;

static void *attach(int id, const void *address, int flags)
{
	void *area = shmat(id, address, flags);

	if (area != (void *)-1 && first && id == first_id) {
		uncounted++;
	} else {
		first = area;
		first_id = id;
	}
	return area;
}

static int control(int id, int command, struct shmid_ds *state)
{
	int answer = shmctl(id, command, state);

	if (command == IPC_STAT && answer == 0 && id == first_id) {
		state->shm_nattch -= (shmatt_t)uncounted;
	}
	return answer;
}

WORLD("A machine where a second attachment of a process does not count",
      .breaks = "each_attach_and_detach_counts "
		"a_child_inherits_them_and_gives_them_back a_new_program_has_none "
		"one_segment_counts_for_itself",
      .spares = "sysv-12 sysv-10 sysv-02", .shmat = attach, .shmctl = control);
