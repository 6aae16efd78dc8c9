/* SPDX-License-Identifier: MIT */
/* What a child maps of a file is a copy, though it asked for sharing. */
#include <stdbool.h>
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static bool child;

static void born(void)
{
	child = true;
}

static void *map(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	if (!child || flags & MAP_ANONYMOUS || !(protection & PROT_WRITE)) {
		return mmap(address, length, protection, flags, fd, offset);
	}

	char *copy = mmap(address, length, protection, (flags & ~MAP_TYPE) | MAP_PRIVATE, fd,
			  offset);

	for (size_t at = 0; copy != MAP_FAILED && at < length; at += page_size()) {
		store(copy + at, load(copy + at));
	}
	return copy;
}

WORLD("A machine where a child maps copies of files",
      .breaks = "who_knows_the_name_meets_there a_named_object_has_one_set_of_frames "
		"a_named_object_waits_for_who_comes_later two_names_of_one_object_share_it "
		"a_message_too_many_overwrites_the_first "
		"each_keeps_its_own_and_shares_the_rest a_planted_violation_is_noticed",
      .spares = "who_knows_the_key_meets_there shared_anonymous_memory_is_one "
		"an_object_without_a_name_is_shared",
      .born = born, .mmap = map);
