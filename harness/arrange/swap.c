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
#include <linux/loop.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/random.h>
#include <sys/swap.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "arrange/allowed.h"
#include "arrange/files.h"
#include "instruments/page_size.h"
#include "instruments/text_file.h"

#define NAME "touchstone-swap-"

#define BY_LEAVE                                                                                   \
	"add --allow=swap (or set TOUCHSTONE_ALLOW=swap) as root, with a disk file system behind " \
	"TOUCHSTONE_TMPDIR or /var/tmp"

const char swap_remedy[] = BY_LEAVE ", or activate a swap area";
const char swap_area_remedy[] = BY_LEAVE;

/* No one else has a reason to take it, so it tells that an area is a guardian's. */
enum { FOREMOST = 32742 };

/* What is there. */

struct areas {
	unsigned long long free_bytes; /* of all but the guardians' */
	bool guardians;
	const char *wanted;   /* the path of one area of interest */
	long long used_bytes; /* of that */
};

/* "/path file 1020 12 -2": sizes in KiB. White space in a path is written as \040. */
static void take_line(struct areas *areas, char *line)
{
	unsigned long long size, used;
	int priority;
	char *end = line + strcspn(line, " \t"), *name;

	if (!*end) {
		return;
	}
	*end++ = 0;
	name = strrchr(line, '/');
	if (!name || sscanf(end, "%*s %llu %llu %d", &size, &used, &priority) != 3) {
		return;
	}
	if (priority == FOREMOST || strncmp(name + 1, NAME, strlen(NAME)) == 0) {
		areas->guardians = true;
	} else if (used < size) {
		areas->free_bytes += (size - used) * 1024;
	}
	if (areas->wanted && strcmp(line, areas->wanted) == 0) {
		areas->used_bytes = (long long)used * 1024;
	}
}

static struct areas areas_now(const char *wanted)
{
	static char text[16384];
	struct areas areas = {.wanted = wanted, .used_bytes = -ENOENT};

	text_of_file("/proc/swaps", text, sizeof text);
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
	return areas_now(NULL).free_bytes >= bytes;
}

bool swap_of_a_guardian_is_active(void)
{
	return areas_now(NULL).guardians;
}

long long swap_bytes_used(const char *path)
{
	return areas_now(path).used_bytes;
}

/* The kernel asks for the capability first, and for a file then: "" is never one. */
static bool may_activate(void)
{
	return swapon("", 0) != 0 && errno == ENOENT;
}

bool swap_area_proves_itself(void)
{
	return is_allowed("swap") && may_activate() && files_are_on_disk();
}

bool swap_proves_itself(void)
{
	return swap_has_room(1) || swap_area_proves_itself();
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

/* Every block is written, with something: zeros might become holes, which a swap file must not have. */
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
	return error;
}

/* Blocks that are merely set aside will do on most file systems, and cost next to nothing. */
static int set_aside(int fd, size_t count)
{
	return fallocate(fd, 0, 0, (off_t)(count * machine_page_size())) == 0 ? 0 : -errno;
}

static int put_content(int fd, size_t count, int (*put)(int fd, size_t count))
{
	int error = put(fd, count);

	error = error ? error : put_header(fd, count);
	/* What was written must not be sent to the disk later, on top of what was swapped; a header alone may. */
	return error || put == set_aside || fsync(fd) == 0 ? error : -errno;
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

static int name_in(const char *folder, char *path, size_t size)
{
	uint64_t number = 0;

	if (getrandom(&number, sizeof number, GRND_NONBLOCK) != sizeof number) {
		number = (uint64_t)getpid();
	}

	int length = snprintf(path, size, "%s/" NAME "%016llx", folder, (unsigned long long)number);

	return length < 0 || (size_t)length >= size ? -ENAMETOOLONG : 0;
}

/* A swap file in the folder, with its blocks put there in that way, activated with these flags. */
static int make_file_in(const char *folder, size_t count, int flags, struct swap_area *area,
			int (*put)(int fd, size_t count))
{
	int error = name_in(folder, area->path, sizeof area->path);

	if (error) {
		return error;
	}

	/* Where the file system has no unnamed files, it is named while it is filled, too. */
	int fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	bool named = fd < 0;

	if (named) {
		fd = open(area->path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	}
	if (fd < 0) {
		return -errno;
	}
	keep_blocks_in_place(fd);
	error = put_content(fd, count, put);
	if (!error && !named) {
		error = give_name(fd, area->path);
		named = error == 0;
	}
	if (!error && swapon(area->path, flags) != 0) {
		error = -errno;
	}
	close(fd);
	if (error && named) {
		unlink(area->path);
	}
	return error;
}

/* The device reads and writes the file past the page cache where it can, which is memory as well. */
static int attach(int device, int file)
{
	struct loop_config all = {.fd = (uint32_t)file};

	all.info.lo_flags = LO_FLAGS_AUTOCLEAR | LO_FLAGS_DIRECT_IO;
	if (ioctl(device, LOOP_CONFIGURE, &all) == 0) {
		return 0;
	}
	if (errno != EINVAL && errno != ENOTTY) { /* before Linux 5.8 it is done in two steps */
		return -errno;
	}
	all.info.lo_flags = LO_FLAGS_AUTOCLEAR;
	return ioctl(device, LOOP_SET_FD, file) == 0 &&
			       ioctl(device, LOOP_SET_STATUS64, &all.info) == 0
		       ? 0
		       : -errno;
}

/* Others look for a free device as well: the first to attach a file has it. */
static int attach_to_any(int file, struct swap_area *area)
{
	enum { ATTEMPTS = 20 };
	int control = open("/dev/loop-control", O_RDWR | O_CLOEXEC), device = -1;
	int error = control < 0 ? -errno : -EBUSY;

	for (int attempt = 0; attempt < ATTEMPTS && error == -EBUSY; attempt++) {
		int number = ioctl(control, LOOP_CTL_GET_FREE);

		if (number < 0) {
			error = -errno;
			break;
		}
		snprintf(area->device, sizeof area->device, "loop%d", number);
		snprintf(area->path, sizeof area->path, "/dev/%s", area->device);
		device = open(area->path, O_RDWR | O_CLOEXEC);
		error = device < 0 ? -errno : attach(device, file);
		if (error && device >= 0) {
			close(device);
		}
	}
	if (control >= 0) {
		close(control);
	}
	return error ? error : device;
}

/* The device forgets its file, which has no name, with whoever has it open last: the swap area. */
static int make_loop_in(const char *folder, size_t count, int flags, struct swap_area *area)
{
	int file = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);

	if (file < 0) {
		return -errno;
	}
	keep_blocks_in_place(file);

	int error = put_content(file, count, set_aside);

	error = error ? put_content(file, count, fill) : 0;

	int device = error ? error : attach_to_any(file, area);

	close(file);
	if (device < 0) {
		return device;
	}
	error = swapon(area->path, flags) == 0 ? 0 : -errno;
	close(device);
	return error;
}

static int put_setting(const struct swap_area *area, const char *name, const char *text)
{
	char path[80];

	snprintf(path, sizeof path, "/sys/block/%s/%s", area->device, name);
	return write_text(path, text);
}

/*
 * Somebody may be looking what kind of device has come, and keeps it busy for a moment. While a device is removed
 * nobody can have a new one; it is emptied before, so that this is shorter.
 */
int swap_remove_device(const struct swap_area *area)
{
	enum { ATTEMPTS = 400, POLL_MS = 5 };
	int error = -EBUSY;

	(void)put_setting(area, "reset", "1");
	for (int attempt = 0; attempt < ATTEMPTS && error == -EBUSY; attempt++) {
		error = write_text("/sys/class/zram-control/hot_remove",
				   area->device + strlen("zram"));
		if (error == -EBUSY) {
			(void)put_setting(area, "reset", "1");
			nanosleep(&(struct timespec){.tv_nsec = POLL_MS * 1000000L}, NULL);
		}
	}
	return error == -ENODEV ? 0 : error; /* somebody else was faster */
}

/* Reading this file makes a device, and tells its number. */
static int add_zram(struct swap_area *area)
{
	char number[16] = "";
	int fd = open("/sys/class/zram-control/hot_add", O_RDONLY | O_CLOEXEC);

	if (fd < 0) {
		return -errno;
	}

	int error = read(fd, number, sizeof number - 1) > 0 ? 0 : -EIO;

	close(fd);
	number[strcspn(number, "\n")] = 0;
	snprintf(area->device, sizeof area->device, "zram%s", number);
	snprintf(area->path, sizeof area->path, "/dev/%s", area->device);
	return error;
}

static int make_zram(size_t count, int flags, struct swap_area *area)
{
	char size[32];
	int error = add_zram(area), fd;

	if (error) {
		return error;
	}
	snprintf(size, sizeof size, "%zu", count * machine_page_size());
	error = put_setting(area, "disksize", size);
	fd = error ? -1 : open(area->path, O_RDWR | O_CLOEXEC);
	if (!error) {
		error = fd < 0 ? -errno : put_header(fd, count);
	}
	if (fd >= 0) {
		error = error || fsync(fd) == 0 ? error : -errno;
		close(fd);
	}
	if (!error && swapon(area->path, flags) != 0) {
		error = -errno;
	}
	if (error) {
		(void)swap_remove_device(area);
	}
	return error;
}

static int make(int flags, struct swap_area *area)
{
	size_t page = machine_page_size(), count = (area->bytes + page - 1) / page + 1;
	const char *folder;
	int error = -ENOENT;

	if (area->kind == SWAP_ON_ZRAM) {
		return make_zram(count, flags, area);
	}
	for (size_t i = 0; (folder = files_folder(i)); i++) {
		if (*folder !=
		    '/') { /* unset, or counted from the folder the claim was started in */
			continue;
		}
		if (area->kind == SWAP_ON_LOOP) {
			error = make_loop_in(folder, count, flags, area);
		} else {
			/* Of an area of the claim's own is read what lies in it: blocks that are written. */
			bool is_private = flags & SWAP_FLAG_PREFER;

			error = is_private ? -ENOTSUP
					   : make_file_in(folder, count, flags, area, set_aside);
			error = error ? make_file_in(folder, count, flags, area, fill) : 0;
		}
		if (error == 0) {
			break;
		}
	}
	return error;
}

int swap_make(struct swap_area *area)
{
	/*
	 * Others may use it too; and a half-full area frees the slot of a page that is read at once,
	 * instead of keeping it, which is not what a claim is to see.
	 */
	enum { LEAST = 1024 * 1024, SPARE = 4 };

	area->kind = SWAP_IN_FILE;
	area->bytes = area->bytes * SPARE < LEAST ? LEAST : area->bytes * SPARE;
	return make(0, area); /* without a flag: lower than all that are active */
}

int swap_make_area(struct swap_area *area)
{
	return make(SWAP_FLAG_PREFER | FOREMOST, area);
}

/*
 * In a process of its own: while swapoff(2) brings pages in, the kernel makes its caller the
 * first to be killed when memory runs out, whatever its oom_score_adj says.
 */
static int deactivate(const char *path)
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
	return WEXITSTATUS(status) == EINVAL ? 0 : -WEXITSTATUS(status);
}

int swap_unmake(const struct swap_area *area)
{
	int error = deactivate(area->path);

	if (error || area->kind != SWAP_IN_FILE) {
		return error;
	}
	return unlink(area->path) == 0 || errno == ENOENT ? 0 : -errno;
}
