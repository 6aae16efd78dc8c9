/* SPDX-License-Identifier: MIT */
/*
 * One user's memory is closed to another
 * ======================================
 *
 * No address leads into another process. The kernel, however, has a door: process_vm_readv(2) copies
 * bytes from process to process. What document 004 (14.1, 14.4) promises, that secrets do not leak
 * from one process to another, depends on who may open it.
 *
 *      who asks                             process_vm_readv
 *      the same user, for an own child      the bytes
 *      another user                         EPERM
 *      another user with CAP_SYS_PTRACE     the bytes
 *
 * So the document is refined: processes of one user are apart by default and not by force, and
 * the privileged may look everywhere.
 *
 * Look with: errno, and the buffer that must not change.
 * Read on:   process_vm_readv(2), ptrace(2) "Ptrace access mode checking"; document 004 sections 14.1
 *            and 14.4.
 */
#include <sys/uio.h>

#include <touchstone/experiment.h>

EXPERIMENT("One user's memory is closed to another");

enum { LENGTH = 256, UNCHANGED = 0x55 };

static char secret[LENGTH];

static ssize_t read_memory(pid_t process, void *buffer, const void *address)
{
	struct iovec to = {buffer, LENGTH}, from = {(void *)(uintptr_t)address, LENGTH};

	return process_vm_readv(process, &to, 1, &from, 1, 0);
}

CLAIM(the_kernel_copies_nothing_for_strangers, "prot-12",
      "process_vm_readv from another user's process gives EPERM, and leaves the buffer as it was",
      .needs = MEMORY_DOORS)
{
	write_pattern(secret, LENGTH, 1);
	IN_CHILD {
		char buffer[LENGTH];
		pid_t other = process_of_another_user();

		memset(buffer, UNCHANGED, LENGTH);
		for (int round = 0; round < 3; round++) {
			assert_refused(read_memory(other, buffer, secret), EPERM);
			assert_all_bytes(buffer, LENGTH, UNCHANGED, "the buffer");
		}
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
		became = become_another_user();
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

CONTROL(ones_own_child_is_open, "prot-12",
	"The same call copies from an own child of the same user: the bytes are the child's",
	.needs = MEMORY_DOORS)
{
	char buffer[LENGTH];
	struct child other;

	START_CHILD(other) {
		write_pattern(secret, LENGTH, 3);
		hand_over();
	}
	memset(buffer, UNCHANGED, LENGTH);
	assert_equals(read_memory(other.pid, buffer, secret), LENGTH, "bytes copied");
	assert_pattern(buffer, LENGTH, 3, "what was copied from the child");
	end_child(&other);
}
