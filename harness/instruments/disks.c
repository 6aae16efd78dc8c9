/* SPDX-License-Identifier: MIT */
/* How busy the disks are, for disks.h. */
#include "instruments/disks.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "instruments/stopwatch.h"
#include "instruments/text_file.h"

enum { A_SECOND = 25, ROOM = 64 * 1024 };

struct disk {
	char name[64];
	unsigned long long answered, busy_ms;
};

/* A line is: major minor name, then reads, reads merged, sectors, ms, the same of writes, in flight, busy ms. */
static bool parse(const char *line, struct disk *disk)
{
	unsigned long long reads, writes;

	if (sscanf(line, " %*u %*u %63s %llu %*u %*u %*u %llu %*u %*u %*u %*u %llu", disk->name,
		   &reads, &writes, &disk->busy_ms) != 4) {
		return false;
	}
	disk->answered = reads + writes;
	return true;
}

/* What claims make themselves, and what is memory. */
static bool is_real(const struct disk *disk)
{
	static const char *const others[] = {"loop", "zram", "ram"};

	for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
		if (strncmp(disk->name, others[i], strlen(others[i])) == 0) {
			return false;
		}
	}
	return true;
}

static const char *next_line(const char *line)
{
	const char *end = strchr(line, '\n');

	return end ? end + 1 : NULL;
}

static bool find(const char *text, const char *name, struct disk *disk)
{
	for (const char *line = text; line; line = next_line(line)) {
		if (parse(line, disk) && strcmp(disk->name, name) == 0) {
			return true;
		}
	}
	return false;
}

bool disks_were_busy_by(const char *before, const char *now, double milliseconds)
{
	for (const char *line = now; line; line = next_line(line)) {
		struct disk disk, earlier;

		if (parse(line, &disk) && is_real(&disk) && find(before, disk.name, &earlier) &&
		    disk.busy_ms > earlier.busy_ms && disk.answered > earlier.answered &&
		    (double)(disk.busy_ms - earlier.busy_ms) > milliseconds / 2 &&
		    (double)(disk.answered - earlier.answered) > A_SECOND * milliseconds / 1e3) {
			return true;
		}
	}
	return false;
}

static const char list[] = "/proc/diskstats";
static char noted[ROOM];
static uint64_t noted_at;

void disks_note(void)
{
	noted_at = stopwatch_ns();
	text_of_file(list, noted, ROOM);
}

bool disks_were_busy(void)
{
	static char now[ROOM];

	text_of_file(list, now, ROOM);
	return disks_were_busy_by(noted, now, (double)(stopwatch_ns() - noted_at) / 1e6);
}
