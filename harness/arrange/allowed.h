/* SPDX-License-Identifier: MIT */
/*
 * What claims may do to the machine only by leave of whoever starts them: --allow=WORD,WORD, or
 * the environment variable TOUCHSTONE_ALLOW, which hands it down to the claims' processes.
 *
 *     swap        make a swap area (a file, a loop device, a zram device) and activate it
 *     overcommit  put the whole machine into another mode of vm.overcommit_memory
 *
 * Either for the length of one claim.
 */
#ifndef ARRANGE_ALLOWED_H
#define ARRANGE_ALLOWED_H

#include <stdbool.h>

#define ALLOWED_VARIABLE "TOUCHSTONE_ALLOW"

/* The first word of the list that means nothing, in a buffer; NULL where all are known. */
const char *allowed_unknown_word(const char *list);

/* Allows the words of a list, beside what is allowed already. False: out of memory. */
bool allow(const char *list);

bool is_allowed(const char *word);

#endif
