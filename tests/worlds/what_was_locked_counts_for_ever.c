/* SPDX-License-Identifier: MIT */
/* Pages of the heap that are given back still count as locked. */
#include <sys/syscall.h>

#include <touchstone/memory.h>

#include "worlds/acts.h"

static long allowed, grown;

static int limit(int resource, const struct rlimit *wanted)
{
	if (resource == RLIMIT_MEMLOCK) {
		allowed = (long)wanted->rlim_cur;
	}
	return setrlimit(resource, wanted);
}

static long call(long number, const long argument[6])
{
	static const long ask[6];
	long before = number == SYS_brk ? pass_on(number, ask) : 0, answer;

	if (number == SYS_brk && allowed && argument[0] - before + grown > allowed) {
		return before;
	}
	answer = pass_on(number, argument);
	if (number == SYS_brk && allowed && answer > before) {
		grown += answer - before;
	}
	return answer;
}

WORLD("A machine where what was locked counts for ever",
      .breaks = "what_it_gives_back_counts_no_more", .spares = "it_grows_to_the_limit heap-23",
      .setrlimit = limit, .syscall = call);
