/* SPDX-License-Identifier: MIT */
/*
 * A memory file may be barred from execution
 * ==========================================
 *
 * A file that was never on a disk and yet can be executed is what intruders like best. Since Linux 6.3
 * whoever makes a memory file says which kind it is to be. MFD_EXEC: it can be executed, as all of them
 * could before. MFD_NOEXEC_SEAL: it cannot, and a seal keeps it so, for it holds the bits of its mode.
 *
 *      MFD_EXEC           rwxrwxrwx    execve: yes        chmod: yes
 *      MFD_NOEXEC_SEAL    rw-rw-rw-    execve: EACCES     chmod +x: EPERM, by F_SEAL_EXEC
 *
 * An administrator may forbid the first kind altogether (vm.memfd_noexec).
 *
 * Look with: fstat(2), fchmod(2), execveat(2), F_GET_SEALS of fcntl(2).
 * Read on:   memfd_create(2); Documentation/userspace-api/mfd_noexec.rst.
 */
#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <touchstone/experiment.h>

#ifndef MFD_NOEXEC_SEAL
#define MFD_NOEXEC_SEAL 0x0008U
#define MFD_EXEC        0x0010U
#endif
#ifndef F_SEAL_EXEC
#define F_SEAL_EXEC 0x0020
#endif

EXPERIMENT("A memory file may be barred from execution");

enum { EXECUTE = 0111 };

static int made(unsigned flags)
{
	int fd = memfd_create("program", MFD_CLOEXEC | flags);

	if (fd < 0 && errno == EINVAL) {
		undecided("needs MFD_EXEC and MFD_NOEXEC_SEAL: Linux 6.3");
	}
	if (fd < 0 && errno == EACCES && flags & MFD_EXEC) {
		undecided("needs leave to make files for execution: vm.memfd_noexec is 2");
	}
	arrange(fd >= 0);
	write_at(fd, "not a program", 13, 0);
	return fd;
}

static int mode_of(int fd)
{
	struct stat status;

	arrange(fstat(fd, &status) == 0);
	return status.st_mode & 0777;
}

/* What the file holds is no program: an attempt that is not forbidden ends with ENOEXEC. */
static long execute(int fd)
{
	char *const arguments[] = {"program", NULL}, *const environment[] = {NULL};

	long answer = syscall(SYS_execveat, fd, "", arguments, environment, AT_EMPTY_PATH);

	if (answer < 0 && (errno == ENOSYS || errno == EPERM)) {
		undecided("needs execveat(2), which is missing here, or forbidden by a policy");
	}
	return answer;
}

CLAIM(a_file_not_for_execution_is_not_executed, "memfd-14",
      "With MFD_NOEXEC_SEAL nobody has leave to execute the file, and execveat answers EACCES")
{
	int fd = made(MFD_NOEXEC_SEAL);

	assert_equals(mode_of(fd) & EXECUTE, 0, "permissions to execute");
	assert_refused(execute(fd), EACCES);
	IN_CHILD {
		assert_refused(execute(fd), EACCES);
	}
}

CLAIM(and_never_will_be, "memfd-14",
      "No permission to execute can be given to it, by anybody: EPERM; the others may change")
{
	int fd = made(MFD_NOEXEC_SEAL), each[] = {0700, 0010, 0001, 0777};

	assert_equals(fcntl(fd, F_GET_SEALS) & F_SEAL_EXEC, F_SEAL_EXEC, "the seal of its mode");
	for (size_t i = 0; i < 4; i++) {
		assert_refused(fchmod(fd, (mode_t)each[i]), EPERM);
	}
	assert_accepted(fchmod(fd, 0640));
	assert_equals(mode_of(fd), 0640, "its permissions");
	assert_accepted(fcntl(fd, F_ADD_SEALS, F_SEAL_GROW)); /* it can be sealed, unasked */
}

CLAIM(both_at_once_are_refused, "memfd-14", "MFD_EXEC and MFD_NOEXEC_SEAL together are EINVAL")
{
	made(MFD_NOEXEC_SEAL);
	assert_refused(memfd_create("both", MFD_EXEC | MFD_NOEXEC_SEAL), EINVAL);
}

CONTROL(a_file_for_execution_gets_as_far_as_its_content, "memfd-14",
	"With MFD_EXEC the permissions are there, and execveat gets to see that it is no program")
{
	int fd = made(MFD_EXEC);

	assert_equals(mode_of(fd) & EXECUTE, EXECUTE, "permissions to execute");
	assert_equals(fcntl(fd, F_GET_SEALS) & F_SEAL_EXEC, 0, "the seal of its mode");
	assert_refused(execute(fd), ENOEXEC);
	assert_accepted(fchmod(fd, 0600));
	assert_refused(execute(fd), EACCES);
	assert_accepted(fchmod(fd, 0700));
	assert_refused(execute(fd), ENOEXEC);
}
