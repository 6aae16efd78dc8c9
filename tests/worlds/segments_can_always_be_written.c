/* SPDX-License-Identifier: MIT */
/* That a segment may only be read is forgotten. */
#include <touchstone/segments.h>

#include "worlds/acts.h"

static long describe(long number, const long argument[6])
{
	if (number == SYS_modify_ldt && argument[0] == 1) {
		struct user_desc segment = *(const struct user_desc *)argument[1];

		segment.read_exec_only = 0;
		return pass_on(number, (const long[6]){1, (long)&segment, sizeof segment});
	}
	return pass_on(number, argument);
}

WORLD("A machine whose segments can always be written", .breaks = "seg-05",
      .spares = "seg-03 seg-06 a_writable_segment_lets_stores_through", .syscall = describe);
