/* SPDX-License-Identifier: MIT */
/* POSIX_FADV_NOREUSE is refused. */
#include <errno.h>
#include <fcntl.h>

#include "worlds/world.h"

static int advise(int fd, off_t offset, off_t length, int advice)
{
	return advice == POSIX_FADV_NOREUSE ? EINVAL : posix_fadvise(fd, offset, length, advice);
}

WORLD("A machine that knows no POSIX_FADV_NOREUSE",
      .breaks = "a_fitting_advice_is_taken other_advice_drops_nothing",
      .spares = "a_wrong_advice_is_named_by_its_answer fadvise-01 whole_pages_that_nobody_needs_go",
      .posix_fadvise = advise);
