/* SPDX-License-Identifier: MIT */
/*
 * What the kernel does to anybody's pages for reasons of the machine as a whole: it moves them, makes huge ones of them,
 * takes them back or drops them. Who counts faults or looks at frames meanwhile can see it in his own pages. Each of these
 * has a counter in /proc/vmstat (proc(5)).
 */
#ifndef INSTRUMENTS_DISTURBANCE_H
#define INSTRUMENTS_DISTURBANCE_H

enum { DISTURBANCES = 6 };

struct disturbances {
	long long counts[DISTURBANCES]; /* since the machine runs; -1: not counted here */
};

/* How often each has happened until now. */
struct disturbances disturbances_so_far(void);

/* What has happened since then, the first kind that did, with its counter's name; NULL: nothing that is counted here. */
const char *disturbance_since(const struct disturbances *before);

#endif
