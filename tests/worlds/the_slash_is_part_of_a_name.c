/* SPDX-License-Identifier: MIT */
/* Without its slash a name is another one. */
#include <errno.h>
#include <sys/mman.h>

#include "worlds/world.h"

static int open_object(const char *name, int flags, mode_t mode)
{
	if (*name && *name != '/') {
		errno = ENOENT;
		return -1;
	}
	return shm_open(name, flags, mode);
}

WORLD("A machine where the slash is part of a name",
      .breaks = "the_first_slash_is_no_part_of_the_name",
      .spares = "a_name_is_one_word shm-02 shm-03", .shm_open = open_object);
