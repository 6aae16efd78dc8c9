/* SPDX-License-Identifier: MIT */
/* A segment has a byte more than was described. */
#include <touchstone/segments.h>

#include "worlds/acts.h"

static long describe(long number, const long argument[6])
{
	if (number == SYS_modify_ldt && argument[0] == 1) {
		struct user_desc segment = *(const struct user_desc *)argument[1];

		segment.limit += segment.contents == 0;
		return pass_on(number, (const long[6]){1, (long)&segment, sizeof segment});
	}
	return pass_on(number, argument);
}

WORLD("A machine where the limit of a segment is a byte too high",
      .breaks = "offsets_beyond_the_limit_are_refused a_larger_limit_lets_them_through "
		"an_ordinary_segment_answers_otherwise",
      .spares = "the_base_is_added seg-04 seg-05 seg-06", .syscall = describe);
