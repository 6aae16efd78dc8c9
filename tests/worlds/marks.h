/* SPDX-License-Identifier: MIT */
/* What worlds that lie about oom_score_adj(5) have in common: which writes are meant. */
#ifndef WORLDS_MARKS_H
#define WORLDS_MARKS_H

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static int mark_file = -1;

/* As .open: notes the descriptor by which a mark will be written. */
static inline int open_and_note(const char *path, int flags, mode_t mode)
{
	int fd = open(path, flags, mode);

	if (strstr(path, "/oom_score_adj") && (flags & O_ACCMODE) == O_WRONLY) {
		mark_file = fd;
	} else if (fd == mark_file) {
		mark_file = -1;
	}
	return fd;
}

/* Whether this is such a write; the value that it asks for. */
static inline bool is_mark(int fd, const void *buffer, size_t length, int *value)
{
	char text[16] = "";

	if (fd != mark_file || length >= sizeof text) {
		return false;
	}
	memcpy(text, buffer, length);
	*value = atoi(text);
	return true;
}

static inline int mark_of(pid_t process)
{
	char path[48], text[16] = "";
	int fd;

	snprintf(path, sizeof path, "/proc/%d/oom_score_adj", (int)process);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	(void)!read(fd, text, sizeof text - 1);
	close(fd);
	return atoi(text);
}

static inline void set_mark(pid_t process, int value)
{
	char path[48], text[16];
	int fd, length = snprintf(text, sizeof text, "%d", value);

	snprintf(path, sizeof path, "/proc/%d/oom_score_adj", (int)process);
	fd = open(path, O_WRONLY | O_CLOEXEC);
	(void)!write(fd, text, (size_t)length);
	close(fd);
}

#endif
