/* SPDX-License-Identifier: MIT */
/* A memory cgroup and its counters: touchstone/memory_group.h. The guardian makes and ends it. */
#include <touchstone/memory_group.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <touchstone/machine.h>
#include <touchstone/outcome.h>

#include "arrange/guardian.h"
#include "instruments/text_file.h"
#include "run/outcome.h"
#include "words/groups.h"

static bool may_swap, has_a_group;

/* With vm.swappiness at 0 the kernel keeps what has no file as long as it can, and then kills. */
static void need_swappiness(void)
{
	if (may_swap && has_a_group && setting_number("/proc/sys/vm/swappiness") == 0) {
		undecided("needs swap that the kernel uses for a group that is full: vm.swappiness "
			  "above 0");
	}
}

void groups_may_swap(void)
{
	may_swap = true;
	need_swappiness();
}

struct memory_group guard_memory_group(size_t limit_bytes)
{
	struct memory_group group = {.version = 0};

	errno = -guardian_make_group(limit_bytes, &group);
	arrange(errno == 0 && "a memory cgroup could be made");
	outcome_note_memory_group();
	has_a_group = true;
	need_swappiness();
	return group;
}

static int open_in_group(const struct memory_group *group, const char *name, int flags)
{
	char path[sizeof group->path + 48];

	snprintf(path, sizeof path, "%s/%s", group->path, name);
	return open(path, flags | O_CLOEXEC);
}

/* False where there is no such file: the kernel was built or started without it. */
static bool write_number(const struct memory_group *group, const char *name, size_t number)
{
	char text[32];
	int length = snprintf(text, sizeof text, "%zu", number);
	int fd = open_in_group(group, name, O_WRONLY);

	if (fd < 0 && errno == ENOENT) {
		return false;
	}
	arrange(fd >= 0 && "the group's file opens");

	ssize_t written = write(fd, text, (size_t)length);
	int error = errno;

	close(fd);
	errno = error;
	arrange(written == length && "the group took the number");
	return true;
}

void limit_memory_group(const struct memory_group *group, size_t bytes)
{
	arrange(write_number(group, group->version == 1 ? "memory.limit_in_bytes" : "memory.max",
			     bytes));
}

/* A whole file of the group, behind a line end, so that each line of it begins with one. */
static const char *text_of(const struct memory_group *group, const char *name)
{
	static char text[32768];
	size_t length = 1;
	ssize_t got;
	int fd = open_in_group(group, name, O_RDONLY);

	if (fd < 0) {
		return NULL;
	}
	text[0] = '\n';
	while ((got = read(fd, text + length, sizeof text - 1 - length)) > 0) {
		length += (size_t)got;
	}
	close(fd);
	arrange(got == 0 && "the group's file was read to its end");
	text[length] = 0;
	return text;
}

/* The number behind "NAME " at the beginning of a line; -1 where there is none. */
static long long number_of_file(const struct memory_group *group, const char *name)
{
	const char *text = text_of(group, name);

	arrange(text != NULL && "the group's counter opens");
	return strtoll(text + 1, NULL, 10);
}

/* False where swap is not accounted for. */
static bool limit_swap(const struct memory_group *group, size_t bytes)
{
	if (group->version == 2) {
		return write_number(group, "memory.swap.max", bytes);
	}
	/* memory and swap together, never less than memory alone */
	return write_number(group, "memory.memsw.limit_in_bytes",
			    (size_t)number_of_file(group, "memory.limit_in_bytes") + bytes);
}

void limit_memory_group_swap(const struct memory_group *group, size_t bytes)
{
	if (!limit_swap(group, bytes)) {
		undecided("needs a kernel that accounts for swap in cgroups: CONFIG_SWAP, and on "
			  "older "
			  "ones swapaccount=1 on its command line");
	}
}

void enter_memory_group(const struct memory_group *group)
{
	int fd = open_in_group(group, "cgroup.procs", O_WRONLY);

	if (!may_swap) {
		(void)write_number(
			group, group->version == 1 ? "memory.swappiness" : "memory.swap.max", 0);
	}
	if (fd < 0 || write(fd, "0", 1) != 1) { /* 0 is whoever writes it */
		undecided("needs leave to enter a memory cgroup of its own (%s): run as root",
			  strerror(errno));
	}
	close(fd);
}

long long memory_group_limit_hits(const struct memory_group *group)
{
	if (group->version == 1) {
		return number_of_file(group, "memory.failcnt");
	}

	long long hits = text_number_of(text_of(group, "memory.events"), "max");

	arrange(hits >= 0 && "memory.events has a line max");
	return hits;
}

long long memory_group_kills(const struct memory_group *group)
{
	const char *name = group->version == 1 ? "memory.oom_control" : "memory.events";
	long long kills = text_number_of(text_of(group, name), "oom_kill");

	if (kills < 0) {
		undecided("needs a count of kills in %s: Linux 4.13", name);
	}
	return kills;
}

long long memory_group_used(const struct memory_group *group)
{
	return number_of_file(group,
			      group->version == 1 ? "memory.usage_in_bytes" : "memory.current");
}

long long memory_group_figure(const struct memory_group *group, const char *line)
{
	return text_number_of(text_of(group, "memory.stat"), line);
}

/* "full avg10=0.00 avg60=0.00 avg300=0.00 total=74588444" */
static long long stall_in(const char *text, const char *kind)
{
	char start[16];

	snprintf(start, sizeof start, "\n%s ", kind);

	const char *line = text ? strstr(text, start) : NULL;
	const char *total = line ? strstr(line, "total=") : NULL;

	return total ? strtoll(total + strlen("total="), NULL, 10) : -1;
}

long long memory_stall(const struct memory_group *group, const char *kind)
{
	static const struct memory_group machine = {.path = "/proc/pressure"};
	long long stalled = stall_in(text_of(group, "memory.pressure"), kind);

	if (stalled < 0) {
		stalled = stall_in(text_of(&machine, "memory"), kind);
	}
	if (stalled < 0) {
		undecided("needs pressure stall information: CONFIG_PSI, and psi=1 on the command "
			  "line");
	}
	return stalled;
}
