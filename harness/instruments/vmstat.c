/* SPDX-License-Identifier: MIT */
/* Counters of the whole machine, for vmstat.h. */
#include "instruments/vmstat.h"

#include "instruments/text_file.h"

enum { ROOM = 32 * 1024 }; /* several times as long as it is */

long long vmstat_count(const char *name)
{
	static char text[ROOM];

	text_of_file("/proc/vmstat", text, ROOM);
	return text_number_of(text, name);
}
