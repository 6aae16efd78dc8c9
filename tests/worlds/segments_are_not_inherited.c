/* SPDX-License-Identifier: MIT */
/* What a parent has attached its child has not: there is a copy. */
#include <string.h>
#include <sys/mman.h>
#include <sys/shm.h>

#include "worlds/world.h"

enum { SEGMENTS = 16 };

static struct {
	char *area;
	size_t length;
} attached[SEGMENTS];
static size_t count;

static void *attach(int id, const void *address, int flags)
{
	struct shmid_ds state;
	char *area = shmat(id, address, flags);

	if (area != (char *)-1 && count < SEGMENTS && shmctl(id, IPC_STAT, &state) == 0) {
		attached[count].area = area;
		attached[count++].length = state.shm_segsz;
	}
	return area;
}

static void born(void)
{
	for (size_t i = 0; i < count; i++) {
		size_t length = attached[i].length;
		char *copy = mmap(NULL, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS,
				  -1, 0);

		memcpy(copy, attached[i].area, length);
		shmdt(attached[i].area);
		mremap(copy, length, length, MREMAP_MAYMOVE | MREMAP_FIXED, attached[i].area);
	}
}

WORLD("A machine where a child gets copies of the segments of its parent",
      .breaks = "a_child_inherits_them_and_gives_them_back "
		"a_child_that_runs_on_is_attached",
      .spares = "each_attach_and_detach_counts sysv-12 sysv-10 "
		"a_key_is_all_that_two_processes_need",
      .shmat = attach, .born = born);
