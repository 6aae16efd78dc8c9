/* SPDX-License-Identifier: MIT */
/* RLIMIT_AS can be set, and binds nobody. */
#include "worlds/world.h"

static int limit(int resource, const struct rlimit *wanted)
{
	return resource == RLIMIT_AS ? 0 : setrlimit(resource, wanted);
}

WORLD("A machine where limits of address space are not kept",
      .breaks = "a_refusal_is_passed_on other_doors_are_shut_alike a_block_survives_a_refusal "
		"without_growth_the_request_fails the_limits_refuse the_library_says_so "
		"a_mapping_is_refused_there they_bind_the_child",
      .spares = "an_impossible_length_is_refused the_size_is_not brk-07", .setrlimit = limit);
