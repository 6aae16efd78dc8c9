/* SPDX-License-Identifier: MIT */
/* The kernel counts a byte less than is queued at the least. */
#include <linux/sockios.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "worlds/world.h"

static int written;

static ssize_t put(int fd, const void *bytes, size_t length)
{
	ssize_t answer = write(fd, bytes, length);

	written += answer > 0 ? (int)answer : 0;
	return answer;
}

static int count(int fd, unsigned long request, void *argument)
{
	int answer = ioctl(fd, request, argument);

	if (request == SIOCOUTQ && answer == 0 && written > 0) {
		*(int *)argument = written - 1;
	}
	return answer;
}

WORLD("A machine where a queued byte is not counted", .breaks = "what_is_queued_is_counted",
      .spares = "what_is_queued_outlives_its_buffer kernel-03", .by = "reading", .write = put,
      .ioctl = count);
