/* SPDX-License-Identifier: MIT */
/*
 * caged COMMAND...: runs a command behind a seccomp filter that is as strict as the ones container runtimes
 * come with: what it forbids fails, and everything else goes through. tests/machines/sandboxes builds it:
 *
 *     cc -o caged caged.c -lseccomp
 *
 * Status: that of the command; 125 where the filter cannot be made, 127 where the command cannot be run.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/personality.h>
#include <unistd.h>

#include <seccomp.h>

/* Names that this libseccomp does not know are passed over: so does a runtime that was built with it. */
static const char *const forbidden[] = {
	/* the system itself */
	"mount",
	"umount",
	"umount2",
	"move_mount",
	"open_tree",
	"fsopen",
	"fsmount",
	"fsconfig",
	"fspick",
	"mount_setattr",
	"pivot_root",
	"setns",
	"unshare",
	"init_module",
	"finit_module",
	"delete_module",
	"kexec_load",
	"kexec_file_load",
	"reboot",
	"swapon",
	"swapoff",
	"acct",
	"quotactl",
	"settimeofday",
	"clock_settime",
	"iopl",
	"ioperm",
	"lookup_dcookie",
	"nfsservctl",
	"open_by_handle_at",
	"syslog",
	"bpf",
	"perf_event_open",
	"add_key",
	"request_key",
	"keyctl",
	/* other processes and their memory */
	"ptrace",
	"process_vm_readv",
	"process_vm_writev",
	"process_madvise",
	"process_mrelease",
	"kcmp",
	"pidfd_getfd",
	"move_pages",
	"migrate_pages",
	/* memory of an unusual kind */
	"userfaultfd",
	"mbind",
	"set_mempolicy",
	"get_mempolicy",
	"set_mempolicy_home_node",
	"vmsplice",
	"io_uring_setup",
	"io_uring_enter",
	"io_uring_register",
	"memfd_secret",
	"cachestat",
	"mseal",
};

static int forbid(scmp_filter_ctx filter, const char *name, int error)
{
	int number = seccomp_syscall_resolve_name(name);
	int result = number == __NR_SCMP_ERROR
			     ? 0
			     : seccomp_rule_add(filter, SCMP_ACT_ERRNO(error), number, 0);

	/* Known, but not on this architecture. */
	return result == -EDOM ? 0 : result;
}

/* Asking (0xffffffff) is permitted, and what changes nothing of the address space. */
static int forbid_personalities(scmp_filter_ctx filter)
{
	static const unsigned int bits[] = {ADDR_NO_RANDOMIZE, ADDR_COMPAT_LAYOUT,
					    READ_IMPLIES_EXEC, MMAP_PAGE_ZERO};

	for (size_t i = 0; i < sizeof bits / sizeof *bits; i++) {
		/* Set together with the highest bit it is a question. */
		int result = seccomp_rule_add(
			filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(personality), 1,
			SCMP_A0(SCMP_CMP_MASKED_EQ, bits[i] | 0x80000000U, bits[i]));

		if (result) {
			return result;
		}
	}
	return 0;
}

static int forbid_namespaces(scmp_filter_ctx filter)
{
	static const unsigned int kinds[] = {CLONE_NEWNS,    CLONE_NEWUTS, CLONE_NEWIPC,
					     CLONE_NEWPID,   CLONE_NEWNET, CLONE_NEWUSER,
					     CLONE_NEWCGROUP};
#ifdef __s390__
	enum { FLAGS = 1 };
#else
	enum { FLAGS = 0 };
#endif

	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		int result =
			seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(clone), 1,
					 SCMP_CMP(FLAGS, SCMP_CMP_MASKED_EQ, kinds[i], kinds[i]));

		if (result) {
			return result;
		}
	}
	/* Its flags lie in memory, where no filter can look: callers fall back on clone(2). */
	return forbid(filter, "clone3", ENOSYS);
}

static int make_filter(void)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
	int result = filter ? 0 : -ENOMEM;

	for (size_t i = 0; i < sizeof forbidden / sizeof *forbidden && result == 0; i++) {
		result = forbid(filter, forbidden[i], EPERM);
	}
	result = result ? result : forbid_personalities(filter);
	result = result ? result : forbid_namespaces(filter);
	result = result ? result : seccomp_load(filter);
	seccomp_release(filter);
	return result;
}

int main(int argc, char **argv)
{
	int result = argc < 2 ? -EINVAL : make_filter();

	if (result) {
		fprintf(stderr, "caged: no filter: %s\n", strerror(-result));
		return 125;
	}
	execvp(argv[1], argv + 1);
	fprintf(stderr, "caged: %s: %s\n", argv[1], strerror(errno));
	return 127;
}
