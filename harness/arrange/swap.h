/* SPDX-License-Identifier: MIT */
/*
 * Swap areas: whether there is one to be used, and a private one for the length of a claim.
 * touchstone/swap.h has the words; the guardian makes the areas and ends them.
 */
#ifndef ARRANGE_SWAP_H
#define ARRANGE_SWAP_H

#include <stdbool.h>
#include <stddef.h>

#include <touchstone/swap.h>

/*
 * The active areas have room for so many bytes. Areas that a guardian has made do not count: they
 * may end at any moment, and what is in them is then brought in.
 */
bool swap_has_room(size_t bytes);

/* A guardian's area is active, of this run or of another one. */
bool swap_of_a_guardian_is_active(void);

/* Bytes in use of an active area, or a negative errno. */
long long swap_bytes_used(const char *path);

/* Needs' probes: there is room, or room may be made and can be, as far as can be told without; and the latter. */
bool swap_proves_itself(void);
bool swap_area_proves_itself(void);

/* What would satisfy the needs. */
extern const char swap_remedy[], swap_area_remedy[];

/*
 * A new active swap file with room for area->bytes and more, of the lowest priority. 0 or a
 * negative errno. In the guardian alone, as all that follow.
 */
int swap_make(struct swap_area *area);

/* A new active area of that kind and room, of the highest priority; path and device are filled in. */
int swap_make_area(struct swap_area *area);

/*
 * Deactivates the area and removes it, but for a zram device. What is in it is brought in, which can fail for
 * want of memory: -ENOMEM, -EINTR or -EAGAIN, and all is as it was.
 */
int swap_unmake(const struct swap_area *area);

/* Removes the device of such an area, which takes the kernel a while and disturbs nobody's swap. */
int swap_remove_device(const struct swap_area *area);

#endif
