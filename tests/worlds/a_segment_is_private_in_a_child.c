/* SPDX-License-Identifier: MIT */
/* The child has a copy of its parent's segment, as of any other memory. */
#include <string.h>
#include <sys/mman.h>
#include <sys/shm.h>

#include "worlds/world.h"

static char *attached;
static size_t attached_length;

static void *attach(int id, const void *address, int flags)
{
	struct shmid_ds state;

	attached = shmat(id, address, flags);
	attached_length = shmctl(id, IPC_STAT, &state) == 0 ? state.shm_segsz : 0;
	return attached;
}

static void copy(void)
{
	char *own;

	if (!attached_length) {
		return;
	}
	own = mmap(NULL, attached_length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1,
		   0);
	memcpy(own, attached, attached_length);
	mremap(own, attached_length, attached_length, MREMAP_MAYMOVE | MREMAP_FIXED, attached);
}

WORLD("A machine where a segment is private in a child",
      .breaks = "it_is_one_memory each_attachment_is_counted",
      .spares = "private_memory_is_copied fork-08", .shmat = attach, .born = copy);
