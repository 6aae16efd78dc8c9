/* SPDX-License-Identifier: MIT */
/* A page that is there already is given once more, over what has been stored in it. */
#include <errno.h>
#include <linux/userfaultfd.h>
#include <string.h>
#include <sys/ioctl.h>

#include "worlds/world.h"

static int control(int fd, unsigned long request, void *argument)
{
	struct uffdio_copy *copy = argument;
	int answer = ioctl(fd, request, argument);

	if (answer != 0 && errno == EEXIST && request == UFFDIO_COPY) {
		memcpy((void *)(uintptr_t)copy->dst, (void *)(uintptr_t)copy->src, copy->len);
		copy->copy = (int64_t)copy->len;
		return 0;
	}
	return answer;
}

WORLD("A machine where a page can be given twice",
      .breaks = "a_page_that_is_there_is_not_given_again",
      .spares = "a_gift_ends_at_the_first_page_that_is_there uffd-05 fault-19 uffd-06 uffd-07",
      .ioctl = control);
