/* SPDX-License-Identifier: MIT */
/*
 * One user's memory is closed to another
 * ======================================
 *
 * No address leads into another process. The kernel, however, has doors: process_vm_readv(2) copies
 * bytes from process to process, /proc/PID/mem shows a whole address space as a file, ptrace(2)
 * stops a process and reads it. What document 004 (14.1, 14.4) promises, that secrets do not leak
 * from one process to another, depends on who may open them.
 *
 *      who asks                           process_vm_readv   /proc/PID/mem   ptrace
 *      the same user, an own child        bytes              bytes           attached
 *      another user                       EPERM              EACCES          EPERM
 *      another user with CAP_SYS_PTRACE   bytes              bytes           attached
 *
 * So the documents are refined: processes of one user are apart by default and not by
 * force, and the privileged may look everywhere.
 *
 * The other user: for root it is itself, seen by a child that became nobody. For anybody else it is
 * process 1, if that belongs to somebody else.
 *
 * Look with: errno, and the buffer that must not change.
 * Read on:   process_vm_readv(2), ptrace(2) "Ptrace access mode checking", proc(5); document 004
 *            sections 14.1 and 14.4.
 */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("One user's memory is closed to another");

enum { LENGTH = 256, NOBODY = 65534, UNCHANGED = 0x55 };

static char secret[LENGTH];

/* For good, so in a child only; false for whoever may not become another user. */
static bool become_nobody(void)
{
	pid_t parent = getppid();

	if (syscall(SYS_setgroups, 0, NULL) != 0 ||
	    syscall(SYS_setresgid, NOBODY, NOBODY, NOBODY) != 0 ||
	    syscall(SYS_setresuid, NOBODY, NOBODY, NOBODY) != 0) {
		return false;
	}
	prctl(PR_SET_PDEATHSIG, SIGKILL); /* it was forgotten with the user */
	return getppid() == parent;
}

/* A process of another user who has no business with this one, which must be a child. */
static pid_t stranger(void)
{
	pid_t parent = getppid();

	if (geteuid() == 0 && become_nobody()) {
		give_up_capabilities();
		return parent;
	}
	give_up_capabilities();
	if (geteuid() == 0 || kill(1, 0) == 0 || errno != EPERM) {
		undecided("needs a process of another user: root that may become nobody, or "
			  "another's "
			  "process 1");
	}
	return 1;
}

static ssize_t read_memory(pid_t process, void *buffer, const void *address)
{
	struct iovec to = {buffer, LENGTH}, from = {(void *)(uintptr_t)address, LENGTH};

	return process_vm_readv(process, &to, 1, &from, 1, 0);
}

static int open_file_of(pid_t process, const char *name)
{
	char path[40];

	snprintf(path, sizeof path, "/proc/%d/%s", process, name);
	return open(path, O_RDONLY | O_CLOEXEC);
}

CLAIM(the_kernel_copies_nothing_for_strangers, "prot-12",
      "process_vm_readv from another user's process gives EPERM, and leaves the buffer as it was",
      .needs = MEMORY_DOORS)
{
	write_pattern(secret, LENGTH, 1);
	IN_CHILD {
		char buffer[LENGTH];
		pid_t other = stranger();

		memset(buffer, UNCHANGED, LENGTH);
		for (int round = 0; round < 3; round++) {
			assert_refused(read_memory(other, buffer, secret), EPERM);
			assert_all_bytes(buffer, LENGTH, UNCHANGED, "the buffer");
		}
	}
}

CLAIM(the_files_of_memory_stay_shut, "prot-23",
      "mem, maps and pagemap of another user's process cannot be read, and it cannot be traced",
      .needs = AREA_LIST | TRACING)
{
	const char *const names[] = {"mem", "maps", "smaps", "pagemap", "environ"};

	IN_CHILD {
		pid_t other = stranger();

		for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
			char first = 0;
			int file = open_file_of(other, names[i]);

			/* Shut, or out of sight (hidepid: ENOENT), or it opens and shows nothing. */
			if (file >= 0) {
				ck_assert_msg(read(file, &first, 1) <= 0, "%s can be read",
					      names[i]);
			} else {
				ck_assert_msg(errno == EACCES || errno == EPERM || errno == ENOENT,
					      "%s: %s", names[i], strerror(errno));
			}
		}
		assert_refused(ptrace(PTRACE_ATTACH, other, NULL, NULL), EPERM);
		assert_refused(ptrace(PTRACE_SEIZE, other, NULL, NULL), EPERM);
	}
}

CLAIM(the_privileged_may_look, "prot-12",
      "With CAP_SYS_PTRACE the memory of another user's process is copied, byte for byte",
      .needs = MEMORY_DOORS)
{
	char buffer[LENGTH];
	struct child other;
	bool became;

	START_CHILD(other) {
		became = geteuid() == 0 && become_nobody();
		write_pattern(secret, LENGTH, 2);
		tell_parent(&became, sizeof became);
		hand_over();
	}
	hear_from(&other, &became, sizeof became);
	memset(buffer, UNCHANGED, LENGTH);
	if (!became || (read_memory(other.pid, buffer, secret) < 0 && errno == EPERM)) {
		undecided("needs root that may become nobody, and has CAP_SYS_PTRACE");
	}
	assert_pattern(buffer, LENGTH, 2, "what was copied from the other user's process");
	end_child(&other);
}

CONTROL(ones_own_child_is_open, "prot-12 prot-23",
	"The same doors lead into an own child of the same user: the bytes that are read are its "
	"own",
	.needs = MEMORY_DOORS | TRACING)
{
	char buffer[LENGTH];
	struct child other;

	START_CHILD(other) {
		write_pattern(secret, LENGTH, 3);
		hand_over();
	}
	assert_equals(read_memory(other.pid, buffer, secret), LENGTH, "bytes copied");
	assert_pattern(buffer, LENGTH, 3, "what was copied from the child");

	int mem = open_file_of(other.pid, "mem");

	if (mem < 0) {
		undecided("needs /proc: mount it");
	}
	memset(buffer, UNCHANGED, LENGTH);
	assert_equals(pread(mem, buffer, LENGTH, (off_t)(uintptr_t)secret), LENGTH, "bytes read");
	assert_pattern(buffer, LENGTH, 3, "what was read from the child");
	end_child(&other);
}
