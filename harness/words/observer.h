/* SPDX-License-Identifier: MIT */
/* What the observing words share: an observation that fails is an error, never a pass. */
#ifndef WORDS_OBSERVER_H
#define WORDS_OBSERVER_H

#include <stddef.h>

/* Memory from the arena; ends the claim as an error when it is used up. */
void *observer_memory(size_t length);

/* Ends the claim as an error when result is a negative errno: "could not observe WHAT: ...". */
void observer_demands(long result, const char *what);

#endif
