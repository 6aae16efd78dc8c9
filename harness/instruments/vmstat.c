/* SPDX-License-Identifier: MIT */
/* Counters of the whole machine, for vmstat.h. */
#include "instruments/vmstat.h"

#include <stdio.h>
#include <string.h>

long long vmstat_count(const char *name)
{
	char line[200];
	size_t length = strlen(name);
	long long count = -1;
	FILE *list = fopen("/proc/vmstat", "re");

	while (list && count < 0 && fgets(line, sizeof line, list)) {
		if (strncmp(line, name, length) == 0 && line[length] == ' ' &&
		    sscanf(line + length, "%lld", &count) != 1) {
			break;
		}
	}
	if (list) {
		fclose(list);
	}
	return count;
}
