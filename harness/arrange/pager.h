/* SPDX-License-Identifier: MIT */
/* What the wrong worlds put in the place of the pager's own calls, and of a policy's decision. */
#ifndef ARRANGE_PAGER_H
#define ARRANGE_PAGER_H

#include <touchstone/pager.h>

extern int (*pager_mprotect)(void *address, size_t length, int protection);
extern int (*pager_madvise)(void *address, size_t length, int advice);

/* Asks the policy whose page goes: the pager's, and on paper. Yields a frame that is taken. */
extern size_t (*frames_choose)(struct frames *frames);

#endif
