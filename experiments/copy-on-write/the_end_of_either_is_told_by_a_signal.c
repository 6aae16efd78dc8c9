/* SPDX-License-Identifier: MIT */
/*
 * The end of either is told by a signal, if it was asked for
 * ==========================================================
 *
 * When a child ends its parent gets SIGCHLD, with the child's number and how it ended: fork(2) asks for
 * that signal, once and for all. clone(2), of which fork is a special case, may ask for another
 * one, or for none. The other way round a process may ask for a signal when its parent ends
 * (PR_SET_PDEATHSIG). That is its own wish, and no child inherits it.
 *
 *      fork()                  child ends       -> SIGCHLD to the parent
 *      clone(..., 0)           child ends       -> nothing
 *      PR_SET_PDEATHSIG        parent ends      -> the signal asked for
 *      and then fork()         its parent ends  -> nothing
 *
 * Look with: sigtimedwait(2), prctl(2) PR_GET_PDEATHSIG.
 * Read on:   fork(2), clone(2) "The child termination signal", prctl(2) PR_SET_PDEATHSIG; document 002
 *            "fork revisited".
 */
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("The end of either is told by a signal, if it was asked for");

enum { STATUS = 42, DEATH = SIGUSR1 };

static void block_sigchld(sigset_t *chld)
{
	sigemptyset(chld);
	sigaddset(chld, SIGCHLD);
	arrange(sigprocmask(SIG_BLOCK, chld, NULL) == 0);
}

/* What the parent is told when a child has ended by this signal, or without one. */
static siginfo_t told_of(int signal)
{
	sigset_t chld;
	siginfo_t info = {0};
	pid_t pid;

	block_sigchld(&chld);
	pid = fork();
	arrange(pid >= 0);
	if (pid == 0) {
		if (signal) {
			raise(signal);
		}
		_exit(STATUS);
	}
	arrange(waitpid(pid, NULL, 0) == pid);
	if (sigtimedwait(&chld, &info, &(struct timespec){0}) != SIGCHLD) {
		info.si_signo = 0;
	}
	info.si_pid -= pid;
	return info;
}

CLAIM(its_end_is_told_by_sigchld, "fork-42",
      "A child's end sends SIGCHLD to its parent, with its number, and how it ended")
{
	siginfo_t info = told_of(0);

	assert_equals(info.si_signo, SIGCHLD, "the signal that is pending");
	assert_equals(info.si_pid, 0, "the number told, less the child's");
	assert_equals(info.si_code, CLD_EXITED, "how it ended");
	assert_equals(info.si_status, STATUS, "its status");
	info = told_of(SIGKILL);
	assert_equals(info.si_signo, SIGCHLD, "the signal after one that was killed");
	assert_equals(info.si_code, CLD_KILLED, "how it ended");
	assert_equals(info.si_status, SIGKILL, "by which signal");
}

static int end_at_once(void *nothing)
{
	return nothing != NULL;
}

CONTROL(clone_may_ask_for_silence, "fork-42",
	"The end of a child that clone made without a signal is told by none")
{
	static char stack[64 * 1024] __attribute__((aligned(64)));
	sigset_t chld, pending;
	pid_t pid;

	block_sigchld(&chld);
	pid = clone(end_at_once, stack + sizeof stack, 0, NULL);
	arrange(pid > 0 && waitpid(pid, NULL, __WALL) == pid);
	arrange(sigpending(&pending) == 0);
	assert_equals(sigismember(&pending, SIGCHLD), 0, "whether SIGCHLD is pending");
}

CLAIM(what_was_asked_for_a_parents_end_is_not_inherited, "fork-41",
      "Who is to get a signal when his parent ends has a child that is to get none")
{
	int signal, status;
	pid_t pid;

	arrange(prctl(PR_SET_PDEATHSIG, DEATH, 0, 0, 0) == 0);
	pid = fork();
	arrange(pid >= 0);
	if (pid == 0) {
		signal = -1;
		_exit(prctl(PR_GET_PDEATHSIG, &signal, 0, 0, 0) == 0 ? signal : -1);
	}
	arrange(waitpid(pid, &status, 0) == pid && WIFEXITED(status));
	assert_equals(WEXITSTATUS(status), 0, "the signal that the child is to get");
	arrange(prctl(PR_GET_PDEATHSIG, &signal, 0, 0, 0) == 0);
	assert_equals(signal, DEATH, "the signal that the parent is to get");
}

CONTROL(a_child_may_ask_for_itself, "fork-41",
	"A child that asks for such a signal itself is to get it")
{
	IN_CHILD {
		int signal = -1;

		arrange(prctl(PR_SET_PDEATHSIG, DEATH, 0, 0, 0) == 0);
		arrange(prctl(PR_GET_PDEATHSIG, &signal, 0, 0, 0) == 0);
		assert_equals(signal, DEATH, "the signal that the child is to get");
	}
}
