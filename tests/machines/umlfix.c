/* SPDX-License-Identifier: MIT */
/*
 * user-mode-linux restores the registers of its processes by PTRACE_SETREGSET of a register set of its own
 * length. Where the processor's is longer (AMX) the host refuses that, and the guest panics at once. Preloaded,
 * this ptrace(2) hands over a set of full length: what there was, with user-mode-linux's part laid over it.
 * tests/machines/guest builds it (cc -shared -fPIC) and it changes nothing on other processors.
 */
#include <elf.h>
#include <errno.h>
#include <stdarg.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

static long set_registers(long pid, void *kind, struct iovec *theirs)
{
	static char all[64 * 1024];
	struct iovec whole = {all, sizeof all};

	if (syscall(SYS_ptrace, PTRACE_GETREGSET, pid, kind, &whole) == 0 &&
	    theirs->iov_len < whole.iov_len) {
		memcpy(all, theirs->iov_base, theirs->iov_len);
		return syscall(SYS_ptrace, PTRACE_SETREGSET, pid, kind, &whole);
	}
	return syscall(SYS_ptrace, PTRACE_SETREGSET, pid, kind, theirs);
}

long ptrace(enum __ptrace_request request, ...)
{
	va_list arguments;
	long pid, word;
	void *address, *data;

	va_start(arguments, request);
	pid = va_arg(arguments, int);
	address = va_arg(arguments, void *);
	data = va_arg(arguments, void *);
	va_end(arguments);

	switch (request) {
	case PTRACE_PEEKTEXT:
	case PTRACE_PEEKDATA:
	case PTRACE_PEEKUSER:
		/* The system call stores the word, the function of the C library returns it. */
		if (syscall(SYS_ptrace, request, pid, address, &word) != 0) {
			return -1;
		}
		errno = 0;
		return word;
	case PTRACE_SETREGSET:
		if ((unsigned long)address == NT_X86_XSTATE) {
			return set_registers(pid, address, data);
		}
		/* fall through */
	default:
		return syscall(SYS_ptrace, request, pid, address, data);
	}
}
