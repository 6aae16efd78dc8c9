/* SPDX-License-Identifier: MIT */
/* Files that exist only while somebody holds them: touchstone/files.h. */
#include <touchstone/files.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <touchstone/memory.h>
#include <touchstone/outcome.h>

#include "arrange/files.h"
#include "instruments/arena.h"

const char *files_folder(size_t number)
{
	static const char *const variables[] = {"TOUCHSTONE_TMPDIR", "TMPDIR"};
	static const char *const usual[] = {"/var/tmp", "/tmp"};
	const char *folder;

	switch (number) {
	case 0:
	case 1:
		folder = getenv(variables[number]);
		return folder ? folder : "";
	case 2:
	case 3:
		return usual[number - 2];
	default:
		return NULL;
	}
}

/* For file systems without O_TMPFILE: the file has a name for the length of two system calls. */
static int unnamed_after_a_moment(const char *folder, mode_t mode)
{
	enum { ATTEMPTS = 100 };

	for (int i = 0; i < ATTEMPTS; i++) {
		char path[1024];
		uint64_t number;

		if (getrandom(&number, sizeof number, GRND_NONBLOCK) != sizeof number) {
			number = (uint64_t)getpid() * ATTEMPTS + (unsigned)i;
		}

		int length = snprintf(path, sizeof path, "%s/touchstone-%016llx", folder,
				      (unsigned long long)number);

		if (length < 0 || (size_t)length >= sizeof path) {
			return -ENAMETOOLONG;
		}

		int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode);

		if (fd >= 0) {
			if (unlink(path) != 0) {
				int error = errno;

				close(fd);
				return -error;
			}
			fchmod(fd, mode); /* the umask may have taken bits away */
			return fd;
		}
		if (errno != EEXIST) {
			return -errno;
		}
	}
	return -EEXIST;
}

int files_unnamed(const char *folder, mode_t mode)
{
	/* An empty name would be the current folder's own to some calls, and nothing to others. */
	if (!*folder) {
		return -ENOENT;
	}

	int fd = open(folder, O_TMPFILE | O_RDWR | O_EXCL | O_CLOEXEC, mode);

	if (fd >= 0) {
		fchmod(fd, mode);
		return fd;
	}
	if (errno == ENOENT || errno == EACCES || errno == EROFS || errno == ENOTDIR) {
		return -errno;
	}
	return unnamed_after_a_moment(folder, mode);
}

int files_put(int fd, const void *bytes, size_t length, off_t offset)
{
	struct sigaction ignore = {.sa_handler = SIG_IGN}, before;
	size_t done = 0;
	int error = 0;

	/* A write beyond RLIMIT_FSIZE kills by SIGXFSZ, unless that is ignored: then it is EFBIG.
	 */
	sigaction(SIGXFSZ, &ignore, &before);
	while (done < length && !error) {
		ssize_t now = pwrite(fd, (const char *)bytes + done, length - done,
				     offset + (off_t)done);

		if (now > 0) {
			done += (size_t)now;
		} else if (now == 0) {
			error = ENOSPC;
		} else if (errno != EINTR) {
			error = errno;
		}
	}
	sigaction(SIGXFSZ, &before, NULL);
	return -error;
}

int files_reopen(int fd, int flags)
{
	char path[40];

	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);

	int again = open(path, flags | O_CLOEXEC);

	return again < 0 ? -errno : again;
}

/*
 * Kernels make one large folio of one large write; what is then done to one page (dirtying it,
 * dropping it) is done to all of them. So each page is written by a call of its own.
 */
static int put_pattern(int fd, size_t count, unsigned seed)
{
	static char *buffer;
	size_t size = page_size();

	if (!buffer && !(buffer = arena_take(size))) {
		return -ENOMEM;
	}
	for (size_t i = 0; i < count; i++) {
		pattern_bytes(buffer, size, seed, i * size);

		int error = files_put(fd, buffer, size, (off_t)(i * size));

		if (error) {
			return error;
		}
	}
	return 0;
}

/* A filled file in the folder, or a negative errno. */
static int filled_in(const char *folder, size_t count, unsigned seed)
{
	int fd = files_unnamed(folder, 0600);

	if (fd < 0) {
		return fd;
	}

	int error = put_pattern(fd, count, seed);

	if (error) {
		close(fd);
		return error;
	}
	return fd;
}

int memory_file(size_t count, unsigned seed)
{
	int fd = memfd_create("touchstone", MFD_CLOEXEC);

	arrange(fd >= 0);
	errno = -put_pattern(fd, count, seed);
	arrange(errno == 0 && "the file in memory was written");
	return fd;
}

int scratch_file(size_t count, unsigned seed)
{
	const char *folder;

	for (size_t i = 0; (folder = files_folder(i)); i++) {
		int fd = filled_in(folder, count, seed);

		if (fd >= 0) {
			evidence("scratch file", "unnamed, in %s", folder);
			return fd;
		}
	}
	evidence("scratch file", "in memory");
	return memory_file(count, seed);
}

/*
 * Which pages of the file are in the page cache can only be asked of a mapping; mapping it
 * brings none in. In pieces, so that nothing has to be allocated for the answer.
 */
static int count_cached(int fd, size_t count, size_t *cached)
{
	enum { PIECE = 256 };
	size_t size = page_size();
	int error = 0;

	*cached = 0;
	if (count == 0) {
		return 0;
	}

	char *file = mmap(NULL, count * size, PROT_READ, MAP_SHARED, fd, 0);

	if (file == MAP_FAILED) {
		return -errno;
	}
	for (size_t first = 0; first < count && !error; first += PIECE) {
		unsigned char in_memory[PIECE];
		size_t pages = count - first < PIECE ? count - first : PIECE;

		if (mincore(file + first * size, pages * size, in_memory) != 0) {
			error = errno;
			break;
		}
		for (size_t i = 0; i < pages; i++) {
			*cached += in_memory[i] & 1;
		}
	}
	munmap(file, count * size);
	return -error;
}

/* True: all pages went. */
static bool drop_from_cache(int fd, size_t count, int *error)
{
	size_t cached;

	*error = posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
	if (*error) {
		return false;
	}
	*error = -count_cached(fd, count, &cached);
	return *error == 0 && cached == 0;
}

enum { PROBE_PAGES = 16, PROBES = 5 };

/* Where blocks are larger than pages, or compressed, whoever reads one page brings others. */
static bool a_page_comes_alone(int fd)
{
	size_t cached;
	char byte;

	return posix_fadvise(fd, 0, 0, POSIX_FADV_RANDOM) == 0 &&
	       pread(fd, &byte, 1, (off_t)(PROBE_PAGES / 2 * page_size())) == 1 &&
	       count_cached(fd, PROBE_PAGES, &cached) == 0 && cached == 1;
}

/*
 * Tried with a file of its own, because a file is cooled only once. The name of a file system is
 * not asked for; what counts is whether pages leave the page cache, and come back one by one.
 */
static bool pages_leave_the_cache(const char *folder, int *error)
{
	int ignored, fd = filled_in(folder, PROBE_PAGES, 0);
	bool left = fd >= 0 && fsync(fd) == 0 && drop_from_cache(fd, PROBE_PAGES, &ignored) &&
		    a_page_comes_alone(fd);

	if (fd >= 0) {
		close(fd);
	} else if (fd == -EMFILE || fd == -ENFILE) { /* that says nothing of the folder */
		*error = fd;
	}
	return left;
}

/*
 * Once in a process, for it costs a wait for the disk. Now and then a page stays because somebody else, were it the
 * kernel, has just laid hands on it.
 */
static bool is_on_disk(const char *folder, int *error)
{
	static const char *proven;

	for (int tried = 0; folder != proven && tried < PROBES; tried++) {
		if (pages_leave_the_cache(folder, error)) {
			proven = folder;
		}
	}
	return folder == proven;
}

static int disk_file_in(const char **folder, size_t count, unsigned seed)
{
	int error = -ENODEV;

	for (size_t i = 0; (*folder = files_folder(i)); i++) {
		if (!is_on_disk(*folder, &error)) {
			continue;
		}

		int fd = filled_in(*folder, count, seed);

		if (fd >= 0 && fsync(fd) == 0) {
			return fd;
		}
		error = fd < 0 ? fd : -errno;
		if (fd >= 0) {
			close(fd);
		}
	}
	return error;
}

bool files_are_on_disk(void)
{
	const char *folder;
	int ignored;

	for (size_t i = 0; (folder = files_folder(i)); i++) {
		if (is_on_disk(folder, &ignored)) {
			return true;
		}
	}
	return false;
}

int files_try_disk_file(size_t count)
{
	const char *folder;
	int fd = disk_file_in(&folder, count, 0);

	return fd < 0 ? -1 : fd;
}

int disk_file(size_t count, unsigned seed)
{
	const char *folder;
	int fd = disk_file_in(&folder, count, seed);

	errno = fd < 0 ? -fd : 0;
	arrange(fd >= 0 && "a file on a file system whose pages leave the page cache");
	evidence("disk file", "unnamed, in %s", folder);
	return fd;
}

bool cool_down(int fd, size_t count)
{
	int error;
	bool all_went = drop_from_cache(fd, count, &error);

	errno = error;
	arrange(error == 0 && "the file's pages can be dropped and counted");
	return all_went;
}

int open_again(int fd, int flags)
{
	int again = files_reopen(fd, flags);

	if (again == -ENOENT && fcntl(fd, F_GETFD) >= 0) {
		undecided("needs /proc/self/fd, by which an unnamed file is opened again: mount "
			  "/proc");
	}
	errno = again < 0 ? -again : 0;
	arrange(again >= 0 && "the file can be opened again through /proc/self/fd");
	return again;
}

void read_at(int fd, void *buffer, size_t length, size_t offset)
{
	for (size_t done = 0; done < length;) {
		ssize_t now = pread(fd, (char *)buffer + done, length - done,
				    (off_t)(offset + done));

		if (now < 0 && errno == EINTR) {
			continue;
		}
		if (now == 0) {
			errno = ENODATA; /* the file ends before */
		}
		arrange(now > 0);
		done += (size_t)now;
	}
}

void write_at(int fd, const void *buffer, size_t length, size_t offset)
{
	errno = -files_put(fd, buffer, length, (off_t)offset);
	arrange(errno == 0 && "all bytes were written");
}

int write_text(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_TRUNC | O_CLOEXEC);

	if (fd < 0) {
		return -errno;
	}

	/* A line end makes an empty value something that can be written; and it is all one write. */
	char line[strlen(text) + 2];
	int length = snprintf(line, sizeof line, "%s\n", text);
	int error = write(fd, line, (size_t)length) < 0 ? errno : 0;

	close(fd);
	return -error;
}
