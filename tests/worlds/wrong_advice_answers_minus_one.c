/* SPDX-License-Identifier: MIT */
/* posix_fadvise answers like other calls: -1, and the error in errno. */
#include <errno.h>
#include <fcntl.h>

#include "worlds/world.h"

static int advise(int fd, off_t offset, off_t length, int advice)
{
	errno = posix_fadvise(fd, offset, length, advice);
	return errno == 0 ? 0 : -1;
}

WORLD("A machine whose posix_fadvise answers -1", .breaks = "a_wrong_advice_is_named_by_its_answer",
      .spares = "a_fitting_advice_is_taken fadvise-01 fadvise-02", .posix_fadvise = advise);
