/* SPDX-License-Identifier: MIT */
/* A gift of several pages leaves out those that are there, and goes on behind them. */
#include <errno.h>
#include <linux/userfaultfd.h>
#include <sys/ioctl.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static int control(int fd, unsigned long request, void *argument)
{
	struct uffdio_copy *copy = argument;
	int answer = ioctl(fd, request, argument);

	if (answer != 0 && errno == EAGAIN && request == UFFDIO_COPY && copy->copy > 0) {
		uint64_t done = (uint64_t)copy->copy + page_size();
		struct uffdio_copy rest = {
			.dst = copy->dst + done, .src = copy->src + done, .len = copy->len - done};

		if (copy->len > done) {
			ioctl(fd, UFFDIO_COPY, &rest);
		}
		errno = EAGAIN;
	}
	return answer;
}

WORLD("A machine where a gift passes over what is there",
      .breaks = "a_gift_ends_at_the_first_page_that_is_there",
      .spares = "a_page_that_is_there_is_not_given_again uffd-05 fault-19 uffd-06",
      .ioctl = control);
