/* SPDX-License-Identifier: MIT */
/*
 * On which processors threads run (sched_setaffinity(2), cpuset(7)), and what kind of processors they are.
 *
 * What a processor keeps for itself (translations, lists of pages, free frames) is met again only on that one,
 * and a race between two needs two of them.
 */
#ifndef TOUCHSTONE_PROCESSORS_H
#define TOUCHSTONE_PROCESSORS_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <sched.h>
#include <stdbool.h>
#include <stdlib.h>

#include <touchstone/outcome.h>

/* The calling thread runs on that processor alone; false, with errno, where it may not. */
static inline bool try_to_run_on(int processor)
{
	cpu_set_t one;

	CPU_ZERO(&one);
	if (processor >= 0 && processor < CPU_SETSIZE) {
		CPU_SET(processor, &one); /* of no processor at all it is refused */
	}
	return sched_setaffinity(0, sizeof one, &one) == 0;
}

/* The same; an error where it may not. */
static inline void run_on(int processor)
{
	arrange(try_to_run_on(processor));
}

/* From here on this process stays on the processor it is on; undecided where that is not to be had. */
static inline void stay_on_one_processor(void)
{
	if (!try_to_run_on(sched_getcpu())) {
		undecided("needs to stay on one processor: sched_setaffinity(2)");
	}
}

/*
 * Each processor keeps a store of free frames and hands out next what it was given back last; so
 * owners on one processor are likelier to meet the same frames. It serves the odds: may it fail.
 */
static inline void meet_the_same_frames(void)
{
	(void)try_to_run_on(sched_getcpu());
}

/* The first two processors that this process may run on. Needs TWO_PROCESSORS. */
static inline void two_processors(int numbers[2])
{
	cpu_set_t allowed;
	int found = 0;

	arrange(sched_getaffinity(0, sizeof allowed, &allowed) == 0);
	for (int i = 0; i < CPU_SETSIZE && found < 2; i++) {
		if (CPU_ISSET(i, &allowed)) {
			numbers[found++] = i;
		}
	}
	arrange(found == 2);
}

/*
 * Undecided on POWER and s390x, where several lowest tables share a page, and VmPTE, in whole kB, may miss one.
 * For claims that count tables by the page.
 */
static inline void need_tables_as_large_as_pages(void)
{
#if defined __powerpc64__ || defined __s390x__
	undecided("needs lowest tables of a page each: those of POWER and s390x are smaller");
#endif
}

/*
 * Somebody has said that this machine is emulated, or very busy: TOUCHSTONE_PATIENCE is set, as it is in the guests
 * of tests/machines. Not to decide what hangs on caches, or on a disk that keeps up.
 */
static inline bool this_machine_is_slow(void)
{
	return getenv("TOUCHSTONE_PATIENCE") != NULL;
}

#endif
