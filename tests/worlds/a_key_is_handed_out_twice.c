/* SPDX-License-Identifier: MIT */
/* The key that was given last is given once more when none is left. */
#include <errno.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "worlds/world.h"

static long call(long number, const long argument[6])
{
	static long last = 1;
	long answer = syscall(number, argument[0], argument[1], argument[2], argument[3],
			      argument[4], argument[5]);

	if (number == SYS_pkey_alloc) {
		last = answer < 0 && errno == ENOSPC ? last : answer;
		return answer < 0 && errno == ENOSPC ? last : answer;
	}
	return answer;
}

WORLD("A machine where a key is handed out twice", .breaks = "pkey-01",
      .spares = "pkey-02 pkey-03 pkey-04 prot-10", .syscall = call);
