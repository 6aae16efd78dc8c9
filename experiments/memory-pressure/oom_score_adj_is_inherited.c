/* SPDX-License-Identifier: MIT */
/*
 * oom_score_adj is inherited, by children and by programs
 * =======================================================
 *
 * The mark for the OOM killer belongs to a process, not to a program. A child begins with the
 * value of its parent, as it is at the fork; from then on each has its own. A new program finds
 * the value that its predecessor had. So a shell, or systemd (OOMScoreAdjust=), can mark a
 * program that knows nothing of it.
 *
 *      parent   0 ------ 300 ----------- 700 -------- 300 is nowhere else
 *                         \
 *      child               300 --- 400 --- execve --- 400
 *
 * All threads of a process are killed together, so they have one value.
 *
 * Look with: /proc/PID/oom_score_adj, of oneself and of others.
 * Read on:   proc_pid_oom_score_adj(5), fork(2), execve(2).
 */
#include <pthread.h>
#include <unistd.h>

#include <touchstone/experiment.h>
#include <touchstone/members.h>

EXPERIMENT("oom_score_adj is inherited, by children and by programs");

SPECIMEN(does_as_told);

/* Values above the one that this process has, for anybody may raise his own. */
static int raised_by(int some)
{
	int own = score_adjustment(getpid());

	if (own > 900) {
		undecided("needs an oom_score_adj of 900 at most: choom -n 0");
	}
	return own + some;
}

CLAIM(a_child_begins_with_its_parents, "oom-03",
      "A child begins with its parent's value, and from then on neither changes the other's")
{
	int value = raised_by(30);
	struct child child;

	arrange(adjust_score(value) == 0);
	START_CHILD(child) {
		assert_equals(score_adjustment(getpid()), value, "the child's at first");
		hand_over();
		assert_equals(score_adjustment(getpid()), value, "when the parent's was changed");
		arrange(adjust_score(value + 20) == 0);
		IN_CHILD {
			assert_equals(score_adjustment(getpid()), value + 20, "the grandchild's");
		}
	}
	arrange(adjust_score(value + 10) == 0);
	give_turn(&child);
	assert_equals(score_adjustment(getpid()), value + 10, "when the child's was changed");
	end_child(&child);
}

CLAIM(a_new_program_keeps_it, "oom-03",
      "A new program has the value that the process had before execve", .needs = SPECIMENS)
{
	int value = raised_by(40), program = specimen_file(&does_as_told);
	int own = score_adjustment(getpid());
	struct specimen_run run;

	START_PROGRAM(run) {
		arrange(adjust_score(value) == 0);
		execve(specimen_path(program), WORDS("does_as_told", "wait"), NO_WORDS);
	}
	assert_equals(score_adjustment(run.pid), value, "the new program's");
	assert_equals(score_adjustment(getpid()), own, "its parent's");
	end_program(&run);
}

static void *raise_it(void *value)
{
	static char failed;

	return adjust_score(*(int *)value) == 0 ? NULL : &failed;
}

CLAIM(threads_have_one_value, "oom-03", "What one thread sets all threads of the process have")
{
	int value = raised_by(50);
	pthread_t thread;
	void *failed;

	errno = pthread_create(&thread, NULL, raise_it, &value);
	arrange(errno == 0);
	arrange(pthread_join(thread, &failed) == 0 && !failed);
	assert_equals(score_adjustment(getpid()), value, "the value of the whole process");
}

CONTROL(who_was_there_before_keeps_its_own, "oom-03",
	"A child that was made before its parent's value was raised has the one of that time")
{
	int own = score_adjustment(getpid()), value = raised_by(30);
	struct child child;

	START_CHILD(child) {
		hand_over();
	}
	arrange(adjust_score(value) == 0);
	assert_equals(score_adjustment(child.pid), own, "the child's");
	assert_equals(score_adjustment(getpid()), value, "the parent's");
	end_child(&child);
}
