/* SPDX-License-Identifier: MIT */
/*
 * The areas (VMAs) of this process, and what each of them uses.
 *
 * Observes: /proc/self/maps and /proc/self/smaps (proc(5)); smaps walks the page tables, so its
 *           figures are exact, unlike the batched counters of /proc/PID/status before Linux 6.16.
 * Units:    bytes.
 * Needs:    AREA_LIST for maps, AREA_USAGE for smaps.
 * Errors:   a file that cannot be read or understood ends the claim as an error.
 */
#ifndef TOUCHSTONE_AREAS_H
#define TOUCHSTONE_AREAS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include <touchstone/outcome.h>

/* One line of maps. */
struct area {
	bool exists;
	uintptr_t start, end; /* half open */
	char permissions[5];  /* "rw-p": read, write, execute, private or shared */
	uint64_t offset;      /* in the file */
	unsigned device_major, device_minor;
	uint64_t inode; /* 0: no file stands behind it */
	char name[128]; /* path or [name], cut where longer; empty for an unnamed area */
};

/* The area that holds an address; .exists is false when none does. Kept as evidence. */
struct area observe_area(const void *address);

/* How many areas reach into a range. */
size_t count_areas(const void *start, size_t length);

/* What the areas that reach into a range use, summed; map what is counted into a reserve(). */
struct usage {
	size_t size;
	size_t rss; /* resident; a page shared by n counts in full. The zero page counts nothing */
	size_t pss; /* resident; a page shared by n counts 1/n */
	size_t shared;    /* Shared_Clean + Shared_Dirty */
	size_t exclusive; /* Private_Clean + Private_Dirty */
	size_t dirty;     /* Shared_Dirty + Private_Dirty */
	size_t referenced;
	size_t anonymous;
	size_t huge; /* AnonHugePages + ShmemPmdMapped + FilePmdMapped */
	size_t swap;
	size_t swap_pss;
	size_t locked;
	char flags[256]; /* the VmFlags line of the first of them, "rd wr mr mw me ac" */
};
struct usage observe_usage(const char *label, const void *start, size_t length);
struct usage observe_usage_of(pid_t process, const char *label, const void *start, size_t length);

/* usage_has_flag(u, "sh"): the VmFlags hold the two letters. */
bool usage_has_flag(const struct usage *usage, const char *flag);

/*
 * The whole text of maps at one moment, and a comparison that tells the first line that differs.
 * Taking it maps nothing and allocates nothing.
 */
struct area_list {
	const char *text;
	size_t length;
};
struct area_list observe_areas(void);
#define assert_same_areas(now_, before_, what_)                                                    \
	touchstone_assert_same_areas(HERE, now_, before_, what_)

void touchstone_assert_same_areas(struct place place, struct area_list now, struct area_list before,
				  const char *what);

#endif
