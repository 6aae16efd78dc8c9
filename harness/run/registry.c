/* SPDX-License-Identifier: MIT */
/* The registry of experiments and claims. */
#include "run/registry.h"

#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const chapters[] = {
	"address-space", "lazy-allocation",  "memory-mapping", "copy-on-write",   "program-loading",
	"protection",    "stack-and-heap",   "page-faults",    "paging",          "page-tables",
	"tlb",           "page-replacement", "swapping",       "fragmentation",   "sharing",
	"page-cache",    "kernel-boundary",  "optimizations",  "memory-pressure",
};

/*
 * What the linker has gathered from all files of the program, which may be none. These two names are the linker's
 * own invention.
 */
/* NOLINTBEGIN(bugprone-reserved-identifier) */
extern struct experiment *const __start_touchstone_experiments[] __attribute__((weak));
extern struct experiment *const __stop_touchstone_experiments[] __attribute__((weak));
extern struct claim *const __start_touchstone_claims[] __attribute__((weak));
extern struct claim *const __stop_touchstone_claims[] __attribute__((weak));
/* NOLINTEND(bugprone-reserved-identifier) */

static struct experiment *experiments;
static bool gathered, sorted;

/* The last part of a path (from_end 0), or the one before it (1), without ".c". */
static const char *part_of_path(const char *file, int from_end, size_t *length)
{
	const char *end = file + strlen(file), *start;

	for (;; from_end--) {
		for (start = end; start > file && start[-1] != '/'; start--) {
		}
		if (from_end == 0 || start == file) {
			break;
		}
		end = start - 1;
	}
	*length = (size_t)(end - start);
	if (*length > 2 && strncmp(end - 2, ".c", 2) == 0) {
		*length -= 2;
	}
	return start;
}

static void copy_part(const char *file, int from_end, char name[NAME_LENGTH])
{
	size_t length;
	const char *part = part_of_path(file, from_end, &length);

	snprintf(name, NAME_LENGTH, "%.*s", (int)length, part);
}

void registry_chapter(const struct experiment *experiment, char name[NAME_LENGTH])
{
	copy_part(experiment->file, 1, name);
}

void registry_experiment_name(const struct experiment *experiment, char name[NAME_LENGTH])
{
	copy_part(experiment->file, 0, name);
}

void registry_full_experiment_name(const struct experiment *experiment, char name[NAME_LENGTH])
{
	char chapter[NAME_LENGTH], own[NAME_LENGTH];

	registry_chapter(experiment, chapter);
	registry_experiment_name(experiment, own);
	if (snprintf(name, NAME_LENGTH, "%s.%s", chapter, own) >= NAME_LENGTH) {
		name[NAME_LENGTH - 1] = 0;
	}
}

void registry_full_name(const struct claim *claim, char name[NAME_LENGTH])
{
	char experiment[NAME_LENGTH];

	registry_full_experiment_name(claim->experiment, experiment);
	if (snprintf(name, NAME_LENGTH, "%s.%s", experiment, claim->name) >= NAME_LENGTH) {
		name[NAME_LENGTH - 1] = 0;
	}
}

/* Chapters that the design does not know come last. */
static size_t chapter_order(const struct experiment *experiment)
{
	size_t length, i = 0;
	const char *chapter = part_of_path(experiment->file, 1, &length);

	while (i < sizeof chapters / sizeof *chapters &&
	       (strncmp(chapters[i], chapter, length) != 0 || chapters[i][length])) {
		i++;
	}
	return i;
}

static int by_chapter(const void *one_, const void *other_)
{
	const struct experiment *one = *(struct experiment *const *)one_;
	const struct experiment *other = *(struct experiment *const *)other_;
	size_t first = chapter_order(one), second = chapter_order(other);

	return first != second ? (first < second ? -1 : 1) : strcmp(one->file, other->file);
}

void registry_add_experiment(struct experiment *experiment)
{
	experiment->next = experiments;
	experiments = experiment;
}

void registry_add_claim(struct experiment *experiment, struct claim *claim)
{
	struct claim **link = &experiment->claims;

	/* In the order of the file, whatever order they come in. */
	while (*link && (*link)->line < claim->line) {
		link = &(*link)->next;
	}
	claim->experiment = experiment;
	claim->next = *link;
	*link = claim;
}

/* Not before somebody asks for all: the process of one claim needs but that one. */
static void gather(void)
{
	if (gathered) {
		return;
	}
	gathered = true;
	for (struct experiment *const *e = __start_touchstone_experiments;
	     e < __stop_touchstone_experiments; e++) {
		registry_add_experiment(*e);
	}
	for (struct claim *const *c = __start_touchstone_claims; c < __stop_touchstone_claims;
	     c++) {
		registry_add_claim((*c)->experiment, *c);
	}
}

bool registry_keep_only(const char *experiment_name)
{
	char name[NAME_LENGTH];

	gather();
	for (struct experiment *e = experiments; e; e = e->next) {
		registry_experiment_name(e, name);
		if (strcmp(name, experiment_name) == 0) {
			experiments = e;
			e->next = NULL;
			return true;
		}
	}
	return false;
}

struct experiment *registry_experiments(void)
{
	size_t count = 0;
	struct experiment **all;

	gather();
	for (struct experiment *e = experiments; e; e = e->next) {
		count++;
	}
	all = sorted ? NULL : calloc(count + 1, sizeof(struct experiment *));
	if (!all) {
		return experiments;
	}
	count = 0;
	for (struct experiment *e = experiments; e; e = e->next) {
		all[count++] = e;
	}
	qsort(all, count, sizeof(struct experiment *), by_chapter);
	for (size_t i = 0; i < count; i++) {
		all[i]->next = all[i + 1];
	}
	experiments = all[0];
	sorted = true;
	free(all);
	return experiments;
}

static bool is_part(const char *file, int from_end, const char *name, size_t length)
{
	size_t its_length;
	const char *part = part_of_path(file, from_end, &its_length);

	return its_length == length && strncmp(part, name, length) == 0;
}

/* Nearly always the file is experiments/CHAPTER/NAME.c; to compare its parts takes as long as a small claim's body. */
static struct experiment *const *experiment_named(const char *chapter, size_t chapter_length,
						  const char *own, size_t length)
{
	struct experiment *const *const end = __stop_touchstone_experiments;
	struct experiment *const *e;
	char file[2 * NAME_LENGTH];

	snprintf(file, sizeof file, "experiments/%.*s/%.*s.c", (int)chapter_length, chapter,
		 (int)length, own);
	for (e = __start_touchstone_experiments; e < end; e++) {
		if (strcmp((*e)->file, file) == 0) {
			return e;
		}
	}
	for (e = __start_touchstone_experiments; e < end; e++) {
		if (is_part((*e)->file, 0, own, length) &&
		    is_part((*e)->file, 1, chapter, chapter_length)) {
			return e;
		}
	}
	return NULL;
}

size_t registry_place(const struct claim *claim)
{
	struct claim *const *c = __start_touchstone_claims;

	while (c < __stop_touchstone_claims && *c != claim) {
		c++;
	}
	return (size_t)(c - __start_touchstone_claims);
}

const struct claim *registry_named(const char *name, size_t place)
{
	char found[NAME_LENGTH];

	if (place < (size_t)(__stop_touchstone_claims - __start_touchstone_claims)) {
		registry_full_name(__start_touchstone_claims[place], found);
		if (strcmp(found, name) == 0) {
			return __start_touchstone_claims[place];
		}
	}

	size_t chapter = strcspn(name, ".");
	const char *own = name + chapter + (name[chapter] == '.');
	size_t length = strcspn(own, ".");
	struct experiment *const *e = experiment_named(name, chapter, own, length);

	if (!e || own[length] != '.') {
		return NULL;
	}
	for (struct claim *const *c = __start_touchstone_claims; c < __stop_touchstone_claims;
	     c++) {
		if ((*c)->experiment == *e && strcmp((*c)->name, own + length + 1) == 0) {
			return *c;
		}
	}
	return NULL;
}

static bool is_leading_part(const char *pattern, const char *name)
{
	size_t length = strlen(pattern);

	return strncmp(pattern, name, length) == 0 && (name[length] == '.' || name[length] == 0);
}

static bool has_id(const struct claim *claim, const char *pattern)
{
	char ids[NAME_LENGTH], *rest = ids, *id;

	snprintf(ids, sizeof ids, "%s", claim->ids);
	while ((id = strsep(&rest, " "))) {
		if (fnmatch(pattern, id, 0) == 0) {
			return true;
		}
	}
	return false;
}

bool registry_matches(const struct claim *claim, const char *pattern)
{
	char full[NAME_LENGTH], experiment[NAME_LENGTH];
	const char *without_chapter;

	registry_full_name(claim, full);
	registry_experiment_name(claim->experiment, experiment);
	without_chapter = full + strcspn(full, ".") + 1;
	return is_leading_part(pattern, full) || is_leading_part(pattern, without_chapter) ||
	       fnmatch(pattern, full, 0) == 0 || fnmatch(pattern, claim->name, 0) == 0 ||
	       fnmatch(pattern, experiment, 0) == 0 || has_id(claim, pattern);
}

/* A pattern that chooses nothing as it is chooses every name that contains it. */
static bool is_contained(const struct claim *claim, const char *pattern)
{
	char full[NAME_LENGTH];

	registry_full_name(claim, full);
	return *pattern && !strpbrk(pattern, ".*?[") && strstr(full, pattern);
}

static bool chooses_any(const char *pattern)
{
	for (const struct experiment *e = registry_experiments(); e; e = e->next) {
		for (const struct claim *c = e->claims; c; c = c->next) {
			if (registry_matches(c, pattern)) {
				return true;
			}
		}
	}
	return false;
}

const struct claim **registry_choose(char *const *patterns, size_t count, const char **unknown)
{
	size_t room = 1, chosen = 0;
	const struct claim **all;

	*unknown = NULL;
	for (const struct experiment *e = registry_experiments(); e; e = e->next) {
		for (const struct claim *c = e->claims; c; c = c->next) {
			room++;
		}
	}
	all = calloc(room, sizeof *all);
	if (!all) {
		return NULL;
	}

	bool *used = calloc(count + 1, sizeof *used), *loosely = calloc(count + 1, sizeof *loosely);

	for (size_t i = 0; i < count && loosely; i++) {
		loosely[i] = !chooses_any(patterns[i]);
	}

	for (const struct experiment *e = experiments; e && used && loosely; e = e->next) {
		for (const struct claim *c = e->claims; c; c = c->next) {
			bool wanted = count == 0;

			for (size_t i = 0; i < count; i++) {
				if (loosely[i] ? is_contained(c, patterns[i])
					       : registry_matches(c, patterns[i])) {
					wanted = used[i] = true;
				}
			}
			if (wanted) {
				all[chosen++] = c;
			}
		}
	}
	for (size_t i = count; i-- > 0 && used;) {
		*unknown = used[i] ? *unknown : patterns[i];
	}
	free(used);
	free(loosely);
	return all;
}
