/* SPDX-License-Identifier: MIT */
/*
 * Times, only ever as a ratio taken in one run.
 *
 *     struct race race = {.slow = copy_all, .fast = fork_only, .context = &c, .wanted = 2.0};
 *     assert_slower(&race, "copying 64 MiB, against forking");
 *
 * The two functions run in turn, slow fast slow fast; the shortest time of each counts, for
 * disturbance only ever adds. More rounds can only bring the shortest times closer to the
 * truth, so it goes on until the wanted ratio shows, or rounds are used up; then the claim
 * is broken.
 * Observes: CLOCK_MONOTONIC. Needs: TIMING.
 */
#ifndef TOUCHSTONE_TIMING_H
#define TOUCHSTONE_TIMING_H

#include <touchstone/outcome.h>

struct race {
	void (*before_slow)(void *context); /* untimed, may be NULL */
	void (*slow)(void *context);
	void (*before_fast)(void *context); /* untimed, may be NULL */
	void (*fast)(void *context);
	void *context;
	double wanted;           /* slow / fast has to reach this */
	int rounds;              /* at most; 0: 60 */
	double slow_ns, fast_ns; /* the shortest of each, filled in */
};

/* Runs the race; yields slow / fast. */
double run_race(struct race *race);

/* The ratio reached what was wanted / the ratio stayed below this bound in the best round. */
#define assert_slower(race_, what_) touchstone_assert_slower(HERE, race_, what_)
#define assert_not_slower_than(race_, bound_, what_)                                               \
	touchstone_assert_not_slower_than(HERE, race_, bound_, what_)

void touchstone_assert_slower(struct place place, struct race *race, const char *what);
void touchstone_assert_not_slower_than(struct place place, struct race *race, double bound,
				       const char *what);

#endif
