/* SPDX-License-Identifier: MIT */
/* Where every access is to be forbidden, stores are, and loads go through. */
#include <sys/mman.h>

#include "worlds/world.h"

static int protect(void *address, size_t length, int protection)
{
	return mprotect(address, length, protection == PROT_NONE ? PROT_READ : protection);
}

WORLD("A machine whose PROT_NONE forbids stores only",
      .breaks = "an_overrun_faults_at_the_guards_first_byte "
		"guard_pages_stop_an_overrun.the_whole_guard_is_forbidden prot-08 "
		"refused_accesses_say_so_and_change_nothing prot-21"
		" an_access_outside_every_area_is_told_as_such.in_an_area_it_says_otherwise",
      .spares = "an_underrun_faults_at_the_guards_last_byte prot-05 prot-07 prot-16 prot-17",
      .mprotect = protect);
