/* SPDX-License-Identifier: MIT */
/*
 * Addresses that were registered with userfaultfd stay so when they are unmapped; with another
 * descriptor they cannot be registered again.
 */
#include <errno.h>
#include <linux/userfaultfd.h>
#include <sys/ioctl.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static int control(int fd, unsigned long request, void *argument)
{
	static uint64_t taken;
	struct uffdio_register *wanted = argument;

	if (request != UFFDIO_REGISTER) {
		return ioctl(fd, request, argument);
	}
	if (wanted->range.start == taken) {
		errno = EBUSY;
		return -1;
	}
	taken = wanted->range.start;
	return ioctl(fd, request, argument);
}

WORLD("A machine where a registration outlives its area", .breaks = "it_ends_with_the_mapping",
      .spares = "uffd-11 uffd-13 uffd-14 fault-19 uffd-04", .ioctl = control);
