/* SPDX-License-Identifier: MIT */
/* Assertions on numbers and on what calls answer: touchstone/expect.h. */
#include <touchstone/expect.h>

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "run/outcome.h"
#include "words/names.h"

static bool relation_holds(long long seen, const char *relation, long long expected)
{
	switch (relation[0]) {
	case '=':
		return seen == expected;
	case '!':
		return seen != expected;
	case '<':
		return seen <= expected;
	default:
		return seen >= expected;
	}
}

static const char *relation_in_words(const char *relation)
{
	switch (relation[0]) {
	case '=':
		return "";
	case '!':
		return "anything but ";
	case '<':
		return "at most ";
	default:
		return "at least ";
	}
}

void touchstone_assert_number(struct place place, long long seen, const char *relation,
			      long long expected, const char *what)
{
	evidence(what, "%lld", seen);
	if (!relation_holds(seen, relation, expected)) {
		char text[300];

		snprintf(text, sizeof text, "%s: %s%lld", what, relation_in_words(relation),
			 expected);
		broken(place, text, "%lld", seen);
	}
}

void touchstone_assert_address(struct place place, const void *seen, const void *expected,
			       const char *what)
{
	evidence(what, "%p", seen);
	if (seen != expected) {
		char text[300];

		snprintf(text, sizeof text, "%s: %p", what, expected);
		broken(place, text, "%p", seen);
	}
}

void touchstone_assert_text(struct place place, const char *seen, const char *expected,
			    const char *what)
{
	evidence(what, "%s", seen);
	if (strcmp(seen, expected) != 0) {
		char text[400];

		snprintf(text, sizeof text, "%s: %s", what, expected);
		broken(place, text, "%s", seen);
	}
}

void touchstone_assert_refused(struct place place, const char *call, long answer, int seen_errno,
			       int expected, int other)
{
	char text[400];

	if (answer == -1 && (seen_errno == expected || seen_errno == other)) {
		evidence(call, "refused: %s", error_name(seen_errno));
		return;
	}
	snprintf(text, sizeof text, "%s is refused with %s%s%s", call, error_name(expected),
		 other == expected ? "" : " or ", other == expected ? "" : error_name(other));
	if (answer == -1) {
		outcome_if_short_from_the_start(seen_errno);
		broken(place, text, "refused with %s (%s)", error_name(seen_errno),
		       strerror(seen_errno));
	}
	broken(place, text, "it answered %#lx", (unsigned long)answer);
}

void touchstone_assert_accepted(struct place place, const char *call, long answer, int seen_errno)
{
	if (answer == -1) {
		char text[400];

		outcome_if_short_from_the_start(seen_errno);
		snprintf(text, sizeof text, "%s is accepted", call);
		broken(place, text, "refused with %s (%s)", error_name(seen_errno),
		       strerror(seen_errno));
	}
}
