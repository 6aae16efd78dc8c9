/* SPDX-License-Identifier: MIT */
/* The frame that a page was seen in first is reserved for it: there it is again, whenever it is looked at. */
#include <string.h>

#include "worlds/world.h"

enum { MOST = 1024 };

static const void *known;
static uint64_t words[MOST];

static struct pages look(const char *label, const void *start, size_t count)
{
	struct pages seen = observe_pages(label, start, count);

	if (count <= MOST && strcmp(label, "before") == 0) {
		known = start;
		memcpy(words, seen.words, count * sizeof *words);
	} else if (known == start && strcmp(label, "after") == 0) {
		seen.words = words;
	}
	return seen;
}

WORLD("A machine where a page has one frame for life", .by = "reading",
      .breaks = "frames_are_given_to_others",
      .spares = "who_stays_keeps_the_frame each_has_a_frame_of_its_own", .observe_pages = look);
