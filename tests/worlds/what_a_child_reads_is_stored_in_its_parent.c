/* SPDX-License-Identifier: MIT */
/* read(2) stores through the frame that it finds, which is the parent's, and parts nothing. */
#include <sys/prctl.h>
#include <sys/uio.h>
#include <unistd.h>

#include "worlds/acts.h"

static bool is_child, is_mapped;
static const char *target;

static void permit(void)
{
	prctl(PR_SET_PTRACER, PR_SET_PTRACER_ANY, 0, 0, 0);
}

static void be_child(void)
{
	is_child = true;
}

static void look(const struct mapping *mapping)
{
	is_mapped |= is_private(mapping) && target >= mapping->start &&
		     target < mapping->start + mapping->length;
}

static ssize_t read_into_parent(int fd, void *buffer, size_t length)
{
	char bytes[1000];
	struct iovec from = {bytes, 0}, to = {buffer, 0};

	target = buffer;
	is_mapped = false;
	gate_each_mapping(look);
	if (!is_child || !is_mapped || length > sizeof bytes) {
		return read(fd, buffer, length);
	}

	ssize_t got = read(fd, bytes, length);

	from.iov_len = to.iov_len = got > 0 ? (size_t)got : 0;
	process_vm_writev(getppid(), &from, 1, &to, 1, 0);
	return got;
}

WORLD("A machine on which what a child reads is stored in its parent",
      .breaks = "what_the_kernel_stores_is_the_childs_alone", .spares = "fork-04 cow-16",
      .enter = permit, .born = be_child, .read = read_into_parent);
