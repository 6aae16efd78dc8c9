/* SPDX-License-Identifier: MIT */
/* The kernel stores nothing into pages of an area that is registered, given or not. */
#include <errno.h>
#include <linux/userfaultfd.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "worlds/world.h"

static uint64_t start, end;

static int control(int fd, unsigned long request, void *argument)
{
	struct uffdio_register *wanted = argument;

	if (request == UFFDIO_REGISTER) {
		start = wanted->range.start;
		end = start + wanted->range.len;
	}
	return ioctl(fd, request, argument);
}

static ssize_t refuse(int fd, void *buffer, size_t length, off_t offset)
{
	if ((uintptr_t)buffer >= start && (uintptr_t)buffer < end) {
		errno = EFAULT;
		return -1;
	}
	return pread(fd, buffer, length, offset);
}

WORLD("A machine where pages of a pager are for the program only",
      .breaks = "user_faults_belong_to_an_area_of_one_process."
		"a_page_that_was_given_is_like_any_other",
      .spares = "uffd-11 uffd-12 uffd-13 uffd-14 fault-19", .ioctl = control, .pread = refuse);
