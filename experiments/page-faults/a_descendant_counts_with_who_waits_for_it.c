/* SPDX-License-Identifier: MIT */
/*
 * A descendant counts with whoever waits for it
 * =============================================
 *
 * The account that getrusage(2) keeps of children (RUSAGE_CHILDREN) reaches further than its
 * name: it has grandchildren as well. Nobody follows a family tree for that. Whoever waits for a
 * child takes over all that stood in the child's own two accounts, and so on, up the tree.
 *
 *      parent        grandchild's faults        -                      -
 *        child       waits for it: takes over   ends without waiting   ignores SIGCHLD
 *          grandch.  faults                     faults                 faults
 *
 * If the chain is broken the faults do not go up. A child that ends without waiting leaves an
 * orphan, and it is who adopts the orphan, and waits, that is charged. A parent that ignores
 * SIGCHLD never waits for anybody in this sense: its children vanish with their accounts.
 *
 * Look with: getrusage(2) with RUSAGE_CHILDREN.
 * Read on:   getrusage(2), waitpid(2), PR_SET_CHILD_SUBREAPER(2const); document 001
 *            "Observations".
 */
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("A descendant counts with whoever waits for it");

enum { PAGES = 256 };

static long faults_of_children(void)
{
	struct rusage usage;

	arrange(getrusage(RUSAGE_CHILDREN, &usage) == 0);
	return usage.ru_minflt;
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

/* A child that has a child touch each page, sees it end, and waits for it or does not. */
static void run_two_generations(char *area, bool waits)
{
	int status;
	pid_t child = fork();

	arrange(child >= 0);
	if (child == 0) {
		pid_t grandchild = touching_child(area);

		wait_until_ended(grandchild);
		_exit(waits && waitpid(grandchild, NULL, 0) != grandchild);
	}
	arrange(waitpid(child, &status, 0) == child && status == 0);
}

CLAIM(grandchildren_come_through_their_parents, "rusage-04",
      "A grandchild counts with the child that waited for it; else with whoever waits in its place",
      .needs = FAULT_COUNTS)
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE);
	long before, counted;

	arrange(prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) == 0); /* orphans come to us */
	before = faults_of_children();
	run_two_generations(area, true);
	counted = faults_of_children();
	assert_at_least(counted - before, PAGES, "minor faults, the child having waited");
	run_two_generations(area, false);
	before = counted;
	counted = faults_of_children();
	assert_at_most(counted - before, PAGES - 1, "minor faults, the child having not");
	arrange(wait(NULL) > 0);
	assert_at_least(faults_of_children() - counted, PAGES,
			"minor faults of the orphan, when it was waited for");
}

CLAIM(who_ignores_sigchld_keeps_no_account, "rusage-05",
      "With SIGCHLD ignored a child is never counted, although wait has waited for its end",
      .needs = FAULT_COUNTS)
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE);
	struct sigaction ignore = {.sa_handler = SIG_IGN}, earlier;
	long before = faults_of_children();

	arrange(sigaction(SIGCHLD, &ignore, &earlier) == 0);
	for (int round = 0; round < 3; round++) {
		pid_t child = touching_child(area);

		assert_refused(waitpid(child, NULL, 0), ECHILD);
		assert_equals(faults_of_children(), before, "minor faults of children");
	}
	arrange(sigaction(SIGCHLD, &earlier, NULL) == 0);
}

CONTROL(a_child_that_is_waited_for_counts, "rusage-04 rusage-05",
	"The same child counts when SIGCHLD is not ignored, and with no grandchild for its own "
	"pages",
	.needs = FAULT_COUNTS)
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE);

	for (int round = 0; round < 3; round++) {
		long before = faults_of_children();
		pid_t child = touching_child(area);

		wait_until_ended(child);
		arrange(waitpid(child, NULL, 0) == child);
		assert_at_least(faults_of_children() - before, PAGES, "minor faults of children");
		assert_at_most(faults_of_children() - before, 2 * PAGES - 1, "the same");
	}
}
