/* SPDX-License-Identifier: MIT */
/*
 * Anybody may mark himself for the killer, and few may save themselves
 * ====================================================================
 *
 * A process says by its oom_score_adj how gladly it would be missed, from -1000 (never) to 1000
 * (first). To offer oneself needs no privilege. To lower the value does, for otherwise everybody
 * would; but not any lowering: what one has raised oneself one may take back. The floor is the
 * value that a process with CAP_SYS_RESOURCE has last set.
 *
 *      -1000                floor                             1000
 *        |-------------------|---------------------------------|
 *          CAP_SYS_RESOURCE             anybody, up and down
 *
 * Look with: /proc/self/oom_score_adj.
 * Read on:   proc_pid_oom_score_adj(5), Documentation/filesystems/proc.rst, capabilities(7).
 */
#include <errno.h>
#include <unistd.h>

#include <touchstone/experiment.h>
#include <touchstone/members.h>

EXPERIMENT("Anybody may mark himself for the killer, and few may save themselves");

enum { LOWEST = -1000, HIGHEST = 1000 };

/*
 * Without privileges from here on, and the value this process has is the floor: undecided where
 * it is not.
 */
static int stand_on_the_floor(void)
{
	int floor = score_adjustment(getpid());

	(void)adjust_score(floor); /* where it is privileged the floor is here now */
	give_up_capabilities();
	if (floor == LOWEST || floor == HIGHEST) {
		undecided("needs an oom_score_adj between -1000 and 1000: choom -n 0");
	}
	if (adjust_score(floor - 1) == 0) {
		undecided("needs a floor that is known: CAP_SYS_RESOURCE, or a value that nobody "
			  "has raised since it was set by a privileged process");
	}
	return floor;
}

CLAIM(to_raise_it_needs_no_privilege, "oom-02",
      "Without any capability a process raises its value by one, and to 1000, and not above")
{
	IN_CHILD {
		int floor = stand_on_the_floor();

		assert_accepted(adjust_score(floor + 1));
		assert_equals(score_adjustment(getpid()), floor + 1, "raised by one");
		assert_accepted(adjust_score(HIGHEST));
		assert_equals(score_adjustment(getpid()), HIGHEST, "raised to the highest");
		assert_refused(adjust_score(HIGHEST + 1), EINVAL);
		assert_equals(score_adjustment(getpid()), HIGHEST, "after the refusal");
	}
}

CLAIM(below_the_floor_is_eacces, "oom-02",
      "Without any capability a value below the floor is EACCES, and the value stays as it was")
{
	IN_CHILD {
		int floor = stand_on_the_floor();

		for (int round = 0; round < 2; round++) { /* the second time from a raised value */
			int now = score_adjustment(getpid());

			assert_refused(adjust_score(floor - 1), EACCES);
			assert_refused(adjust_score(LOWEST), EACCES);
			assert_refused(adjust_score(LOWEST - 1), EINVAL);
			assert_equals(score_adjustment(getpid()), now, "after the refusals");
			assert_accepted(adjust_score(HIGHEST));
		}
	}
}

CLAIM(what_was_raised_may_be_taken_back, "oom-02",
      "A value that a process has raised itself it lowers again, down to the floor and not beyond")
{
	IN_CHILD {
		int floor = stand_on_the_floor();

		for (int round = 0; round < 2; round++) {
			assert_accepted(adjust_score(HIGHEST));
			assert_accepted(adjust_score(HIGHEST - 1));
			assert_accepted(adjust_score(floor));
			assert_equals(score_adjustment(getpid()), floor, "taken back");
			assert_refused(adjust_score(floor - 1), EACCES);
		}
	}
}

CLAIM(the_floor_is_inherited, "oom-02 oom-03",
      "A child starts from its parent's value, and may go down to its parent's floor alone")
{
	IN_CHILD {
		int floor = stand_on_the_floor();

		assert_accepted(adjust_score(HIGHEST));
		IN_CHILD {
			assert_equals(score_adjustment(getpid()), HIGHEST, "as the child begins");
			assert_refused(adjust_score(floor - 1), EACCES);
			assert_accepted(adjust_score(floor));
		}
		assert_equals(score_adjustment(getpid()), HIGHEST, "the parent's afterwards");
	}
}

CONTROL(privilege_lowers_it, "oom-02 oom-03",
	"With CAP_SYS_RESOURCE the same value is accepted, and it is the floor from then on")
{
	IN_CHILD {
		int before = score_adjustment(getpid());

		if (before == LOWEST || adjust_score(LOWEST) != 0) {
			undecided("needs CAP_SYS_RESOURCE, and a value above -1000");
		}
		assert_equals(score_adjustment(getpid()), LOWEST, "lowered");
		give_up_capabilities();
		assert_accepted(adjust_score(before));
		assert_accepted(adjust_score(LOWEST));
	}
}
