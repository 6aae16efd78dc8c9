/* SPDX-License-Identifier: MIT */
/*
 * Changes to the machine, as its guardian makes and undoes them. To be called in the guardian's
 * process alone. Functions return 0 or a negative errno.
 */
#ifndef ARRANGE_CHANGES_H
#define ARRANGE_CHANGES_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include <touchstone/memory_group.h>
#include <touchstone/swap.h>

enum { CHANGE_PATH = 256, CHANGE_TEXT = 256, CHANGES = 16 };

/*
 * One thing that was changed. Its lock is the changed thing itself, opened and locked by flock(2):
 * it is there for every program on the machine, and nothing of it stays behind.
 */
struct change {
	enum { SETTING, GROUP, SWAP_AREA, SHARED_NAME, SEGMENT } kind;
	int lock;                 /* -1: an earlier change of the same thing holds it */
	char path[CHANGE_PATH];   /* the setting, the group's folder, or the name */
	char before[CHANGE_TEXT]; /* the setting's value */
	char parent[CHANGE_PATH]; /* of the group */
	char home[CHANGE_PATH];   /* where processes go that must outlive the group */
	bool controller_enabled;  /* the parent hands the memory controller down because of us */
	key_t key;                /* of the segment */
	struct swap_area area;
};

struct changes {
	struct change change[CHANGES];
	size_t count;
	struct swap_area device[CHANGES]; /* empty zram devices, not removed yet */
	size_t devices;
	bool (*abandoned)(void); /* waiting for a lock makes no sense any more */
};

int change_setting(struct changes *changes, const char *path, const char *value);
int change_add_group(struct changes *changes, size_t limit, struct memory_group *group);

/*
 * Activates a swap file with room for so many bytes. -EBUSY: another guardian's stays active, which
 * the lock does not tell where that one sees another /proc, or has been killed itself.
 */
int change_add_swap(struct changes *changes, size_t bytes);

/* The same for an area of the kind and room that *area says; where it is, is filled in. */
int change_add_swap_area(struct changes *changes, struct swap_area *area);

/*
 * Nothing is changed yet: the claim will make an object of that name, or a segment under that key,
 * and what is there in the end is removed. -EEXIST: there is something already.
 */
int change_expect_name(struct changes *changes, const char *name);
int change_expect_segment(struct changes *changes, key_t key);

/* One of the two is among the changes. */
bool change_awaits_makers(const struct changes *changes);

/*
 * Undoes the latest change, so that others may have the thing. The owner, unless 0, is the claim's
 * process, which lives on: it is moved out of the group, while everybody else in it is killed.
 */
int change_undo(struct changes *changes, pid_t owner);

/* When all is undone: removes what is in nobody's way, but takes a while. What it could not remove, stays listed. */
int change_clear_away(struct changes *changes);

#endif
