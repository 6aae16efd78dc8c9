/* SPDX-License-Identifier: MIT */
/* What is made under a name that was removed is the object that had the name before. */
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "worlds/world.h"

static int removed = -1;

static int open_object(const char *name, int flags, mode_t mode)
{
	if (removed >= 0 && flags & O_CREAT) {
		return dup(removed);
	}
	return shm_open(name, flags, mode);
}

static int remove_name(const char *name)
{
	int fd = shm_open(name, O_RDWR, 0), answer = shm_unlink(name);

	removed = fd >= 0 ? fd : removed;
	return answer;
}

WORLD("A machine where a removed name finds its object again",
      .breaks = "a_removed_name_is_free_again the_same_name_later_is_another_object "
		"the_last_user_takes_it_along",
      .spares = "shm-02 shm-03 a_mapping_needs_neither_name_nor_descriptor",
      .shm_open = open_object, .shm_unlink = remove_name);
