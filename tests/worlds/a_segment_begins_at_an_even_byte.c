/* SPDX-License-Identifier: MIT */
/* The lowest bit of the base is lost. */
#include <touchstone/segments.h>

#include "worlds/acts.h"

static long describe(long number, const long argument[6])
{
	if (number == SYS_modify_ldt && argument[0] == 1) {
		struct user_desc segment = *(const struct user_desc *)argument[1];

		segment.base_addr &= ~1U;
		return pass_on(number, (const long[6]){1, (long)&segment, sizeof segment});
	}
	return pass_on(number, argument);
}

WORLD("A machine where a segment begins at an even byte", .breaks = "the_base_is_added",
      .spares =
	      "offsets_beyond_the_limit_are_refused a_larger_limit_lets_them_through seg-05 seg-06",
      .syscall = describe);
