/* SPDX-License-Identifier: MIT */
/*
 * A page that is made inaccessible is unmapped, so that whoever accesses it hears there is nothing
 * (SEGV_MAPERR).
 */
#include <sys/mman.h>

#include "worlds/world.h"

static int protect(void *address, size_t length, int protection)
{
	return protection == PROT_NONE ? munmap(address, length)
				       : mprotect(address, length, protection);
}

WORLD("A machine that unmaps forbidden pages",
      .breaks = "refused_accesses_say_so_and_change_nothing prot-08 prot-15"
		" munmap_gives_frames_and_tables_back_at_once.what_stays_mapped_stays_in_the_"
		"tables rights_belong_to_pages.with_its_rights_back_everything_goes_through",
      .spares = "prot-05 prot-07 prot-17", .mprotect = protect);
