/* SPDX-License-Identifier: MIT */
/* Memory that is given a key that nobody was handed out is given key 0. */
#include <errno.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "worlds/world.h"

static long call(long number, const long argument[6])
{
	long answer = syscall(number, argument[0], argument[1], argument[2], argument[3],
			      argument[4], argument[5]);

	if (number == SYS_pkey_mprotect && answer < 0 && errno == EINVAL && argument[3] > 0) {
		return syscall(number, argument[0], argument[1], argument[2], 0l);
	}
	return answer;
}

WORLD("A machine where an unknown key is key 0", .breaks = "pkey-02",
      .spares = "pkey-01 pkey-03 pkey-04 prot-10", .syscall = call);
