/* SPDX-License-Identifier: MIT */
/*
 * Limits are inherited, as values
 * ===============================
 *
 * What a process may use is limited by pairs of numbers, soft and hard. A child begins with its
 * parent's numbers, all of them; so ulimit in a shell binds whatever is started from it. They are
 * copied, not shared: a child that lowers its own leaves its parent's alone. And they bind
 * processes one by one. Ten children may use ten times as much.
 *
 *      parent   -v 1000       ----------------------------  -v 1000
 *      child      \-- -v 1000, from the start    -v 500
 *
 * Look with: getrlimit(2), /proc/self/limits.
 * Read on:   getrlimit(2) "A child process created via fork(2) inherits its parent's resource
 *            limits"; document 002 "fork revisited".
 */
#include <sys/mman.h>
#include <sys/resource.h>

#include <touchstone/experiment.h>

EXPERIMENT("Limits are inherited, as values");

enum { RESOURCES = 16 }; /* as many as there are: RLIM_NLIMITS */

/* Soft only: a lowered hard limit could not be raised again. */
static void set_soft(int resource, rlim_t value)
{
	struct rlimit limit;

	arrange(getrlimit(resource, &limit) == 0);
	limit.rlim_cur = value;
	arrange(setrlimit(resource, &limit) == 0);
}

CLAIM(limits_are_inherited, "fork-47",
      "The child has its parent's limits, soft and hard, of every kind")
{
	struct rlimit before[RESOURCES], now;

	set_soft(RLIMIT_CORE, 0);
	for (int i = 0; i < RESOURCES; i++) {
		arrange(getrlimit(i, &before[i]) == 0);
	}
	IN_CHILD {
		for (int i = 0; i < RESOURCES; i++) {
			arrange(getrlimit(i, &now) == 0);
			assert_equals(now.rlim_cur, before[i].rlim_cur,
				      "a soft limit in the child");
			assert_equals(now.rlim_max, before[i].rlim_max,
				      "a hard limit in the child");
		}
	}
}

CLAIM(they_bind_the_child, "fork-47",
      "Where its parent may have no more memory the child may not, until it raises its own limit")
{
	struct rlimit before;

	IN_CHILD {
		arrange(getrlimit(RLIMIT_AS, &before) == 0);
		set_soft(RLIMIT_AS, 0);
		IN_CHILD {
			assert_refused(mmap(NULL, page_size(), PROT_READ,
					    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
				       ENOMEM);
			set_soft(RLIMIT_AS, before.rlim_cur);
			assert_accepted(mmap(NULL, page_size(), PROT_READ,
					     MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
		}
		assert_refused(
			mmap(NULL, page_size(), PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
			ENOMEM);
	}
}

CONTROL(they_are_values_of_its_own, "fork-47",
	"A limit that the child lowers is as before in its parent")
{
	struct rlimit before, after;

	arrange(getrlimit(RLIMIT_AS, &before) == 0);
	IN_CHILD {
		set_soft(RLIMIT_AS, before.rlim_cur / 2);
	}
	arrange(getrlimit(RLIMIT_AS, &after) == 0);
	assert_equals(after.rlim_cur, before.rlim_cur, "the parent's soft limit");
}
