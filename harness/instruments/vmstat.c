/* SPDX-License-Identifier: MIT */
/* Counters of the whole machine, for vmstat.h. */
#include "instruments/vmstat.h"

#include "instruments/text_file.h"

enum { ROOM = 32 * 1024 }; /* several times as long as it is */

void vmstat_counts(size_t count, const char *const names[], long long counts[])
{
	static char text[ROOM];

	text_of_file("/proc/vmstat", text, ROOM);
	for (size_t i = 0; i < count; i++) {
		counts[i] = text_number_of(text, names[i]);
	}
}

long long vmstat_count(const char *name)
{
	long long count;

	vmstat_counts(1, &name, &count);
	return count;
}
