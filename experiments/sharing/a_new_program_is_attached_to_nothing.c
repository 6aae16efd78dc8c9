/* SPDX-License-Identifier: MIT */
/*
 * A new program is attached to nothing
 * ====================================
 *
 * A child inherits the segments of its parent; a program does not inherit those of the one before it.
 * execve(2) replaces the whole address space, and with every mapping in it the attachments go.
 * Nobody has to call shmdt for that, and the segment knows of it at once: it counts them, and a
 * segment that is marked for removal ends with the last.
 *
 *                       attached     fork      child: execve      child: exit
 *      shm_nattch          2          4              2                 2
 *
 * Look with: shm_nattch of shmctl(2) IPC_STAT in the parent, while the other program runs and waits.
 * Read on:   shmop(2), execve(2); document 004 section 15.1.
 */
#include <fcntl.h>
#include <signal.h>
#include <sys/ipc.h>
#include <sys/prctl.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <touchstone/experiment.h>
#include <touchstone/sysv.h>

EXPERIMENT("A new program is attached to nothing");

SPECIMEN(waits_for_input);

enum { PAGES = 3 };

static size_t length(void)
{
	return PAGES * page_size();
}

/* Starts the specimen, and comes back when it runs; the end of the socket ends it. */
static pid_t execute_specimen(int ends[2])
{
	char *const arguments[] = {"specimen", NULL}, *const environment[] = {NULL};
	int program = specimen_file(&waits_for_input);
	char said;

	arrange(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) == 0);

	pid_t pid = fork();

	if (pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		if (dup2(ends[1], STDIN_FILENO) >= 0 && dup2(ends[1], STDOUT_FILENO) >= 0) {
			syscall(SYS_execveat, program, "", arguments, environment, AT_EMPTY_PATH);
		}
		_exit(1);
	}
	arrange(pid > 0 && close(ends[1]) == 0);
	arrange(read(ends[0], &said, 1) == 1);
	return pid;
}

CLAIM(a_new_program_has_none, "sysv-09",
      "execve detaches all that the child has inherited, while the child goes on",
      .needs = SYSV_MEMORY | SPECIMENS)
{
	int id = new_segment(length()), ends[2], status = -1;
	char *one = attached(id, NULL, 0);

	attached(id, NULL, 0);
	write_pattern(one, length(), 1);

	pid_t pid = execute_specimen(ends);

	assert_equals(segment_state(id).shm_nattch, 2, "attachments while the other program runs");
	arrange(close(ends[0]) == 0 && waitpid(pid, &status, 0) == pid && status == 0);
	assert_equals(segment_state(id).shm_nattch, 2, "attachments after its end");
	assert_pattern(one, length(), 1, "the segment");
}

CONTROL(a_child_that_runs_on_is_attached, "sysv-09",
	"A child that executes nothing keeps what it has inherited, until its end",
	.needs = SYSV_MEMORY)
{
	int id = new_segment(length());
	struct child other;

	attached(id, NULL, 0);
	attached(id, NULL, 0);
	START_CHILD(other) {
		hand_over();
	}
	assert_equals(segment_state(id).shm_nattch, 4, "attachments while the child runs");
	end_child(&other);
	assert_equals(segment_state(id).shm_nattch, 2, "attachments after its end");
}
