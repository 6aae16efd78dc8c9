/* SPDX-License-Identifier: MIT */
/*
 * Through a pipe passes the news that something was written. The bytes stay where they are, which
 * takes no time.
 */
#include <stdbool.h>
#include <unistd.h>

#include "worlds/world.h"

static bool is_pipe(int fd)
{
	struct stat status;

	return fstat(fd, &status) == 0 && S_ISFIFO(status.st_mode);
}

static ssize_t put(int fd, const void *bytes, size_t length)
{
	return length > 1 && is_pipe(fd) ? (ssize_t)length : write(fd, bytes, length);
}

static ssize_t take(int fd, void *bytes, size_t length)
{
	return length > 1 && is_pipe(fd) ? (ssize_t)length : read(fd, bytes, length);
}

WORLD("A machine where a pipe carries only the news",
      .breaks = "large_messages_arrive_sooner they_arrive_whole", .spares = "share-03 share-10",
      .write = put, .read = take);
