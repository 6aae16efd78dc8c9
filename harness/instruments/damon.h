/* SPDX-License-Identifier: MIT */
/*
 * DAMON (the kernel's admin-guide/mm/damon) can be told to page out what has not been used for a while. It goes by
 * regions of frames, so that a file's page goes, too, which has just been read into a frame that was idle before.
 */
#ifndef INSTRUMENTS_DAMON_H
#define INSTRUMENTS_DAMON_H

#include <stdbool.h>

/*
 * It is at work: its sysfs says so (to root), or a thread of the kernel has its name. False where neither can be
 * seen, as in a pid namespace.
 */
bool damon_is_at_work(void);

#endif
