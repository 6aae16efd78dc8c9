/* SPDX-License-Identifier: MIT */
/*
 * Swap areas: whether there is one to be used, and a private one for the length of a claim.
 * touchstone/machine.h has the word, guard_swap(); the guardian makes the area and ends it.
 */
#ifndef ARRANGE_SWAP_H
#define ARRANGE_SWAP_H

#include <stdbool.h>
#include <stddef.h>

/*
 * The active areas have room for so many bytes. Areas that a guardian has made do not count: they
 * may end at any moment, and what is in them is then brought in.
 */
bool swap_has_room(size_t bytes);

/* A guardian's area is active, of this run or of another one. */
bool swap_of_a_guardian_is_active(void);

/* A need's probe: there is room, or room may be made and can be, as far as can be told without. */
bool swap_proves_itself(void);

/* What would satisfy the need. */
extern const char swap_remedy[];

/*
 * A new active area with room for so many bytes, of the lowest priority, in a file with a name, which
 * is written to path. 0 or a negative errno. In the guardian alone, as the next one.
 */
int swap_make(size_t bytes, char *path, size_t size);

/*
 * Deactivates the area and removes the file. What is in it is brought in, which can fail for want of
 * memory: -ENOMEM, -EINTR or -EAGAIN, and all is as it was.
 */
int swap_unmake(const char *path);

#endif
