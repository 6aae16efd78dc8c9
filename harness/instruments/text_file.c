/* SPDX-License-Identifier: MIT */
/* Files of /proc and /sys, for text_file.h. */
#include "instruments/text_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

size_t text_of_file(const char *path, char *text, size_t room)
{
	size_t length = 0;
	ssize_t got = 0;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	text[0] = 0;
	if (fd < 0) {
		return 0;
	}
	while (length < room - 1 && (got = read(fd, text + length, room - 1 - length)) > 0) {
		length += (size_t)got;
	}

	int error = errno;

	close(fd);
	errno = error;
	text[length] = 0;
	return length;
}

bool text_has_word(const char *text, const char *word, const char *separators)
{
	size_t length = strlen(word);

	for (const char *at = text; *at; at += strcspn(at, separators)) {
		at += strspn(at, separators);
		if (strncmp(at, word, length) == 0 &&
		    (!at[length] || strchr(separators, at[length]))) {
			return true;
		}
	}
	return false;
}

long long text_number_of(const char *text, const char *name)
{
	size_t length = strlen(name);

	for (const char *line = text; line; line = strchr(line, '\n')) {
		line += *line == '\n';
		if (strncmp(line, name, length) == 0 && line[length] == ' ') {
			return strtoll(line + length, NULL, 10);
		}
	}
	return -1;
}
