/* SPDX-License-Identifier: MIT */
/*
 * The registry: every experiment and claim of this program, as the linker has gathered them (claim.h).
 */
#ifndef RUN_REGISTRY_H
#define RUN_REGISTRY_H

#include <stdbool.h>
#include <stddef.h>

#include <touchstone/claim.h>

enum { NAME_LENGTH = 256 };

/* For what no file declares: tests of the registry. */
void registry_add_experiment(struct experiment *experiment);
void registry_add_claim(struct experiment *experiment, struct claim *claim);

/* All experiments, by chapter in teaching order and then by name. */
struct experiment *registry_experiments(void);

/* "copy-on-write" and "a_child_shares" of experiments/copy-on-write/a_child_shares.c. */
void registry_chapter(const struct experiment *experiment, char name[NAME_LENGTH]);
void registry_experiment_name(const struct experiment *experiment, char name[NAME_LENGTH]);
/* chapter.experiment, and chapter.experiment.claim */
void registry_full_experiment_name(const struct experiment *experiment, char name[NAME_LENGTH]);
void registry_full_name(const struct claim *claim, char name[NAME_LENGTH]);

/*
 * Whether a pattern chooses a claim: a leading part of its full name, with or without the
 * chapter; its own name; one of its ids ("cow-03"); or a shell glob over any of these.
 */
bool registry_matches(const struct claim *claim, const char *pattern);

/* Where the linker has put a claim, from 0; a number that no claim has for one that it did not gather. */
size_t registry_place(const struct claim *claim);

/*
 * The claim of this full name, or NULL. Each claim's process begins with it, and to look through the names of all
 * costs as much as a small body; so it is looked for at this place first.
 */
const struct claim *registry_named(const char *name, size_t place);

/*
 * From here on this program has but the one experiment of that name (without its chapter). False, and all
 * are kept, where there is none.
 */
bool registry_keep_only(const char *experiment_name);

/*
 * The claims chosen by any of the patterns (all of them when count is 0), in order, as a new
 * array that ends with NULL. A pattern without dot or glob that chooses none so chooses every name
 * that contains it. *unknown is the first pattern that chose nothing at all, or NULL.
 */
const struct claim **registry_choose(char *const *patterns, size_t count, const char **unknown);

#endif
