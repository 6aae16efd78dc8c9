/* SPDX-License-Identifier: MIT */
/* Global state for the length of one claim: touchstone/machine.h. The guardian does the work. */
#include <touchstone/machine.h>

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include <touchstone/outcome.h>

#include "arrange/allowed.h"
#include "arrange/guardian.h"
#include "arrange/swap.h"
#include "instruments/arena.h"

bool guard_setting(const char *path, const char *value)
{
	int error = guardian_change_setting(path, value);

	errno = -error;
	return error == 0;
}

struct memory_group guard_memory_group(size_t limit_bytes)
{
	struct memory_group group = {.version = 0};

	errno = -guardian_make_group(limit_bytes, &group);
	arrange(errno == 0 && "a memory cgroup could be made");
	return group;
}

static int open_in_group(const struct memory_group *group, const char *name, int flags)
{
	char path[sizeof group->path + 32];

	snprintf(path, sizeof path, "%s/%s", group->path, name);
	return open(path, flags | O_CLOEXEC);
}

void enter_memory_group(const struct memory_group *group)
{
	int fd = open_in_group(group, "cgroup.procs", O_WRONLY);

	arrange(fd >= 0 && "the group's list of processes opens");

	ssize_t written = write(fd, "0", 1); /* 0 is whoever writes it */
	int error = errno;

	close(fd);
	errno = error;
	arrange(written == 1 && "the process entered the memory cgroup");
}

long long memory_group_limit_hits(const struct memory_group *group)
{
	char text[1024] = "\n";
	int fd = open_in_group(group, group->version == 1 ? "memory.failcnt" : "memory.events",
			       O_RDONLY);

	arrange(fd >= 0 && "the group's counter opens");

	ssize_t length = read(fd, text + 1, sizeof text - 2);

	arrange(length > 0);
	close(fd);
	text[length + 1] = 0;
	if (group->version == 1) {
		return strtoll(text, NULL, 10);
	}

	const char *line = strstr(text, "\nmax ");

	arrange(line != NULL && "memory.events has a line max");
	return strtoll(line + strlen("\nmax "), NULL, 10);
}

void guard_swap(size_t bytes)
{
	if (swap_has_room(bytes)) {
		evidence("swap", "an area that was active before");
		return;
	}
	if (!is_allowed("swap")) {
		undecided("needs swap: %s", swap_remedy);
	}

	int error = guardian_make_swap(bytes);

	if (error == -EBUSY) {
		undecided("needs swap: the swap file of another run stays active (swapoff it)");
	}
	if (error) {
		undecided("needs swap: a swap file was refused (%s): point TOUCHSTONE_TMPDIR at a "
			  "disk "
			  "file system that can hold one, or activate a swap area",
			  strerror(-error));
	}
	evidence("swap", "a file for this claim alone");
}

/* A number that no other process has, this one's own children included. */
static unsigned long long unlikely_number(void)
{
	static unsigned turn;
	unsigned long long number;

	if (getrandom(&number, sizeof number, GRND_NONBLOCK) != sizeof number) {
		number = (unsigned long long)getpid() << 20 | turn++;
	}
	return number;
}

static void no_guardian(int error)
{
	undecided("needs a guardian: a process that removes shared memory after a kill could not "
		  "be started, or may not (%s); it starts from /proc/self/exe",
		  strerror(-error));
}

const char *guard_shared_name(void)
{
	enum { LENGTH = 64 };
	char *name = arena_take(LENGTH);
	int error;

	arrange(name != NULL);
	do {
		snprintf(name, LENGTH, "/touchstone-%ld-%016llx", (long)getpid(),
			 unlikely_number());
		error = guardian_expect_name(name);
	} while (error == -EEXIST);
	if (error) {
		no_guardian(error);
	}
	return name;
}

key_t guard_segment_key(void)
{
	key_t key;
	int error;

	do {
		key = (key_t)(unlikely_number() & INT_MAX);
		error = key == 0 ? -EEXIST : guardian_expect_segment(key); /* 0 is IPC_PRIVATE */
	} while (error == -EEXIST);
	if (error) {
		no_guardian(error);
	}
	return key;
}
