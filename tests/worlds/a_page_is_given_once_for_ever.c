/* SPDX-License-Identifier: MIT */
/* What was given once is not given again, not even when it was dropped and is missing. */
#include <errno.h>
#include <linux/userfaultfd.h>
#include <sys/ioctl.h>

#include "worlds/world.h"

static int control(int fd, unsigned long request, void *argument)
{
	static uint64_t first;
	struct uffdio_copy *copy = argument;

	if (request == UFFDIO_COPY && copy->dst == first) {
		copy->copy = -EEXIST;
		errno = EEXIST;
		return -1;
	}

	int answer = ioctl(fd, request, argument);

	if (answer == 0 && request == UFFDIO_COPY && !first) {
		first = copy->dst;
	}
	return answer;
}

WORLD("A machine where a page is given once for ever",
      .breaks = "a_missing_page_is_given_once.a_page_given_back_is_given_anew",
      .spares = "uffd-01 uffd-04 uffd-05", .ioctl = control);
