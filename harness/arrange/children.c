/* SPDX-License-Identifier: MIT */
/* Children that take turns: touchstone/children.h. */
#include <touchstone/children.h>

#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <touchstone/outcome.h>

#include "arrange/children.h"
#include "instruments/arena.h"
#include "instruments/fault_counts.h"
#include "instruments/trap_door.h"
#include "run/outcome.h"

pid_t (*children_fork)(void) = fork;

/* This process's parent, when it was started by START_CHILD, and the pipes between them. */
static struct {
	pid_t pid;
	int to_parent, from_parent;
} parent = {0, -1, -1};

/* One child as its parent keeps it. It outlives the block of the experiment that started it. */
struct child_link {
	pid_t pid;
	int to_child, from_child; /* the turn, and what is told, travel through these pipes */
	bool ended;
	unsigned char told[1000]; /* what it told and has not been heard yet */
	size_t told_length, told_heard;
	struct child_link *next;
};

/* The children of this process that have not ended. */
static struct child_link *children;

void children_die_with(pid_t of)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != of) {
		_exit(EXIT_ERROR);
	}
}

static void write_all(int fd, const void *bytes, size_t length)
{
	for (const char *at = bytes; length > 0;) {
		ssize_t written = write(fd, at, length);

		if (written < 0 && errno == EINTR) {
			continue;
		}
		if (written <= 0) {
			outcome_error("a turn could not be handed over: %s", strerror(errno));
		}
		at += written;
		length -= (size_t)written;
	}
}

/* Reads exactly length bytes; false at the end of the pipe. */
static bool read_all(int fd, void *bytes, size_t length)
{
	for (char *at = bytes; length > 0;) {
		ssize_t got = read(fd, at, length);

		if (got < 0 && errno == EINTR) {
			continue;
		}
		if (got <= 0) {
			return false;
		}
		at += got;
		length -= (size_t)got;
	}
	return true;
}

/* How a child has ended becomes how this process ends, unless it ended well. */
static void pass_on(int status)
{
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0) {
		return;
	}
	if (WIFEXITED(status)) {
		_exit(WEXITSTATUS(status)); /* it has told why */
	}

	int signal = WTERMSIG(status);

	if (signal == SIGSEGV || signal == SIGBUS || signal == SIGILL || signal == SIGFPE) {
		broken((struct place){"", 0}, "the child runs to its end", "it was killed by %s",
		       trap_signal_name(signal));
	}
	outcome_if_killed_by_a_limit(signal);
	outcome_if_killed_in_a_group(signal);
	outcome_error("a child was killed by signal %d (%s)", signal, strsignal(signal));
}

static void wait_for(pid_t pid)
{
	int status = 0;

	while (waitpid(pid, &status, 0) < 0) {
		if (errno != EINTR) {
			outcome_error("a child was lost: %s", strerror(errno));
		}
	}
	pass_on(status);
}

/* In a fresh fork: nothing of the parent's children belongs to it, not even their pipes. */
static void become_child(pid_t of)
{
	children_die_with(of);
	for (struct child_link *sibling = children; sibling; sibling = sibling->next) {
		close(sibling->to_child);
		close(sibling->from_child);
	}
	children = NULL;
	if (parent.to_parent >= 0) {
		close(parent.to_parent);
		close(parent.from_parent);
	}
	parent.pid = of;
	parent.to_parent = parent.from_parent = -1;
	fault_counts_warm_up();
}

static pid_t fork_child(void)
{
	pid_t me = getpid();
	pid_t pid = children_fork();

	arrange(pid >= 0);
	if (pid == 0) {
		become_child(me);
	} else {
		fault_counts_warm_up(); /* the parent's own stack is copy-on-write now */
	}
	return pid;
}

void touchstone_child_ends(void)
{
	children_end_all();
	_exit(EXIT_HOLDS);
}

bool touchstone_in_child(void)
{
	pid_t pid = fork_child();

	if (pid == 0) {
		return true;
	}
	wait_for(pid);
	return false;
}

static void forget(struct child_link *child)
{
	for (struct child_link **link = &children; *link; link = &(*link)->next) {
		if (*link == child) {
			*link = child->next;
			break;
		}
	}
	child->ended = true;
	close(child->to_child);
	close(child->from_child);
}

/* What a child tells waits in its link until the parent hears it. */
static bool keep_told(struct child_link *child)
{
	unsigned char length;
	bool fits = read_all(child->from_child, &length, 1) &&
		    child->told_length + length <= sizeof child->told &&
		    read_all(child->from_child, child->told + child->told_length, length);

	child->told_length += fits ? length : 0;
	return fits;
}

/* Waits until the child hands over ('t') or ends; values that it tells before ('v') are kept. */
static void await_turn(struct child_link *child)
{
	char what;

	while (read_all(child->from_child, &what, 1)) {
		if (what == 't') {
			return;
		}
		if (!keep_told(child)) {
			outcome_error("a child told more than its parent can keep");
		}
	}
	forget(child);
	wait_for(child->pid);
}

bool touchstone_start_child(struct child *child)
{
	struct child_link *link = arena_take(sizeof *link);
	int down[2], up[2];

	arrange(link != NULL);
	arrange(pipe(down) == 0 && pipe(up) == 0);
	child->pid = fork_child();
	if (child->pid == 0) {
		close(down[1]);
		close(up[0]);
		parent.from_parent = down[0];
		parent.to_parent = up[1];
		return true;
	}
	close(down[0]);
	close(up[1]);
	*link = (struct child_link){
		.pid = child->pid, .to_child = down[1], .from_child = up[0], .next = children};
	child->link = children = link;
	await_turn(link);
	return false;
}

void hand_over(void)
{
	char turn;

	write_all(parent.to_parent, "t", 1);
	if (!read_all(parent.from_parent, &turn, 1)) {
		_exit(EXIT_ERROR); /* the parent is gone, and nobody is left to be told */
	}
}

static void give_turn_to(struct child_link *child)
{
	if (!child->ended) {
		write_all(child->to_child, "t", 1);
		await_turn(child);
	}
}

static void end(struct child_link *child)
{
	while (!child->ended) {
		give_turn_to(child);
	}
}

void give_turn(struct child *child)
{
	give_turn_to(child->link);
}

void end_child(struct child *child)
{
	end(child->link);
}

void children_end_all(void)
{
	while (children) {
		end(children);
	}
}

void tell_parent(const void *value, size_t size)
{
	unsigned char length = (unsigned char)size;

	arrange(size <= UCHAR_MAX);
	write_all(parent.to_parent, "v", 1);
	write_all(parent.to_parent, &length, 1);
	write_all(parent.to_parent, value, size);
}

void hear_from(struct child *child, void *value, size_t size)
{
	struct child_link *link = child->link;

	if (link->told_length - link->told_heard < size) {
		outcome_error("a child has told less than its parent wants to hear");
	}
	memcpy(value, link->told + link->told_heard, size);
	link->told_heard += size;
}

pid_t parent_process(void)
{
	return parent.pid;
}
