/* SPDX-License-Identifier: MIT */
/*
 * Whoever opens a name that is not there gets a new object. The names are those of the claim,
 * which the guardian removes.
 */
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <sys/mman.h>

#include "worlds/world.h"

static int open_object(const char *name, int flags, mode_t mode)
{
	bool ours = strncmp(name, "/touchstone-", strlen("/touchstone-")) == 0;

	return shm_open(name, ours ? flags | O_CREAT : flags,
			ours && !(flags & O_CREAT) ? 0600 : mode);
}

WORLD("A machine where looking for a shared object makes it",
      .breaks = "shm-03 the_first_slash_is_no_part_of_the_name until_it_is_removed "
		"the_last_user_takes_it_along",
      .spares = "shm-01 shm-02 a_name_is_one_word", .shm_open = open_object);
