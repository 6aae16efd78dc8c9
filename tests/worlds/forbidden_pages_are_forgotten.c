/* SPDX-License-Identifier: MIT */
/* A page that is made inaccessible loses its contents. */
#include <sys/mman.h>

#include "worlds/world.h"

static int protect(void *address, size_t length, int protection)
{
	int answer = mprotect(address, length, protection);

	if (answer == 0 && protection == PROT_NONE) {
		madvise(address, length, MADV_DONTNEED);
	}
	return answer;
}

WORLD("A machine that forgets forbidden pages",
      .breaks = "prot-08 guard_pages_stop_an_overrun.the_whole_guard_is_forbidden "
		"refused_accesses_say_so_and_change_nothing"
		" a_reference_after_munmap_is_a_segfault.a_forbidden_page_is_another_matter "
		"munmap_removes_whole_pages.a_forbidden_page_is_still_an_area"
		" a_forbidden_page_can_be_opened",
      .spares = "an_overrun_faults_at_the_guards_first_byte prot-05 prot-16 "
		"an_underrun_faults_at_the_guards_last_byte",
      .mprotect = protect);
