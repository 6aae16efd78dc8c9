/* SPDX-License-Identifier: MIT */
/*
 * Small objects need no system call
 * =================================
 *
 * "Applications do not normally ask the kernel for every tiny object", says document 004 (4.4),
 * and "most small allocations are handled by a user-space allocator" (3.3). The library buys pages
 * wholesale and cuts objects from them, and most requests never leave the process:
 *
 *      malloc(64)   free(...)   malloc(64)   free(...)   ...      malloc(64 MiB)
 *          |            |           |            |                     |
 *      ----+------------+-----------+------------+---------------------+---- the kernel
 *       its own      its own     its own      its own                 mmap
 *
 * Who wants to know whether a stretch of code calls the kernel forbids it to: under a seccomp filter
 * that lets nothing through but the process's end, code that needs no call does not notice.
 *
 * Look with: seccomp(2), or strace(1); VmSize in /proc/self/status.
 * Read on:   malloc(3); document 004 sections 3.3, 4.4 and 17.4.
 */
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("Small objects need no system call");

enum { SMALL = 64, LARGE = 64 * 1024 * 1024, THOUSAND = 1000, CALLED = 7, NO_FILTER = 8 };

/* volatile: nothing that the compiler may reason about, or leave out. */
static char *allocate(size_t length)
{
	char *volatile block = malloc(length);

	arrange(block);
	return block;
}

static void give_up(int signal)
{
	(void)signal;
	_exit(CALLED);
}

/* From here on whatever system call comes first is the last one. */
static bool forbid_system_calls(void)
{
	struct sock_filter rules[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_exit_group, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRAP),
	};
	struct sock_fprog filter = {.len = sizeof rules / sizeof *rules, .filter = rules};
	struct sigaction action = {.sa_handler = give_up};

	return sigaction(SIGSYS, &action, NULL) == 0 &&
	       prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
	       prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter, 0, 0) == 0;
}

/* Whether a child that allocates and frees so many blocks, one by one, has to call the kernel. */
static bool calls_the_kernel(size_t length, int count)
{
	pid_t pid;
	int status;

	free(allocate(SMALL)); /* so that the allocator has got some memory */
	pid = fork();
	arrange(pid >= 0);
	if (pid == 0) {
		if (!forbid_system_calls()) {
			_exit(NO_FILTER);
		}
		for (int i = 0; i < count; i++) {
			char *volatile block = malloc(length);

			free(block);
		}
		_exit(0);
	}
	arrange(waitpid(pid, &status, 0) == pid && WIFEXITED(status));
	if (WEXITSTATUS(status) == NO_FILTER) {
		undecided("needs seccomp filters: CONFIG_SECCOMP_FILTER, and a sandbox that allows "
			  "them");
	}
	return WEXITSTATUS(status) == CALLED;
}

CLAIM(most_need_no_system_call, "heap-01",
      "A thousand small objects are allocated and freed without a single system call")
{
	assert_equals(calls_the_kernel(SMALL, THOUSAND), false, "whether the kernel was called");
	assert_equals(calls_the_kernel(1, THOUSAND), false, "the same for objects of one byte");
}

CONTROL(a_large_object_needs_one, "heap-01", "A single object of 64 MiB needs a system call")
{
	assert_equals(calls_the_kernel(LARGE, 1), true, "whether the kernel was called");
}

CLAIM(few_ask_for_address_space, "heap-01",
      "Of a thousand small objects that are kept, at most one in eight makes the process larger",
      .needs = PROCESS_STATUS)
{
	size_t before = status_bytes("VmSize"), grown = 0;

	for (int i = 0; i < THOUSAND; i++) {
		store(allocate(SMALL), 's');

		size_t now = status_bytes("VmSize");

		grown += now != before;
		before = now;
	}
	assert_at_most(grown, THOUSAND / 8, "objects that made the process larger");
}
