/* SPDX-License-Identifier: MIT */
/*
 * Processes in a memory group that the kernel may kill, which is no error of the claim.
 *
 *     struct memory_group group = group_that_kills(LIMIT * page_size());
 *     struct member greedy;
 *
 *     if (start_member(&greedy)) {               a forked child, from here on
 *             enter_memory_group(&group);
 *             store_and_tell(&greedy, area, count);
 *             _exit(0);                          1: it found bytes that it had not stored
 *     }
 *     told = steps_told(&greedy);                how many pages it came to, before it ended
 *     assert_equals(end_of_member(&greedy), SIGKILL, "the signal that ended it");
 *
 * Member and parent are linked by a socket, over which nothing is lost when one of them is
 * killed. A member dies with its parent. Needs MEMORY_CGROUP, and .alone = "memory cgroup".
 */
#ifndef TOUCHSTONE_MEMBERS_H
#define TOUCHSTONE_MEMBERS_H

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <touchstone/machine.h>
#include <touchstone/memory.h>
#include <touchstone/memory_group.h>
#include <touchstone/outcome.h>

/*
 * How much worse, in thousandths of all memory, a process is than its size:
 * /proc/PID/oom_score_adj (proc(5)).
 */
static inline int score_adjustment(pid_t process)
{
	char path[48] = "/proc/self/oom_score_adj", text[16] = "";
	int fd;

	if (process != getpid()) {
		if (proc_is_foreign()) {
			undecided("needs a /proc of this pid namespace: mount /proc in it");
		}
		snprintf(path, sizeof path, "/proc/%d/oom_score_adj", (int)process);
	}
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 && errno == ENOENT) {
		undecided("needs /proc/PID/oom_score_adj: mount /proc, of a kernel that has it");
	}
	arrange(fd >= 0 && read(fd, text, sizeof text - 1) > 0);
	close(fd);
	return atoi(text);
}

/* Asks for another one, of this process: 0, or -1 and errno. */
static inline int adjust_score(int value)
{
	char text[16];
	int length = snprintf(text, sizeof text, "%d", value);
	int fd = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);

	arrange(fd >= 0);

	ssize_t written = write(fd, text, (size_t)length);
	int error = errno;

	close(fd);
	errno = error;
	return written == length ? 0 : -1;
}

/*
 * A group without swap in which the kernel kills; undecided where it would stop the machine, or
 * wait, instead.
 */
static inline struct memory_group group_that_kills(size_t bytes)
{
	struct memory_group group = guard_memory_group(bytes);
	char path[sizeof group.path + 20], control[100] = "";
	const char panic = setting_letter("/proc/sys/vm/panic_on_oom");

	if (panic == 0 || panic == '2') {
		undecided("needs a kernel that does not panic when a group is full: "
			  "vm.panic_on_oom 0 or 1");
	}
	snprintf(path, sizeof path, "%s/memory.oom_control", group.path); /* of version 1 alone */

	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd >= 0) {
		arrange(read(fd, control, sizeof control - 1) > 0);
		close(fd);
	}
	if (strstr(control, "oom_kill_disable 1")) {
		undecided("needs a group that kills: memory.oom_control with oom_kill_disable 0");
	}
	limit_memory_group_swap(&group, 0);
	return group;
}

struct member {
	pid_t pid; /* 0 in the member itself */
	int link;
};

/* Forks: true in the member, which then is as good a victim as any. */
static inline bool start_member(struct member *member)
{
	int ends[2];

	arrange(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) == 0);
	member->pid = fork();
	arrange(member->pid >= 0);
	close(ends[member->pid == 0]);
	member->link = ends[member->pid != 0];
	if (member->pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		arrange(score_adjustment(getpid()) >= 0 || adjust_score(0) == 0);
	}
	return member->pid == 0;
}

/* To the other side and from it; false where that has ended. */
static inline bool tell(const struct member *member, const void *value, size_t size)
{
	return send(member->link, value, size, MSG_NOSIGNAL) == (ssize_t)size;
}

static inline bool hear(const struct member *member, void *value, size_t size)
{
	return recv(member->link, value, size, MSG_WAITALL) == (ssize_t)size;
}

/* One step is one byte: take a turn each. */
static inline bool tell_step(const struct member *member)
{
	return tell(member, "", 1);
}

static inline bool hear_step(const struct member *member)
{
	char step;

	return hear(member, &step, 1);
}

/* In a member: one store to each page, and after each a step is told. */
static inline void store_and_tell(const struct member *member, char *area, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		store(page(area, i), 's');
		arrange(tell_step(member));
	}
}

/* In the parent: the steps that a member still tells before it ends. */
static inline size_t steps_told(const struct member *member)
{
	size_t steps = 0;

	while (hear_step(member)) {
		steps++;
	}
	return steps;
}

/* In a member: the area holds the pattern still. */
static inline bool holds_pattern(const char *area, size_t count, unsigned seed)
{
	static unsigned char expected[64 * 1024];

	arrange(page_size() <= sizeof expected);
	for (size_t i = 0; i < count; i++) {
		pattern_bytes(expected, page_size(), seed, i * page_size());
		if (memcmp(page(area, i), expected, page_size()) != 0) {
			return false;
		}
	}
	return true;
}

/*
 * Nothing more is told to it; waits for its end: the signal, or 0. Bytes that changed break the
 * claim.
 */
static inline int end_of_member(const struct member *member)
{
	int status = 0;

	shutdown(member->link, SHUT_WR);
	arrange(waitpid(member->pid, &status, 0) == member->pid);
	close(member->link);
	if (WIFSIGNALED(status)) {
		return WTERMSIG(status);
	}
	if (WEXITSTATUS(status) == 1) {
		broken(HERE, "every byte as it was stored", "a page with other bytes");
	}
	if (WEXITSTATUS(status) != 0) {
		_exit(WEXITSTATUS(status)); /* it has told why */
	}
	return 0;
}

#endif
