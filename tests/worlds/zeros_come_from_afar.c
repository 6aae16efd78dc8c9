/* SPDX-License-Identifier: MIT */
/*
 * The zeros of fresh private memory are read from a disk: each first touch of a page has to wait
 * for a page of a file, which is a major fault. What comes is right.
 */
#include <fcntl.h>
#include <linux/magic.h>
#include <sys/mman.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <touchstone/outcome.h>

#include "worlds/world.h"

static int file_of_zeros(size_t length)
{
	int fd = open("/var/tmp", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	struct statfs system;

	if (fd < 0 || fstatfs(fd, &system) != 0 || system.f_type == TMPFS_MAGIC ||
	    system.f_type == RAMFS_MAGIC || ftruncate(fd, (off_t)length) != 0) {
		undecided("needs a file on a disk for this world: a /var/tmp that is on one");
	}
	return fd;
}

static void *map(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	void *area;

	if (!(flags & MAP_ANONYMOUS) || !(flags & MAP_PRIVATE)) {
		return mmap(address, length, protection, flags, fd, offset);
	}
	fd = file_of_zeros(length);
	area = mmap(address, length, protection, flags & ~MAP_ANONYMOUS, fd, 0);
	close(fd);
	if (area != MAP_FAILED) {
		madvise(area, length, MADV_RANDOM);
	}
	return area;
}

WORLD("A machine that reads the zeros of fresh memory from a disk",
      .breaks = "lazy-16 each_page_faults_once one_byte_brings_one_frame a_read_gets_the_zero_page "
		"faults_follow_the_touches the_kernel_reads_like_anybody"
		" one_fault_can_bring_a_huge_page.without_them_every_page_faults",
      .spares = "unwritten_memory_reads_as_zeros private_memory_is_zero lazy-02 lazy-03 lazy-21 "
		"given_back_pages_read_zero",
      .mmap = map);
