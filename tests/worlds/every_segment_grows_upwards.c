/* SPDX-License-Identifier: MIT */
/* That a segment grows downwards is forgotten. */
#include <touchstone/segments.h>

#include "worlds/acts.h"

static long describe(long number, const long argument[6])
{
	if (number == SYS_modify_ldt && argument[0] == 1) {
		struct user_desc segment = *(const struct user_desc *)argument[1];

		segment.contents = 0;
		return pass_on(number, (const long[6]){1, (long)&segment, sizeof segment});
	}
	return pass_on(number, argument);
}

WORLD("A machine where every segment grows upwards", .breaks = "seg-06",
      .spares = "seg-03 seg-05 an_ordinary_segment_answers_otherwise", .syscall = describe);
