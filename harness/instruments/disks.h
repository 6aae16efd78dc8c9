/* SPDX-License-Identifier: MIT */
/*
 * Whether the disks of the machine were at work: /proc/diskstats (Documentation/admin-guide/iostats.rst), where each
 * has a line with the requests that it has answered and the milliseconds in which it had any.
 */
#ifndef INSTRUMENTS_DISKS_H
#define INSTRUMENTS_DISKS_H

#include <stdbool.h>

/* From here on. */
void disks_note(void);

/*
 * A disk has been at work for more than half of the time since, and has answered requests all the while, 25 a second
 * or more: others keep it busy, or it is slow. One that hangs answers none. False where nothing is told.
 */
bool disks_were_busy(void);

/* The same from two texts of the file, and the milliseconds between. */
bool disks_were_busy_by(const char *before, const char *now, double milliseconds);

#endif
