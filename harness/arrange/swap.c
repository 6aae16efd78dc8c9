/* SPDX-License-Identifier: MIT */
/*
 * Swap areas: see arrange/swap.h.
 *
 * A swap file cannot do without a name: swapon(2) says ENOENT to a file that has none, also by
 * way of /proc/self/fd, and an active one cannot be unlinked (EPERM). So the file gets its name
 * when it is full, just before it is activated, and loses it just after its end.
 */
#include "arrange/swap.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/random.h>
#include <sys/swap.h>
#include <sys/wait.h>
#include <unistd.h>

#include "arrange/allowed.h"
#include "arrange/files.h"
#include "instruments/page_size.h"

#define NAME "touchstone-swap-"

const char swap_remedy[] =
	"add --allow=swap (or set TOUCHSTONE_ALLOW=swap) as root, with a disk file system behind "
	"TOUCHSTONE_TMPDIR or /var/tmp, or activate a swap area";

/* What is there. */

struct areas {
	unsigned long long free_bytes; /* of all but the guardians' */
	bool guardians;
};

/* "/path file 1020 12 -2": sizes in KiB. White space in a path is written as \040. */
static void take_line(struct areas *areas, char *line)
{
	unsigned long long size, used;
	char *end = line + strcspn(line, " \t"), *name;

	if (!*end) {
		return;
	}
	*end++ = 0;
	name = strrchr(line, '/');
	if (name && strncmp(name + 1, NAME, strlen(NAME)) == 0) {
		areas->guardians = true;
	} else if (sscanf(end, "%*s %llu %llu", &size, &used) == 2 && used < size) {
		areas->free_bytes += (size - used) * 1024;
	}
}

/* Read in one piece into memory of our own: stdio would move the break of the claim. */
static struct areas areas_now(void)
{
	static char text[16384];
	size_t length = 0;
	ssize_t got = 0;
	struct areas areas = {0};
	int fd = open("/proc/swaps", O_RDONLY | O_CLOEXEC);

	while (fd >= 0 && (got = read(fd, text + length, sizeof text - 1 - length)) > 0) {
		length += (size_t)got;
	}
	if (fd >= 0) {
		close(fd);
	}
	text[length] = 0;
	for (char *line = text, *next; *line; line = next) {
		next = line + strcspn(line, "\n");
		if (*next) {
			*next++ = 0;
		}
		take_line(&areas, line);
	}
	return areas;
}

bool swap_has_room(size_t bytes)
{
	return areas_now().free_bytes >= bytes;
}

bool swap_of_a_guardian_is_active(void)
{
	return areas_now().guardians;
}

/* The kernel asks for the capability first, and for a file then: "" is never one. */
static bool may_activate(void)
{
	return swapon("", 0) != 0 && errno == ENOENT;
}

bool swap_proves_itself(void)
{
	enum { PAGES = 2 };

	if (swap_has_room(1)) {
		return true;
	}
	if (!is_allowed("swap") || !may_activate()) {
		return false;
	}

	int fd = files_try_disk_file(PAGES);

	if (fd >= 0) {
		close(fd);
	}
	return fd >= 0;
}

/* A new one: in the guardian. */

/* mkswap's header, version 1, in the byte order of this machine; it takes the first page. */
static int put_header(int fd, size_t count)
{
	static const char signature[] = {'S', 'W', 'A', 'P', 'S', 'P', 'A', 'C', 'E', '2'};
	enum { HEADER_AT = 1024 };
	const struct {
		uint32_t version, last_page, bad_pages;
		unsigned char uuid[16];
		char label[16];
	} header = {.version = 1, .last_page = (uint32_t)(count - 1), .label = "touchstone"};
	int error = files_put(fd, &header, sizeof header, HEADER_AT);

	return error ? error
		     : files_put(fd, signature, sizeof signature,
				 (off_t)(machine_page_size() - sizeof signature));
}

/* A swap file has no holes, and zeros might become holes: every block is written, with something. */
static int fill(int fd, size_t count)
{
	static char piece[16384];
	size_t length = count * machine_page_size();
	int error = 0;

	memset(piece, 's', sizeof piece);
	for (size_t done = 0; done < length && !error; done += sizeof piece) {
		size_t rest = length - done;

		error = files_put(fd, piece, rest < sizeof piece ? rest : sizeof piece,
				  (off_t)done);
	}
	error = error ? error : put_header(fd, count);
	return error || fsync(fd) == 0 ? error : -errno;
}

/* btrfs moves a block with every write, unless told while the file is empty; others do not know it. */
static void keep_blocks_in_place(int fd)
{
	int flags;

	if (ioctl(fd, FS_IOC_GETFLAGS, &flags) == 0) {
		flags |= FS_NOCOW_FL;
		(void)ioctl(fd, FS_IOC_SETFLAGS, &flags);
	}
}

static int give_name(int fd, const char *path)
{
	char self[40];

	snprintf(self, sizeof self, "/proc/self/fd/%d", fd);
	return linkat(AT_FDCWD, self, AT_FDCWD, path, AT_SYMLINK_FOLLOW) == 0 ? 0 : -errno;
}

static int make_in(const char *folder, size_t count, char *path, size_t size)
{
	uint64_t number = 0;

	if (*folder != '/') { /* unset, or counted from the folder that the claim was started in */
		return -ENOENT;
	}
	if (getrandom(&number, sizeof number, GRND_NONBLOCK) != sizeof number) {
		number = (uint64_t)getpid();
	}

	int length = snprintf(path, size, "%s/" NAME "%016llx", folder, (unsigned long long)number);

	if (length < 0 || (size_t)length >= size) {
		return -ENAMETOOLONG;
	}

	/* Where the file system has no unnamed files, it is named while it is filled, too. */
	int fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	bool named = fd < 0;

	if (named) {
		fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	}
	if (fd < 0) {
		return -errno;
	}
	keep_blocks_in_place(fd);

	int error = fill(fd, count);

	if (!error && !named) {
		error = give_name(fd, path);
		named = error == 0;
	}
	if (!error && swapon(path, 0) != 0) { /* without a flag: lower than all that are active */
		error = -errno;
	}
	close(fd);
	if (error && named) {
		unlink(path);
	}
	return error;
}

int swap_make(size_t bytes, char *path, size_t size)
{
	/*
	 * Others may use it too; and a half-full area frees the slot of a page that is read at once,
	 * instead of keeping it, which is not what a claim is to see.
	 */
	enum { LEAST = 1024 * 1024, SPARE = 4 };
	size_t page = machine_page_size(), room = bytes * SPARE < LEAST ? LEAST : bytes * SPARE;
	const char *folder;
	int error = -ENOENT;

	for (size_t i = 0; (folder = files_folder(i)); i++) {
		int now = make_in(folder, (room + page - 1) / page + 1, path, size);

		if (now == 0) {
			return 0;
		}
		error = *folder ? now : error;
	}
	return error;
}

/*
 * In a process of its own: while swapoff(2) brings pages in, the kernel makes its caller the
 * first to be killed when memory runs out, whatever its oom_score_adj says.
 */
int swap_unmake(const char *path)
{
	int status;
	pid_t pid = fork();

	if (pid == 0) {
		_exit(swapoff(path) == 0 ? 0 : errno);
	}
	if (pid < 0) {
		return -EAGAIN;
	}
	while (waitpid(pid, &status, 0) < 0) {
		if (errno != EINTR) {
			return -errno;
		}
	}
	if (!WIFEXITED(status)) {
		return -EAGAIN;
	}
	/* EINVAL: somebody else has deactivated it. */
	if (WEXITSTATUS(status) != 0 && WEXITSTATUS(status) != EINVAL) {
		return -WEXITSTATUS(status);
	}
	return unlink(path) == 0 || errno == ENOENT ? 0 : -errno;
}
