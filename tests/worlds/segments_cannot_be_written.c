/* SPDX-License-Identifier: MIT */
/* Each segment of data may only be read. */
#include <touchstone/segments.h>

#include "worlds/acts.h"

static long describe(long number, const long argument[6])
{
	if (number == SYS_modify_ldt && argument[0] == 1) {
		struct user_desc segment = *(const struct user_desc *)argument[1];

		segment.read_exec_only = 1;
		return pass_on(number, (const long[6]){1, (long)&segment, sizeof segment});
	}
	return pass_on(number, argument);
}

WORLD("A machine whose segments cannot be written",
      .breaks = "a_writable_segment_lets_stores_through a_larger_limit_lets_them_through seg-06",
      .spares = "seg-05 seg-03 seg-04", .syscall = describe);
