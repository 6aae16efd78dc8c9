/* SPDX-License-Identifier: MIT */
/*
 * A map changes only by a system call
 * ===================================
 *
 * A program manages its memory itself, and yet it manages nothing: "system calls are the doorway"
 * (document 004, sections 17.1 and 17.4). It may compute and store as it likes, and the list of its
 * areas stays what it is; only a call changes it.
 *
 *      computing   mmap()   storing   mprotect()   computing   munmap()   computing
 *      ----------->|     |----------->|         |------------->|       |----------->
 *        same     changes    same       changes      same        changes    same
 *
 * One exception: the stack grows by itself, at a fault. Its line is left out here.
 *
 * Look with: ptrace(2), which stops a child before and behind each of its system calls; its maps.
 * Read on:   ptrace(2) PTRACE_GET_SYSCALL_INFO; document 004 sections 17.1 and 17.4.
 */
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("A map changes only by a system call");

#ifndef SYS_mmap
#define SYS_mmap SYS_mmap2
#elif !defined(SYS_mmap2)
#define SYS_mmap2 SYS_mmap
#endif

enum { PAGES = 4, CALL_STOP = SIGTRAP | 0x80 };

/* All lines of a process's maps but that of its stack, as one number. */
static uint64_t map_of(pid_t process)
{
	char path[40], line[600];
	uint64_t sum = 0;

	snprintf(path, sizeof path, "/proc/%d/maps", (int)process);
	FILE *maps = fopen(path, "re");
	arrange(maps);
	while (fgets(line, sizeof line, maps)) {
		for (char *at = line; *at && !strstr(line, "[stack]"); at++) {
			sum = sum * 1099511628211U + (unsigned char)*at;
		}
	}
	fclose(maps);
	return sum;
}

static char *area;

static void change_the_map(void)
{
	int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED;

	mmap(area, PAGES * page_size(), PROT_READ | PROT_WRITE, flags, -1, 0);
	store_each(area, PAGES, 'x');
	syscall(SYS_getpid);
	mprotect(page(area, 1), page_size(), PROT_READ);
	load_each(area, PAGES);
	munmap(page(area, 2), page_size());
	load_each(area, 2);
}

static void change_nothing(void)
{
	store_each(area, PAGES, 'x');
	syscall(SYS_getpid);
	load_each(area, PAGES);
}

/* How often the map had changed: behind a call that is about areas, and elsewhere. */
struct changes {
	size_t calls, by_calls, elsewhere;
};

/* Runs a child from stop to stop, and looks at its map at each of them. */
static struct changes watch(void (*run)(void))
{
	struct changes seen = {0};
	struct __ptrace_syscall_info info = {0};
	uintptr_t options = PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL;
	int status;
	pid_t parent = getpid(), pid = fork();

	arrange(pid >= 0);
	if (pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
		if (getppid() == parent && ptrace(PTRACE_TRACEME, 0, NULL, NULL) == 0) {
			raise(SIGSTOP);
			run();
		}
		_exit(0);
	}
	arrange(waitpid(pid, &status, 0) == pid && WIFSTOPPED(status));
	arrange(ptrace(PTRACE_SETOPTIONS, pid, NULL, (void *)options) == 0);
	for (uint64_t before = map_of(pid);;) {
		uint64_t nr = info.op == PTRACE_SYSCALL_INFO_ENTRY ? info.entry.nr : UINT64_MAX;
		bool about_areas = (nr == SYS_mmap || nr == SYS_mmap2 || nr == SYS_mprotect ||
				    nr == SYS_munmap);

		arrange(ptrace(PTRACE_SYSCALL, pid, NULL, NULL) == 0);
		arrange(waitpid(pid, &status, 0) == pid);
		if (!WIFSTOPPED(status)) {
			return seen;
		}
		arrange(WSTOPSIG(status) == CALL_STOP);
		if (ptrace(PTRACE_GET_SYSCALL_INFO, pid, (void *)sizeof info, &info) < 0) {
			kill(pid, SIGKILL);
			undecided("needs PTRACE_GET_SYSCALL_INFO: errno %d", errno);
		}
		uint64_t now = map_of(pid);
		seen.calls += info.op == PTRACE_SYSCALL_INFO_ENTRY;
		seen.by_calls += now != before && about_areas;
		seen.elsewhere += now != before && !about_areas;
		before = now;
	}
}

CLAIM(each_change_is_a_call, "kernel-11",
      "The map changes once by each mmap, mprotect and munmap, and never between calls or by "
      "others",
      .needs = TRACING | AREA_LIST)
{
	struct changes seen;

	area = reserve(PAGES);
	seen = watch(change_the_map);
	assert_equals(seen.by_calls, 3, "changes by the three calls that are about areas");
	assert_equals(seen.elsewhere, 0, "changes by other calls, or between calls");
}

CONTROL(computing_changes_nothing, "kernel-11",
	"A child that computes, touches its pages and calls getpid has the same map all the time",
	.needs = TRACING | AREA_LIST)
{
	struct changes seen;

	area = fresh_pages(PAGES, MAP_PRIVATE);
	seen = watch(change_nothing);
	assert_at_least(seen.calls, 2, "calls that were seen");
	assert_equals(seen.by_calls + seen.elsewhere, 0, "changes");
}
