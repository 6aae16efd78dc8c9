/* SPDX-License-Identifier: MIT */
/*
 * A memory file may be made of huge pages
 * =======================================
 *
 * MFD_HUGETLB takes the pages of a memory file from the pool of huge pages that an administrator has
 * set aside. Such a file is counted in huge pages: its length, each mapping of it, and what
 * the first touch takes out of the pool. Else it is a memory file like any other, one object
 * for everybody who holds it.
 *
 *      pool of 4             mmap of 2             one byte touched        last descriptor closed
 *      [ ][ ][ ][ ]          [r][r][ ][ ]          [X][r][ ][ ]            [ ][ ][ ][ ]
 *
 * Look with: fstat(2) st_blksize, /proc/meminfo HugePages_Free, the bytes from parent and child.
 * Read on:   memfd_create(2) MFD_HUGETLB, Documentation/admin-guide/mm/hugetlbpage.rst.
 */
#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <touchstone/experiment.h>
#include <touchstone/huge_pool.h>

#ifndef MFD_HUGETLB
#define MFD_HUGETLB 4U
#endif

EXPERIMENT("A memory file may be made of huge pages");

enum { POOL = 4, LENGTH = 2 };

static int huge_file(size_t size)
{
	int fd = (int)assert_accepted(memfd_create("huge", MFD_CLOEXEC | MFD_HUGETLB));

	assert_accepted(ftruncate(fd, LENGTH * (off_t)size));
	return fd;
}

static char *mapped(int fd, size_t count, size_t size)
{
	return mmap(NULL, count * size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
}

CLAIM(its_length_is_counted_in_huge_pages, "memfd-15",
      "The file's block is a huge page, and a length that is not a multiple of it is EINVAL",
      .needs = HUGE_PAGE_POOL, .alone = "huge pages")
{
	size_t size = guard_huge_pool(POOL);
	int fd = huge_file(size);
	struct stat status;

	assert_accepted(fstat(fd, &status));
	assert_equals(status.st_blksize, size, "bytes of a block of the file");
	assert_refused(ftruncate(fd, (off_t)size + 1), EINVAL);
	assert_refused(ftruncate(fd, (off_t)(size + page_size())), EINVAL);
	assert_accepted(ftruncate(fd, (off_t)size));
}

CLAIM(its_pages_come_from_the_pool, "memfd-15",
      "A mapping reserves huge pages of the pool, a touch takes one, and the last close returns it",
      .needs = HUGE_PAGE_POOL, .alone = "huge pages")
{
	size_t size = guard_huge_pool(POOL);
	int fd = huge_file(size);
	char *area = (char *)assert_accepted(mapped(fd, LENGTH, size));

	assert_equals(pool_figure("HugePages_Free:"), POOL, "huge pages free before the touch");
	assert_equals(pool_figure("HugePages_Rsvd:"), LENGTH,
		      "huge pages reserved for the mapping");
	store(area + size + size / 2, 'x');
	assert_equals(pool_figure("HugePages_Free:"), POOL - 1, "huge pages free after the touch");
	assert_refused(mapped(memfd_create("too many", MFD_CLOEXEC | MFD_HUGETLB), POOL, size),
		       ENOMEM);
	arrange(munmap(area, LENGTH * size) == 0);
	assert_equals(pool_figure("HugePages_Free:"), POOL - 1, "huge pages free after munmap");
	arrange(close(fd) == 0);
	assert_equals(pool_figure("HugePages_Free:"), POOL, "huge pages free after the last close");
}

CLAIM(it_is_one_object_for_all, "memfd-15",
      "It is zero at first, and what a child writes through its own mapping its parent reads",
      .needs = HUGE_PAGE_POOL, .alone = "huge pages")
{
	size_t size = guard_huge_pool(POOL);
	int fd = huge_file(size);
	char *area = (char *)assert_accepted(mapped(fd, LENGTH, size));

	assert_all_bytes(area, size, 0, "the first huge page of the file");
	IN_CHILD {
		write_pattern((char *)assert_accepted(mapped(fd, LENGTH, size)), LENGTH * size, 1);
	}
	assert_pattern(area, LENGTH * size, 1, "what the child wrote");
}

CONTROL(an_ordinary_file_leaves_the_pool_alone, "memfd-15",
	"A memory file without the flag takes any length, and nothing out of the pool",
	.needs = HUGE_PAGE_POOL, .alone = "huge pages")
{
	size_t size = guard_huge_pool(POOL);
	int fd = memory_file(1, 1);

	assert_accepted(ftruncate(fd, (off_t)size + 1));
	store((char *)assert_accepted(mapped(fd, 1, size)) + size - 1, 'x');
	assert_equals(pool_figure("HugePages_Free:"), POOL, "huge pages free");
	assert_equals(pool_figure("HugePages_Rsvd:"), 0, "huge pages reserved");
}
