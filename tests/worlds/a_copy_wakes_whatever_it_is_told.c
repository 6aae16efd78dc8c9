/* SPDX-License-Identifier: MIT */
/* UFFDIO_COPY wakes who waits for the page, DONTWAKE or not, and gives them the time to go on. */
#include <linux/userfaultfd.h>
#include <sys/ioctl.h>
#include <time.h>

#include "worlds/world.h"

static int control(int fd, unsigned long request, void *argument)
{
	const struct timespec moment = {.tv_nsec = 50000000};
	struct uffdio_copy *copy = argument;
	int answer;

	if (request != UFFDIO_COPY || !(copy->mode & UFFDIO_COPY_MODE_DONTWAKE)) {
		return ioctl(fd, request, argument);
	}
	copy->mode &= ~(uint64_t)UFFDIO_COPY_MODE_DONTWAKE;
	answer = ioctl(fd, request, argument);
	nanosleep(&moment, NULL);
	return answer;
}

WORLD("A machine where a copy wakes whatever it is told", .breaks = "it_sleeps_until_it_is_woken",
      .spares = "woken_without_a_page_it_asks_again uffd-04 uffd-07 fault-19", .ioctl = control);
