/* SPDX-License-Identifier: MIT */
/*
 * What a guardian does to the machine and undoes: settings, memory cgroups of v1 and v2, swap;
 * and what it removes after others: shared memory that has a name or a key.
 */
#include "arrange/changes.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/shm.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "arrange/files.h"
#include "arrange/swap.h"
#include "instruments/memory_home.h"
#include "instruments/text_file.h"

enum { LOCK_POLL_MS = 1, UNDO_POLL_MS = 1, UNDO_LIMIT_MS = 10000 };

static void pause_ms(long ms)
{
	nanosleep(&(struct timespec){.tv_nsec = ms * 1000000}, NULL);
}

static long long now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

static int join(char path[CHANGE_PATH], const char *folder, const char *name)
{
	int length = snprintf(path, CHANGE_PATH, "%s/%s", folder, name);

	return length < 0 || length >= CHANGE_PATH ? -ENAMETOOLONG : 0;
}

/* The file's text without the line end. */
static int read_text(const char *path, char *text, size_t size)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t length = fd < 0 ? -1 : read(fd, text, size);
	int error = length < 0 ? errno : 0;

	if (fd >= 0) {
		close(fd);
	}
	if (error) {
		return -error;
	}
	if ((size_t)length == size) {
		return -E2BIG; /* what was not read could not be put back */
	}
	text[length] = 0;
	text[strcspn(text, "\n")] = 0;
	return 0;
}

static int write_in(const char *folder, const char *name, const char *text)
{
	char path[CHANGE_PATH];
	int error = join(path, folder, name);

	return error ? error : write_text(path, text);
}

/*
 * Files like /sys/kernel/mm/transparent_hugepage/enabled list all their values, with brackets
 * around the one that is set: that one is the value.
 */
static int read_setting(const char *path, char value[CHANGE_TEXT])
{
	int error = read_text(path, value, CHANGE_TEXT);
	char *open_bracket = error ? NULL : strchr(value, '[');
	char *close_bracket = open_bracket ? strchr(open_bracket, ']') : NULL;

	if (close_bracket) {
		*close_bracket = 0;
		memmove(value, open_bracket + 1, strlen(open_bracket + 1) + 1);
	}
	return error;
}

/*
 * Opens and locks the thing. A second change of the same thing by this guardian finds it locked
 * by the first, and must not wait for itself: then *lock is -1.
 */
static int take_lock(const struct changes *changes, const char *path, int how, int *lock)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat this, other;

	*lock = -1;
	if (fd < 0 || fstat(fd, &this) != 0) {
		int error = errno;

		if (fd >= 0) {
			close(fd);
		}
		return -error;
	}
	for (size_t i = 0; i < changes->count; i++) {
		if (changes->change[i].lock >= 0 && fstat(changes->change[i].lock, &other) == 0 &&
		    this.st_dev == other.st_dev && this.st_ino == other.st_ino) {
			close(fd);
			return 0;
		}
	}
	while (flock(fd, how | LOCK_NB) != 0) {
		int error = errno;

		if (error == EINTR) {
			continue;
		}
		if (error != EWOULDBLOCK || changes->abandoned()) {
			close(fd);
			return error == EWOULDBLOCK ? -ECANCELED : -error;
		}
		pause_ms(LOCK_POLL_MS);
	}
	*lock = fd;
	return 0;
}

static void release_lock(int lock)
{
	if (lock >= 0) {
		close(lock);
	}
}

int change_setting(struct changes *changes, const char *path, const char *value)
{
	struct change change = {.kind = SETTING};

	if (changes->count == CHANGES) {
		return -ENOSPC;
	}
	snprintf(change.path, sizeof change.path, "%s", path);

	int error = take_lock(changes, path, LOCK_EX, &change.lock);

	if (error) {
		return error;
	}
	error = read_setting(path, change.before);
	error = error ? error : write_text(path, value);
	if (error) {
		release_lock(change.lock);
		return error;
	}
	changes->change[changes->count++] = change;
	return 0;
}

/* Some settings (the pool of huge pages) follow a write only when the machine gets round to it. */
static int put_setting_back(const struct change *change)
{
	long long limit = now_ms() + UNDO_LIMIT_MS;

	for (;;) {
		char value[CHANGE_TEXT];
		int error = write_text(change->path, change->before);

		if (error && error != -EINTR && error != -EAGAIN && error != -EBUSY &&
		    error != -ENOMEM) {
			return error;
		}
		if (!error) {
			error = read_setting(change->path, value);
			if (!error && strcmp(value, change->before) == 0) {
				return 0;
			}
		}
		if (now_ms() >= limit) {
			return error ? error : -ETIMEDOUT;
		}
		pause_ms(UNDO_POLL_MS);
	}
}

static bool file_has_word(const char *folder, const char *name, const char *word)
{
	char path[CHANGE_PATH], text[1024];

	return join(path, folder, name) == 0 && read_text(path, text, sizeof text) == 0 &&
	       text_has_word(text, word, " \t");
}

static const char *limit_file(int version)
{
	return version == 1 ? "memory.limit_in_bytes" : "memory.max";
}

static void take_controller_back(const struct change *change)
{
	/* Refused while another group has come to need it: then it is not ours any more. */
	if (change->controller_enabled) {
		(void)write_in(change->parent, "cgroup.subtree_control", "-memory");
	}
}

/* In v2 a group has the memory controller only if its parent hands it down. */
static int hand_controller_down(struct change *change, bool may_enable)
{
	if (file_has_word(change->parent, "cgroup.subtree_control", "memory")) {
		return 0;
	}
	if (!may_enable || !file_has_word(change->parent, "cgroup.controllers", "memory")) {
		return -ENOTSUP;
	}

	int error = write_in(change->parent, "cgroup.subtree_control", "+memory");

	change->controller_enabled = error == 0;
	return error;
}

static int make_folder(struct change *change, int version, size_t limit)
{
	char name[64], text[32];
	unsigned number = 0;

	if (getrandom(&number, sizeof number, GRND_NONBLOCK) != sizeof number) {
		number = (unsigned)now_ms();
	}
	snprintf(name, sizeof name, "touchstone-%ld-%08x", (long)getpid(), number);
	snprintf(text, sizeof text, "%zu", limit);

	int error = join(change->path, change->parent, name);

	if (!error && mkdir(change->path, 0755) != 0) {
		error = -errno;
	}
	if (error) {
		return error;
	}
	error = write_in(change->path, limit_file(version), text);
	if (error) {
		rmdir(change->path);
	}
	return error;
}

static int make_group_below(struct changes *changes, const struct memory_home *place,
			    const char *parent, bool may_enable, size_t limit)
{
	struct change change = {.kind = GROUP};

	snprintf(change.parent, sizeof change.parent, "%s", parent);
	snprintf(change.home, sizeof change.home, "%s", place->folder);
	if (access(parent, W_OK) != 0) {
		return -errno;
	}

	/*
	 * Groups do not disturb each other. Only whoever hands the controller down for his own, and takes it
	 * back, has to be by himself.
	 */
	bool is_there = place->version == 1 ||
			file_has_word(parent, "cgroup.subtree_control", "memory");
	int error = take_lock(changes, parent, is_there ? LOCK_SH : LOCK_EX, &change.lock);

	if (error) {
		return error;
	}
	error = place->version == 2 ? hand_controller_down(&change, may_enable && !is_there) : 0;
	error = error ? error : make_folder(&change, place->version, limit);
	if (error) {
		take_controller_back(&change);
		release_lock(change.lock);
		return error;
	}
	changes->change[changes->count++] = change;
	return 0;
}

/*
 * From our own place upwards to where the hierarchy is mounted. Our own place holds processes, so
 * in v2 it seldom hands its controllers down; one of those above does. A controller is
 * enabled only where no place has it already.
 */
static int make_group_in(struct changes *changes, const struct memory_home *place, size_t limit)
{
	int error = -ENOTSUP;

	for (int may_enable = 0; may_enable <= (place->version == 2); may_enable++) {
		char parent[CHANGE_PATH];

		snprintf(parent, sizeof parent, "%s", place->folder);
		for (;;) {
			error = make_group_below(changes, place, parent, may_enable, limit);
			if (error == 0 || error == -ECANCELED) {
				return error;
			}
			if (strlen(parent) <= strlen(place->mount)) {
				break;
			}
			*strrchr(parent, '/') = 0;
		}
	}
	return error;
}

struct wanted_group {
	struct changes *changes;
	size_t limit;
	struct memory_group *group;
	int error;
};

static bool try_group_in(const struct memory_home *place, void *context)
{
	struct wanted_group *wanted = context;

	wanted->error = make_group_in(wanted->changes, place, wanted->limit);
	if (wanted->error == 0) {
		const struct change *made = &wanted->changes->change[wanted->changes->count - 1];

		*wanted->group = (struct memory_group){.version = place->version};
		memcpy(wanted->group->path, made->path, sizeof made->path);
	}
	return wanted->error != 0 && wanted->error != -ECANCELED;
}

int change_add_group(struct changes *changes, size_t limit, struct memory_group *group)
{
	struct wanted_group wanted = {changes, limit, group, -ENOTSUP};

	if (changes->count == CHANGES) {
		return -ENOSPC;
	}

	int error = memory_home_each(try_group_in, &wanted);

	return error ? error : wanted.error;
}

_Static_assert(sizeof(struct memory_group){0}.path >= CHANGE_PATH, "a group's path fits");

static void empty_group(const struct change *change, pid_t owner)
{
	char path[CHANGE_PATH];
	FILE *list = join(path, change->path, "cgroup.procs") == 0 ? fopen(path, "re") : NULL;
	long pid;

	while (list && fscanf(list, "%ld", &pid) == 1) {
		char text[32];

		snprintf(text, sizeof text, "%ld", pid);
		if (pid == owner) {
			(void)write_in(change->home, "cgroup.procs", text);
		} else if (pid > 1 && pid != getpid()) {
			/* A process of a pid namespace we do not see is listed as 0: never kill(0).
			 */
			kill((pid_t)pid, SIGKILL);
		}
	}
	if (list) {
		fclose(list);
	}
}

/* A killed process leaves its group only when it is gone, which takes a moment. */
static int remove_group(const struct change *change, pid_t owner)
{
	long long limit = now_ms() + UNDO_LIMIT_MS;

	for (;;) {
		empty_group(change, owner);
		if (rmdir(change->path) == 0 || errno == ENOENT) {
			take_controller_back(change);
			return 0;
		}
		if ((errno != EBUSY && errno != EINTR) || now_ms() >= limit) {
			return -errno;
		}
		pause_ms(UNDO_POLL_MS);
	}
}

/* Another one's area would take this one's pages, for it is older, and bring them in when it ends. */
static int wait_for_other_guardians(const struct changes *changes)
{
	long long limit = now_ms() + UNDO_LIMIT_MS;

	while (swap_of_a_guardian_is_active()) {
		if (changes->abandoned()) {
			return -ECANCELED;
		}
		if (now_ms() >= limit) {
			return -EBUSY;
		}
		pause_ms(LOCK_POLL_MS);
	}
	return 0;
}

static int add_swap(struct changes *changes, int (*make)(struct swap_area *area),
		    struct swap_area *area)
{
	struct change change = {.kind = SWAP_AREA};

	if (changes->count == CHANGES) {
		return -ENOSPC;
	}

	int error = take_lock(changes, "/proc/swaps", LOCK_EX, &change.lock);

	if (error) {
		return error;
	}
	/* Without a lock of its own it is the second of this guardian, which does not wait for itself. */
	error = change.lock < 0 ? 0 : wait_for_other_guardians(changes);
	error = error ? error : make(area);
	if (error) {
		release_lock(change.lock);
		return error;
	}
	change.area = *area;
	changes->change[changes->count++] = change;
	return 0;
}

int change_add_swap(struct changes *changes, size_t bytes)
{
	struct swap_area area = {.bytes = bytes};

	return add_swap(changes, swap_make, &area);
}

int change_add_swap_area(struct changes *changes, struct swap_area *area)
{
	return add_swap(changes, swap_make_area, area);
}

static int remove_swap(const struct change *change)
{
	long long limit = now_ms() + UNDO_LIMIT_MS;

	for (;;) {
		int error = swap_unmake(&change->area);

		if ((error != -ENOMEM && error != -EINTR && error != -EAGAIN) ||
		    now_ms() >= limit) {
			return error;
		}
		pause_ms(UNDO_POLL_MS);
	}
}

int change_expect_name(struct changes *changes, const char *name)
{
	struct change change = {.kind = SHARED_NAME, .lock = -1};

	if (changes->count == CHANGES) {
		return -ENOSPC;
	}
	snprintf(change.path, sizeof change.path, "%s", name);

	int fd = shm_open(name, O_RDONLY, 0);

	if (fd >= 0) {
		close(fd);
		return -EEXIST;
	}
	if (errno != ENOENT) {
		return -errno;
	}
	changes->change[changes->count++] = change;
	return 0;
}

static int remove_name(const struct change *change)
{
	return shm_unlink(change->path) == 0 || errno == ENOENT ? 0 : -errno;
}

int change_expect_segment(struct changes *changes, key_t key)
{
	struct change change = {.kind = SEGMENT, .lock = -1, .key = key};

	if (changes->count == CHANGES) {
		return -ENOSPC;
	}
	if (shmget(key, 0, 0) >= 0) {
		return -EEXIST;
	}
	if (errno != ENOENT) {
		return -errno;
	}
	changes->change[changes->count++] = change;
	return 0;
}

/* A segment that was marked for removal has lost its key, and is found no more. */
static int remove_segment(const struct change *change)
{
	int id = shmget(change->key, 0, 0);

	return id < 0 || shmctl(id, IPC_RMID, NULL) == 0 || errno == EIDRM || errno == EINVAL
		       ? 0
		       : -errno;
}

bool change_awaits_makers(const struct changes *changes)
{
	for (size_t i = 0; i < changes->count; i++) {
		if (changes->change[i].kind == SHARED_NAME || changes->change[i].kind == SEGMENT) {
			return true;
		}
	}
	return false;
}

static int undo(struct changes *changes, const struct change *change, pid_t owner)
{
	int error;

	switch (change->kind) {
	case SETTING:
		return put_setting_back(change);
	case GROUP:
		return remove_group(change, owner);
	case SWAP_AREA:
		error = remove_swap(change);
		if (!error && change->area.kind == SWAP_ON_ZRAM) {
			changes->device[changes->devices++] = change->area;
		}
		return error;
	case SHARED_NAME:
		return remove_name(change);
	case SEGMENT:
		return remove_segment(change);
	}
	return -EINVAL;
}

int change_undo(struct changes *changes, pid_t owner)
{
	const struct change *change = &changes->change[--changes->count];
	int error = undo(changes, change, owner);

	release_lock(change->lock);
	return error;
}

int change_clear_away(struct changes *changes)
{
	size_t left = 0;
	int first = 0;

	for (size_t i = 0; i < changes->devices; i++) {
		int error = swap_remove_device(&changes->device[i]);

		if (error) {
			changes->device[left++] = changes->device[i];
			first = first ? first : error;
		}
	}
	changes->devices = left;
	return first;
}
