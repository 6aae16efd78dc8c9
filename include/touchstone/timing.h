/* SPDX-License-Identifier: MIT */
/*
 * Times, only ever as a ratio taken in one run.
 *
 *     struct race race = {.slow = copy_all, .fast = fork_only, .context = &c, .wanted = 2.0};
 *     assert_race(&race, "copying 64 MiB, against forking");
 *
 * The two functions run in turn, slow fast fast slow; the shortest time of each counts, for
 * disturbance only ever adds. More rounds can only bring the shortest times closer to the
 * truth, so it goes on, for 50 milliseconds at least, until the ratio is as demanded, or rounds are
 * used up; then the claim is broken, or undecided where this_machine_is_slow() (processors.h): an emulator has
 * prices of its own.
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
	double wanted;           /* slow / fast has to reach this, or, when 0: */
	double at_most;          /* slow / fast has to stay at or below this */
	int rounds;              /* at most; 0: 60 */
	double slow_ns, fast_ns; /* the shortest of each, filled in */
};

/* Runs the race, asserting nothing; yields slow / fast. */
double run_race(struct race *race);

/* Runs the race; its ratio is as .wanted or .at_most demands. */
#define assert_race(race_, what_) touchstone_assert_race(HERE, race_, what_)

/* The same of a race that has been run, for who has something to look at before. */
#define assert_raced(race_, what_) touchstone_assert_raced(HERE, race_, what_)

void touchstone_assert_race(struct place place, struct race *race, const char *what);
void touchstone_assert_raced(struct place place, const struct race *race, const char *what);

#endif
