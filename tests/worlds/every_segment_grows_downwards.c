/* SPDX-License-Identifier: MIT */
/* Each segment of data grows downwards. */
#include <touchstone/segments.h>

#include "worlds/acts.h"

static long describe(long number, const long argument[6])
{
	if (number == SYS_modify_ldt && argument[0] == 1) {
		struct user_desc segment = *(const struct user_desc *)argument[1];

		segment.contents = 1;
		return pass_on(number, (const long[6]){1, (long)&segment, sizeof segment});
	}
	return pass_on(number, argument);
}

WORLD("A machine where every segment grows downwards",
      .breaks = "an_ordinary_segment_answers_otherwise seg-03", .spares = "seg-06 seg-04",
      .syscall = describe);
