/* SPDX-License-Identifier: MIT */
/* What a child attaches is a copy of the segment. */
#include <stdbool.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/shm.h>

#include "worlds/world.h"

static bool child;

static void born(void)
{
	child = true;
}

static void *attach(int id, const void *address, int flags)
{
	struct shmid_ds state;
	char *area = shmat(id, address, flags);

	if (!child || area == (char *)-1 || shmctl(id, IPC_STAT, &state) != 0) {
		return area;
	}

	char *copy = mmap(NULL, state.shm_segsz, PROT_READ | PROT_WRITE,
			  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	memcpy(copy, area, state.shm_segsz);
	shmdt(area);
	return copy;
}

WORLD("A machine where a child attaches a copy of a segment",
      .breaks = "a_key_is_all_that_two_processes_need who_knows_the_key_meets_there "
		"a_segment_has_one_set_of_frames who_is_attached_goes_on "
		"a_segment_waits_as_well an_unmarked_segment_outlives_its_last_detach",
      .spares = "exclusive_means_a_new_one sysv-02 who_knows_the_name_meets_there", .shmat = attach,
      .born = born);
