/* SPDX-License-Identifier: MIT */
/* With SHM_REMAP the page behind the segment is unmapped as well. */
#include <sys/mman.h>
#include <sys/shm.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static void *attach(int id, const void *address, int flags)
{
	char *area = shmat(id, address, flags);
	struct shmid_ds state;

	if (flags & SHM_REMAP && area != (char *)-1 && shmctl(id, IPC_STAT, &state) == 0) {
		char *behind = page_of(area + state.shm_segsz - 1) + page_size();

		mmap(behind, page_size(), PROT_READ | PROT_WRITE,
		     MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
	}
	return area;
}

WORLD("A machine where SHM_REMAP takes the page behind the segment, too",
      .breaks = "shm_remap_takes_its_place it_ends_with_a_whole_page",
      .spares = "what_is_mapped_is_in_the_way a_new_segment_is_zero sysv-03", .shmat = attach);
