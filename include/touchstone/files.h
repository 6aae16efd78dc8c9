/* SPDX-License-Identifier: MIT */
/*
 * Files that exist only while somebody holds them.
 */
#ifndef TOUCHSTONE_FILES_H
#define TOUCHSTONE_FILES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <touchstone/machine.h>
#include <touchstone/memory.h>
#include <touchstone/outcome.h>

/*
 * scratch_file(count, seed): an unnamed file of count pages, open for reading and writing, holding
 * pattern_bytes(seed), written page by page so that each page is a folio of its own. It lies in
 * $TOUCHSTONE_TMPDIR, else $TMPDIR, else /var/tmp, else /tmp; where none can be written, in memory
 * (memfd_create). Which, is kept as evidence. It vanishes with its last descriptor.
 */
int scratch_file(size_t count, unsigned seed);

/*
 * memory_file(count, seed): the same as a file in memory that has never been on a disk
 * (memfd_create(2)), each page a folio of its own.
 */
int memory_file(size_t count, unsigned seed);

/* How many pages a file in memory takes: st_blocks of fstat(2). */
static inline size_t pages_taken(int fd)
{
	enum { BLOCK = 512 }; /* inode(7) */
	struct stat file;

	arrange(fstat(fd, &file) == 0);
	return (size_t)file.st_blocks * BLOCK / page_size();
}

/*
 * For who looks at a file in memory page by page: undecided where it takes more than the count that was
 * written, for then the kernel gives out several pages at once.
 */
static inline void need_single_pages(int fd, size_t count)
{
	if (pages_taken(fd) != count) {
		undecided("needs files in memory of single pages: shmem_enabled set to never");
	}
}

/*
 * disk_file(count, seed): the same, on a file system whose pages can leave the page cache and come
 * back one by one, and on the disk already (fsync). Needs DISK_FILE.
 */
int disk_file(size_t count, unsigned seed);

/*
 * For who stores to many pages of a file on a disk: undecided where vm.dirty_bytes
 * (Documentation/admin-guide/sysctl/vm.rst) leaves hardly any room for pages that are not written back yet, for
 * then each store waits for the disk.
 */
static inline void need_room_for_dirty_pages(size_t count)
{
	long long limit = setting_number("/proc/sys/vm/dirty_bytes"); /* 0: none of its own */

	if (limit > 0 && (unsigned long long)limit < 4ULL * count * page_size()) {
		undecided("needs room for %zu pages that are not written back: vm.dirty_bytes 0, "
			  "or larger",
			  4 * count);
	}
}

/*
 * cool_down(fd, count): drops the file's pages from the page cache and tells whether they all
 * went (posix_fadvise(2), mincore(2)). A page stays that is under input/output, dirty, locked or mapped, or in
 * somebody's hands just now.
 */
bool cool_down(int fd, size_t count);

/*
 * make_cold(fd, count): drops them again and again until all went, for on a busy machine one stays now and then;
 * undecided where some stay time and again. What is being read ahead may still come after that: not for a file of
 * which something was read that nobody has waited for.
 */
static inline void make_cold(int fd, size_t count)
{
	enum { ATTEMPTS = 20 };

	for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
		if (cool_down(fd, count)) {
			return;
		}
	}
	undecided("needs a file that leaves the page cache: a disk at rest below TMPDIR");
}

/*
 * How many bytes are read ahead of a file of that device at most, and the setting that says so
 * (/sys/class/bdi/MAJOR:MINOR/read_ahead_kb); -1 where it cannot be read.
 */
enum { READ_AHEAD_SETTING = 80 };
static inline long long read_ahead_of(int fd, char setting[READ_AHEAD_SETTING])
{
	struct stat file;

	arrange(fstat(fd, &file) == 0);
	snprintf(setting, READ_AHEAD_SETTING, "/sys/class/bdi/%u:%u/read_ahead_kb",
		 major(file.st_dev), minor(file.st_dev));

	long long kilobytes = setting_number(setting);

	return kilobytes < 0 ? -1 : kilobytes * 1024;
}

/* cold_file(count, seed): a disk_file without a page in memory. */
static inline int cold_file(size_t count, unsigned seed)
{
	int fd = disk_file(count, seed);

	make_cold(fd, count);
	return fd;
}

/*
 * A second descriptor of the same file, opened anew with these flags (O_RDONLY, O_WRONLY), by way of
 * /proc/self/fd; undecided where there is no /proc.
 */
int open_again(int fd, int flags);

/* Reads or writes exactly this many bytes at an offset; anything less is an error. */
void read_at(int fd, void *buffer, size_t length, size_t offset);
void write_at(int fd, const void *buffer, size_t length, size_t offset);

#endif
