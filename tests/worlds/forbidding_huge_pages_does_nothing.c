/* SPDX-License-Identifier: MIT */
/* MADV_NOHUGEPAGE is granted and ignored. */
#include <sys/mman.h>

#include "worlds/world.h"

static int advise(void *address, size_t length, int advice)
{
	if (advice == MADV_NOHUGEPAGE) {
		return 0;
	}
	return madvise(address, length, advice);
}

WORLD("A machine whose huge pages cannot be forbidden",
      .breaks = "the_later_word_replaces_the_earlier other_advice_leaves_the_word "
		"forbidding_is_obeyed who_forbids_it_is_obeyed",
      .spares = "madvise-45 a_late_word_changes_no_byte", .madvise = advise);
