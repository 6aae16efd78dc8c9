/* SPDX-License-Identifier: MIT */
/*
 * Every process costs the kernel memory
 * =====================================
 *
 * A process has pages, and the kernel has to remember which: "page tables" and "process metadata" are
 * kernel memory (document 004, section 17.2). The tables are counted per process, as VmPTE. They
 * come with the first page and go with the last. The rest, a few KiB for its stack in the kernel and for
 * its state, stays even longer: a child that has died keeps a record, its number and its exit status,
 * until somebody has asked for it.
 *
 *                      its pages     its tables     its record
 *
 *      idle            yes           yes            yes
 *      dead            no            no             yes
 *      waited for      no            no             no
 *
 * Look with: VmPTE in /proc/PID/status; kill(pid, 0), which sends nothing and tells whether one is there.
 * Read on:   proc(5), wait(2) "zombie"; document 004 section 17.2.
 */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("Every process costs the kernel memory");

enum { CHILDREN = 4, STATUS = 42 };

/* A line of /proc/PID/status: its number, or -1 where it is not there. */
static long status_line(pid_t process, const char *name)
{
	static char text[16 * 1024];
	char path[40];

	snprintf(path, sizeof path, "/proc/%d/status", (int)process);

	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t length = fd >= 0 ? read(fd, text, sizeof text - 1) : -1;

	arrange(length > 0);
	close(fd);
	text[length] = 0;

	char *line = strstr(text, name);

	return line ? strtol(line + strlen(name), NULL, 10) : -1;
}

CLAIM(idle_children_have_tables, "kernel-05",
      "Each child has page tables of its own, though it does nothing but wait",
      .needs = PROCESS_STATUS)
{
	struct child child[CHILDREN];

	for (size_t i = 0; i < CHILDREN; i++) {
		START_CHILD(child[i]) {
			hand_over();
		}
	}
	for (size_t i = 0; i < CHILDREN; i++) {
		assert_at_least(status_line(child[i].pid, "VmPTE:"), 1, "KiB of its page tables");
	}
	for (size_t i = 0; i < CHILDREN; i++) {
		end_child(&child[i]);
	}
}

/* A child that is dead, and that nobody has waited for. */
static pid_t dead_child(void)
{
	siginfo_t info;
	pid_t pid = fork();

	arrange(pid >= 0);
	if (pid == 0) {
		_exit(STATUS);
	}
	/* ECHILD: it is on no record, which the claim is to judge. */
	arrange(waitid(P_PID, (id_t)pid, &info, WEXITED | WNOWAIT) == 0 || errno == ECHILD);
	return pid;
}

CLAIM(the_record_outlives_the_process, "kernel-05",
      "A child that has died is on record, with its exit status, until its parent has asked once")
{
	pid_t pid = dead_child();
	int status = 0;

	assert_accepted(kill(pid, 0));
	assert_accepted(kill(pid, SIGKILL)); /* the dead cannot die of it */
	assert_equals(waitpid(pid, &status, 0), pid, "the child that is waited for");
	assert_equals(WIFEXITED(status), true, "whether it ended by itself");
	assert_equals(WEXITSTATUS(status), STATUS, "the exit status that was kept");
	assert_refused(kill(pid, 0), ESRCH);
	assert_refused(waitpid(pid, &status, 0), ECHILD);
}

CONTROL(the_dead_have_no_tables, "kernel-05",
	"A child that has died has no line of tables or pages any more, though it is on record",
	.needs = PROCESS_STATUS)
{
	pid_t pid = dead_child();

	assert_equals(status_line(pid, "Pid:"), pid, "the number on record");
	assert_equals(status_line(pid, "VmPTE:"), -1, "its tables");
	assert_equals(status_line(pid, "VmRSS:"), -1, "its pages");
	arrange(waitpid(pid, NULL, 0) == pid);
}
