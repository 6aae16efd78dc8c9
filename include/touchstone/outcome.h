/* SPDX-License-Identifier: MIT */
/*
 * How a claim ends. There are four outcomes, and they never merge:
 *
 *   holds      exit status  0   the body reached its end
 *   broken                  1   an assertion about the claim failed
 *   undecided              77   the machine lacks something; the reason is told
 *   error                  99   arranging the experiment failed: nothing is said of the claim
 *
 * The words below work in the claim's own process and in any child made with children.h.
 */
#ifndef TOUCHSTONE_OUTCOME_H
#define TOUCHSTONE_OUTCOME_H

#include <stdbool.h>

/* The place in a source file that a message is about. */
struct place {
	const char *file;
	int line;
};
#define HERE ((struct place){__FILE__, __LINE__})

/*
 * arrange(condition): the set-up of an experiment must succeed. Where it does not, the
 * claim's outcome is error, and the message holds the condition and errno; where errno tells of a limit
 * (too few descriptors, processes, address space, room), or of a system call that there is not (ENOSYS),
 * it is undecided instead, and the reason names it. Never use it for what the claim asserts.
 */
#define arrange(condition) ((condition) ? (void)0 : touchstone_not_arranged(HERE, #condition))

/*
 * undecided("needs ...: what would satisfy it"): ends the claim as undecided. For an ability
 * that only the attempt itself can tell; what can be probed beforehand is a need (needs.h).
 */
void undecided(const char *reason, ...) __attribute__((format(printf, 1, 2), noreturn));

/*
 * time_is_left(): less than half of the time has passed that the claim may take (20 s, or its .seconds; times
 * TOUCHSTONE_PATIENCE). Who waits for a device that others keep busy is undecided when none is left: who is
 * stopped by the time limit is in error. Outside of a claim there is no limit.
 */
bool time_is_left(void);

/*
 * evidence("name", "format", ...): a named value that was seen, kept with the outcome. Values
 * that are asserted with expect.h, and strips of observed pages, are kept without asking.
 */
void evidence(const char *name, const char *value, ...) __attribute__((format(printf, 2, 3)));

/*
 * broken(HERE, "what was expected", "what was seen"): ends the claim as broken. The assertions
 * of the other headers end here; an experiment seldom needs it itself.
 */
void broken(struct place place, const char *expected, const char *seen, ...)
	__attribute__((format(printf, 3, 4), noreturn));

void touchstone_not_arranged(struct place place, const char *condition) __attribute__((noreturn));

#endif
