/* SPDX-License-Identifier: MIT */
/*
 * Whether the claim has asked for swap (swap.h). If not, its memory groups have none: pages of theirs would
 * go to an area that another claim has made for itself.
 */
#ifndef WORDS_GROUPS_H
#define WORDS_GROUPS_H

/* It has. Undecided where it has a group as well, and the kernel rather kills than swaps for one. */
void groups_may_swap(void);

#endif
