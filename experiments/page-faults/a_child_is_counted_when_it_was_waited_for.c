/* SPDX-License-Identifier: MIT */
/*
 * A child is counted when it was waited for
 * =========================================
 *
 * RUSAGE_CHILDREN is the third answer of getrusage(2), besides the process and the thread. It is
 * the account of children that are gone, and an entry is made at one moment only: when the
 * parent waits for the child. Then all is added that wait4(2) would tell of it.
 *
 *      child       runs ......... ends          waited for
 *      CHILDREN    0              0             + what wait4 tells
 *
 * And who is forked begins with an empty account: neither the parent's faults nor those of its
 * children come along.
 *
 * Look with: getrusage(2) with RUSAGE_CHILDREN, beside wait4(2).
 * Read on:   getrusage(2), wait4(2), fork(2); document 001 "Observations".
 */
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("A child is counted when it was waited for");

enum { PAGES = 256 };

static struct rusage account_of(int who)
{
	struct rusage usage;

	arrange(getrusage(who, &usage) == 0);
	return usage;
}

/* A child that touches each page and ends. */
static pid_t touching_child(char *area)
{
	pid_t child = fork();

	arrange(child >= 0);
	if (child == 0) {
		store_each(area, PAGES, 'c');
		_exit(0);
	}
	return child;
}

static void wait_until_ended(pid_t child)
{
	siginfo_t info;

	arrange(waitid(P_PID, (id_t)child, &info, WEXITED | WNOWAIT) == 0);
}

CLAIM(waiting_is_what_counts, "rusage-03",
      "A child's faults are added when it is waited for, not when it ends, and as wait4 tells them",
      .needs = FAULT_COUNTS)
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE);

	for (int round = 0; round < 3; round++) {
		struct rusage before = account_of(RUSAGE_CHILDREN), told;
		pid_t child = touching_child(area);

		wait_until_ended(child);
		assert_equals(account_of(RUSAGE_CHILDREN).ru_minflt, before.ru_minflt,
			      "minor faults of children when one has ended");
		arrange(wait4(child, NULL, 0, &told) == child);
		assert_at_least(told.ru_minflt, PAGES, "minor faults of the child as wait4 tells");
		assert_equals(account_of(RUSAGE_CHILDREN).ru_minflt,
			      before.ru_minflt + told.ru_minflt,
			      "minor faults of children when it was waited for");
		assert_equals(account_of(RUSAGE_CHILDREN).ru_majflt,
			      before.ru_majflt + told.ru_majflt, "major faults of children");
	}
}

CLAIM(a_forked_child_begins_anew, "rusage-06",
      "A new child has counted neither its parent's faults nor those of its parent's children",
      .needs = FAULT_COUNTS)
{
	enum { MANY = 4 * PAGES };
	char *area = fresh_pages(PAGES, MAP_PRIVATE);

	store_each(fresh_pages(MANY, MAP_PRIVATE), MANY, 'p');
	arrange(waitpid(touching_child(area), NULL, 0) > 0);
	assert_at_least(account_of(RUSAGE_CHILDREN).ru_minflt, PAGES, "the parent's children");
	IN_CHILD {
		struct rusage self = account_of(RUSAGE_SELF);
		struct rusage children = account_of(RUSAGE_CHILDREN);

		assert_at_most(self.ru_minflt, MANY - 1, "minor faults of the child");
		assert_equals(children.ru_minflt, 0, "minor faults of its children");
		assert_equals(children.ru_maxrss, 0, "the largest of its children");
	}
}

CONTROL(a_child_that_touches_nothing_adds_little, "rusage-03 rusage-06",
	"A child that touches none of the pages adds fewer faults than pages, and a living one "
	"none",
	.needs = FAULT_COUNTS)
{
	struct rusage before = account_of(RUSAGE_CHILDREN);
	struct child living;

	START_CHILD(living) {
		store_each(fresh_pages(PAGES, MAP_PRIVATE), PAGES, 'c');
		hand_over();
	}
	assert_equals(account_of(RUSAGE_CHILDREN).ru_minflt, before.ru_minflt,
		      "minor faults of children while one lives");

	pid_t idle = fork();

	arrange(idle >= 0);
	if (idle == 0) {
		_exit(0);
	}
	arrange(waitpid(idle, NULL, 0) == idle);
	assert_at_most(account_of(RUSAGE_CHILDREN).ru_minflt - before.ru_minflt, PAGES - 1,
		       "minor faults of a child that touched nothing");
}
