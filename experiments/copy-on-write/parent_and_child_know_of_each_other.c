/* SPDX-License-Identifier: MIT */
/*
 * Parent and child know of each other
 * ===================================
 *
 * Two processes with the same memory have to find out who is who. fork answers each of them
 * otherwise: the child's number to the parent, 0 to the child, which asks getppid for its parent's.
 * When the parent ends first the child gets another one, the nearest ancestor that has said it
 * would take such orphans (a subreaper), or the first process of all.
 *
 *      ancestor --- parent --- child            getppid() = parent
 *      ancestor ------x------- child            getppid() = ancestor
 *
 * Look with: getppid(2), ps -o pid,ppid.
 * Read on:   fork(2), getppid(2), prctl(2) PR_SET_CHILD_SUBREAPER; document 002 "fork revisited".
 */
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("Parent and child know of each other");

enum { STATUS = 42 };

CLAIM(fork_answers_twice, "fork-46",
      "fork answers 0 in the child and its number in the parent, whose number is getppid there")
{
	for (int i = 0; i < 3; i++) {
		pid_t me = getpid(), pid = fork(), said;
		int status;

		if (pid == 0) {
			_exit(getppid() == me && getpid() != me ? STATUS : 0);
		}
		arrange(pid >= 0);
		assert_at_least(pid, 1, "what fork answers in the parent");
		said = waitpid(pid, &status, 0);
		assert_equals(said, pid, "whom waitpid waited for");
		assert_equals(WIFEXITED(status) ? WEXITSTATUS(status) : -1, STATUS,
			      "what the child found (42: its parent's number)");
	}
}

CLAIM(an_orphan_gets_another_parent, "fork-46",
      "A child whose parent has ended has the nearest ancestor that takes such children for parent")
{
	int to_orphan[2], from_orphan[2], status;
	pid_t me = getpid(), middle, told[2] = {0, 0};

	if (prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0) {
		undecided("needs subreapers: a kernel that has PR_SET_CHILD_SUBREAPER");
	}
	arrange(pipe(to_orphan) == 0 && pipe(from_orphan) == 0);
	middle = fork();
	arrange(middle >= 0);
	if (middle == 0) {
		pid_t orphan = fork();

		if (orphan == 0) {
			char turn;

			close(to_orphan[1]);
			if (read(to_orphan[0], &turn, 1) != 1) { /* until its parent is no more */
				_exit(0);
			}
			told[0] = getpid();
			told[1] = getppid();
			_exit(write(from_orphan[1], told, sizeof told) == sizeof told);
		}
		arrange(orphan > 0);
		_exit(0);
	}
	arrange(waitpid(middle, &status, 0) == middle && status == 0);
	close(from_orphan[1]);
	arrange(write(to_orphan[1], "t", 1) == 1);
	arrange(read(from_orphan[0], told, sizeof told) == sizeof told);
	assert_equals(told[1], me, "the orphan's parent now");
	assert_equals(waitpid(told[0], &status, 0), told[0], "the orphan, waited for by us");
}

CONTROL(a_grandchild_has_another_parent, "fork-46",
	"A child's child has the child for parent, and not its parent's parent")
{
	pid_t me = getpid();

	IN_CHILD {
		pid_t child = getpid();

		assert_equals(getppid(), me, "the child's parent");
		IN_CHILD {
			assert_equals(getppid(), child, "the grandchild's parent");
		}
	}
}
