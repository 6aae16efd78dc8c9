/* SPDX-License-Identifier: MIT */
/* What the wrong worlds put in the place of the pager's own calls. */
#ifndef ARRANGE_PAGER_H
#define ARRANGE_PAGER_H

#include <touchstone/pager.h>

extern int (*pager_mprotect)(void *address, size_t length, int protection);
extern int (*pager_madvise)(void *address, size_t length, int advice);

#endif
