/* SPDX-License-Identifier: MIT */
/* Whatever limit is described, a segment goes up to the last address. */
#include <touchstone/segments.h>

#include "worlds/acts.h"

static long describe(long number, const long argument[6])
{
	if (number == SYS_modify_ldt && argument[0] == 1) {
		struct user_desc segment = *(const struct user_desc *)argument[1];

		segment.limit = segment.contents ? segment.limit : 0xfffff;
		segment.limit_in_pages = segment.contents == 0;
		return pass_on(number, (const long[6]){1, (long)&segment, sizeof segment});
	}
	return pass_on(number, argument);
}

WORLD("A machine whose segments have no limit",
      .breaks = "offsets_beyond_the_limit_are_refused an_ordinary_segment_answers_otherwise "
		"in_32_bit_mode_the_limit_stops_it",
      .spares = "the_base_is_added seg-04 seg-05 seg-06", .syscall = describe);
