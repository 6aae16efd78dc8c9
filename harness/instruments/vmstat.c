/* SPDX-License-Identifier: MIT */
/* Counters of the whole machine, for vmstat.h. */
#include "instruments/vmstat.h"

#include <stdlib.h>
#include <string.h>

#include "instruments/text_file.h"

enum { ROOM = 32 * 1024 }; /* several times as long as it is */

long long vmstat_count(const char *name)
{
	static char text[ROOM];
	size_t length = strlen(name);

	text_of_file("/proc/vmstat", text, ROOM);
	for (const char *line = text; line; line = strchr(line, '\n')) {
		line += *line == '\n';
		if (strncmp(line, name, length) == 0 && line[length] == ' ') {
			return strtoll(line + length, NULL, 10);
		}
	}
	return -1;
}
