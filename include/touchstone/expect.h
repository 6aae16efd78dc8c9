/* SPDX-License-Identifier: MIT */
/*
 * Assertions on numbers and on what system calls answer. Each keeps what it saw as evidence,
 * and when it fails the report tells what was expected and what was seen. check's own
 * ck_assert_* may stand beside them.
 */
#ifndef TOUCHSTONE_EXPECT_H
#define TOUCHSTONE_EXPECT_H

#include <errno.h>

#include <touchstone/outcome.h>

/* assert_equals(faults.minor, 256, "minor faults while filling 256 pages") */
#define assert_equals(seen_, expected_, what_)                                                     \
	touchstone_assert_number(HERE, (long long)(seen_), "=", (long long)(expected_), what_)

/* assert_at_most(seen, bound, "what") and assert_at_least(seen, bound, "what"), bounds included. */
#define assert_at_most(seen_, bound_, what_)                                                       \
	touchstone_assert_number(HERE, (long long)(seen_), "<=", (long long)(bound_), what_)
#define assert_at_least(seen_, bound_, what_)                                                      \
	touchstone_assert_number(HERE, (long long)(seen_), ">=", (long long)(bound_), what_)
/* assert_differs(seen, other, "what"): any value but that one. */
#define assert_differs(seen_, other_, what_)                                                       \
	touchstone_assert_number(HERE, (long long)(seen_), "!=", (long long)(other_), what_)

/* assert_address(seen, expected, "what"): the same for two addresses, printed as such. */
#define assert_address(seen_, expected_, what_)                                                    \
	touchstone_assert_address(HERE, (const void *)(seen_), (const void *)(expected_), what_)

/* assert_text(observe_area(p).name, "[heap]", "the area's name"): the same for two texts. */
#define assert_text(seen_, expected_, what_) touchstone_assert_text(HERE, seen_, expected_, what_)

/*
 * assert_refused(munmap(p + 1, 1), EINVAL): the call returned -1 (MAP_FAILED is that, too) with
 * exactly this errno; undecided where there is no such call (ENOSYS). Two errnos that are both right:
 * assert_refused_either(call, EACCES, ENODEV).
 */
#define assert_refused(call_, error_) TOUCHSTONE_REFUSED(call_, #call_, error_, error_)
#define assert_refused_either(call_, error_, other_)                                               \
	TOUCHSTONE_REFUSED(call_, #call_, error_, other_)
#define TOUCHSTONE_REFUSED(call_, text_, error_, other_)                                           \
	({                                                                                         \
		errno = 0;                                                                         \
		long answer_ = (long)(call_);                                                      \
		touchstone_assert_refused(HERE, text_, answer_, errno, error_, other_);            \
	})

/*
 * assert_accepted(munmap(p, 1)): the call did not return -1; undecided where there is no such call. Yields what
 * it returned, as long.
 */
#define assert_accepted(call_)                                                                     \
	({                                                                                         \
		errno = 0;                                                                         \
		long accepted_ = (long)(call_);                                                    \
		touchstone_assert_accepted(HERE, #call_, accepted_, errno);                        \
		accepted_;                                                                         \
	})

void touchstone_assert_number(struct place place, long long seen, const char *relation,
			      long long expected, const char *what);
void touchstone_assert_address(struct place place, const void *seen, const void *expected,
			       const char *what);
void touchstone_assert_text(struct place place, const char *seen, const char *expected,
			    const char *what);
void touchstone_assert_refused(struct place place, const char *call, long answer, int seen_errno,
			       int expected, int other);
void touchstone_assert_accepted(struct place place, const char *call, long answer, int seen_errno);

#endif
