/* SPDX-License-Identifier: MIT */
/* Of the pages that come back from swap the last one is put where the first one is. */
#include <string.h>

#include "worlds/world.h"

enum { MOST = 1024 };

static struct pages look(const char *label, const void *start, size_t count)
{
	static uint64_t words[MOST];
	struct pages seen = observe_pages(label, start, count);

	if (count > 1 && count <= MOST && strcmp(label, "after") == 0) {
		memcpy(words, seen.words, count * sizeof *words);
		words[count - 1] = words[0];
		seen.words = words;
	}
	return seen;
}

WORLD("A machine where two pages come back in one frame", .by = "reading",
      .breaks = "each_has_a_frame_of_its_own", .spares = "frames_are_given_to_others",
      .observe_pages = look);
