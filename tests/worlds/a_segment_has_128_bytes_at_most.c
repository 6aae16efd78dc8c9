/* SPDX-License-Identifier: MIT */
/* Whatever limit is described, a segment has at most 128 bytes. */
#include <touchstone/segments.h>

#include "worlds/acts.h"

static long describe(long number, const long argument[6])
{
	if (number == SYS_modify_ldt && argument[0] == 1) {
		struct user_desc segment = *(const struct user_desc *)argument[1];

		segment.limit = segment.limit > 127 ? 127 : segment.limit;
		return pass_on(number, (const long[6]){1, (long)&segment, sizeof segment});
	}
	return pass_on(number, argument);
}

WORLD("A machine where a segment has 128 bytes at most",
      .breaks = "a_larger_limit_lets_them_through", .spares = "seg-03 seg-05", .syscall = describe);
