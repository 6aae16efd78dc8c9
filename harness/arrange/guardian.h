/* SPDX-License-Identifier: MIT */
/*
 * The guardian: a process that makes changes to the machine for a claim and undoes them, whatever
 * becomes of the claim. touchstone/machine.h, memory_group.h and swap.h have the words.
 *
 * A process has one guardian at most, started by its first change. Its forked children may have
 * changes made by the same guardian. All are undone, the latest first, when the process that
 * started it calls guardian_end() or dies.
 */
#ifndef ARRANGE_GUARDIAN_H
#define ARRANGE_GUARDIAN_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include <touchstone/memory_group.h>
#include <touchstone/swap.h>

/* Has the value written. 0 or a negative errno. */
int guardian_change_setting(const char *path, const char *value);

/* Has a memory cgroup made. 0 or a negative errno; -ENOTSUP: there is no place for one. */
int guardian_make_group(size_t limit_bytes, struct memory_group *group);

/* Has a swap file made and activated. 0 or a negative errno; -EBUSY as in arrange/changes.h. */
int guardian_make_swap(size_t bytes);

/* Has an area of the kind and room that *area says made and activated, and fills in where it is. */
int guardian_make_swap_area(struct swap_area *area);

/*
 * Has removed in the end whatever is then there under the name, or the key. 0 or a negative errno;
 * -EEXIST: something is there already.
 */
int guardian_expect_name(const char *name);
int guardian_expect_segment(key_t key);

/*
 * Has everything undone and waits until it is; the process is moved out of any group first. True
 * where all is as before, and where there was nothing to undo; errno tells otherwise. A forked
 * child of the process that started the guardian does nothing here.
 */
bool guardian_end(void);

/* The same at a claim's end; a machine that could not be restored is an error. */
void guardians_end(void);

/*
 * Called by both when all that was changed is free for others, while what is in nobody's way is still being
 * removed; usually NULL.
 */
extern void (*guardian_when_undone)(void);

/* A need's probe: a group can be made and removed. (To enter one takes too long for a probe.) */
bool guardian_proves_memory_group(void);

/* A need's probe: the file can be written by this process. */
bool guardian_proves_setting(const char *path);

#endif
