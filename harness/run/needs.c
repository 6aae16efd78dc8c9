/* SPDX-License-Identifier: MIT */
/* Needs and their probes. A probe tries; it never looks at a version, a uid or a name. */
#include "run/needs.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <touchstone/files.h>
#include <touchstone/memory.h>
#include <touchstone/traps.h>

#include "arrange/children.h"
#include "arrange/files.h"
#include "arrange/guardian.h"
#include "arrange/specimens.h"
#include "arrange/swap.h"
#include "instruments/areas.h"
#include "instruments/fault_counts.h"
#include "instruments/pagemap.h"
#include "instruments/residency.h"
#include "instruments/stopwatch.h"

static bool frame_identity(void)
{
	return pagemap_proves_exclusive() || pagemap_proves_numbers();
}

/* A page that holds a function which only returns, with the given protection; NULL if refused. */
static void *function_page(int protection)
{
	void *code = mmap(NULL, page_size(), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (code == MAP_FAILED) {
		return NULL;
	}

	size_t length = copy_return_function(code);

	__builtin___clear_cache((char *)code, (char *)code + length);
	if (length == 0 || mprotect(code, page_size(), protection) != 0) {
		munmap(code, page_size());
		return NULL;
	}
	return code;
}

static bool executable_memory(void)
{
	void *code = function_page(PROT_READ | PROT_EXEC);
	bool runs = code && try_call(code).signal == 0;

	if (code) {
		munmap(code, page_size());
	}
	return runs;
}

static bool no_execute(void)
{
	void *data = function_page(PROT_READ | PROT_WRITE);
	bool refused = data && try_call(data).signal != 0;

	if (data) {
		munmap(data, page_size());
	}
	return refused;
}

/* The beginning of a /proc file; false where it cannot be read. */
static bool read_file(const char *path, char *text, size_t size)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t length = fd < 0 ? -1 : read(fd, text, size - 1);

	if (fd >= 0) {
		close(fd);
	}
	text[length > 0 ? length : 0] = 0;
	return length > 0;
}

/* The file says "always [madvise] never"; whether a page really comes is for the claim to see. */
static bool huge_pages(void)
{
	char text[64];

	return read_file("/sys/kernel/mm/transparent_hugepage/enabled", text, sizeof text) &&
	       !strstr(text, "[never]");
}

static bool huge_page_pool(void)
{
	return guardian_proves_setting("/proc/sys/vm/nr_hugepages");
}

static bool disk(void)
{
	int fd = files_try_disk_file(2);
	bool cold = fd >= 0 && cool_down(fd, 2);
	bool read_by_fault = false;

	if (cold) {
		unsigned char *file = mmap(NULL, page_size(), PROT_READ, MAP_SHARED, fd, 0);

		if (file != MAP_FAILED) {
			madvise(file, page_size(), MADV_RANDOM);
			read_by_fault = faults_of(load(file)).major == 1;
			munmap(file, page_size());
		}
	}
	if (fd >= 0) {
		close(fd);
	}
	return read_by_fault;
}

static bool two_processors(void)
{
	cpu_set_t allowed;

	return sched_getaffinity(0, sizeof allowed, &allowed) == 0 && CPU_COUNT(&allowed) >= 2;
}

static bool is_unlimited(int resource)
{
	struct rlimit limit;

	return getrlimit(resource, &limit) == 0 && limit.rlim_cur == RLIM_INFINITY;
}

/* A kernel that does not count what it has promised cannot refuse a promise. */
static bool heuristic_overcommit(void)
{
	char mode[8], counted[4000];

	return read_file("/proc/sys/vm/overcommit_memory", mode, sizeof mode) && mode[0] == '0' &&
	       read_file("/proc/meminfo", counted, sizeof counted) &&
	       strstr(counted, "Committed_AS:") && sizeof(void *) == 8 &&
	       is_unlimited(RLIMIT_AS) && is_unlimited(RLIMIT_DATA);
}

static bool tracing(void)
{
	pid_t me = getpid(), pid = fork();
	int status = 0;

	if (pid == 0) {
		children_die_with(me);
		if (ptrace(PTRACE_TRACEME, 0, 0, 0) != 0) {
			_exit(1);
		}
		raise(SIGSTOP);
		_exit(0);
	}
	if (pid < 0 || waitpid(pid, &status, 0) != pid) {
		return false;
	}

	bool stopped = WIFSTOPPED(status);

	if (stopped) {
		kill(pid, SIGKILL);
		waitpid(pid, &status, 0);
	}
	return stopped;
}

static const struct need_description all[] = {
	{FAULT_COUNTS, "fault-counts", "page faults that are counted exactly",
	 "a kernel that counts them in getrusage; sandboxes and emulators may not",
	 fault_counts_prove_themselves},
	{PAGE_STATES, "page-states", "/proc/self/pagemap",
	 "mount /proc, on a kernel with CONFIG_PROC_PAGE_MONITOR", pagemap_proves_presence},
	{FRAME_IDENTITY, "frame-identity", "a way to tell who shares a frame",
	 "a pagemap with the exclusive bit, or frame numbers as root", frame_identity},
	{FRAME_NUMBERS, "frame-numbers", "frame numbers", "run as root, or with CAP_SYS_ADMIN",
	 pagemap_proves_numbers},
	{PAGE_FLAGS, "page-flags", "/proc/kpageflags", "run as root, outside containers that hide it",
	 kpageflags_proves_itself},
	{AREA_LIST, "area-list", "/proc/self/maps", "mount /proc", areas_prove_list},
	{AREA_USAGE, "area-usage", "/proc/self/smaps",
	 "mount /proc, on a kernel with CONFIG_PROC_PAGE_MONITOR", areas_prove_usage},
	{PROCESS_STATUS, "process-status", "VmPTE and VmSize in /proc/self/status", "mount /proc",
	 residency_proves_status},
	{NO_EXECUTE, "no-execute", "a processor that can forbid execution page by page",
	 "a processor with NX, and no READ_IMPLIES_EXEC personality", no_execute},
	{EXECUTABLE_MEMORY, "executable-memory", "leave to make memory executable",
	 "lift the policy against it (SELinux execmem, PR_SET_MDWE)", executable_memory},
	{HUGE_PAGES, "huge-pages", "transparent huge pages",
	 "write madvise to /sys/kernel/mm/transparent_hugepage/enabled", huge_pages},
	{HUGE_PAGE_POOL, "huge-page-pool", "leave to resize the pool of huge pages",
	 "run as root, with a writable /proc/sys/vm/nr_hugepages", huge_page_pool},
	{DISK_FILE, "disk-file", "a file that leaves the page cache and is read back from a device",
	 "point TOUCHSTONE_TMPDIR at a writable folder on a disk file system", disk},
	{MEMORY_CGROUP, "memory-cgroup", "a memory cgroup of our own",
	 "run as root, with the memory controller of cgroup v1 or v2 writable",
	 guardian_proves_memory_group},
	{TIMING, "timing", "a clock finer than 10 microseconds", "a machine with such a clock",
	 stopwatch_proves_itself},
	{TWO_PROCESSORS, "two-processors", "two processors", "let the process run on two processors",
	 two_processors},
	{HEURISTIC_OVERCOMMIT, "heuristic-overcommit",
	 "the heuristic overcommit mode and a 64-bit address space without a limit",
	 "write 0 to /proc/sys/vm/overcommit_memory, and lift ulimit -v and -d", heuristic_overcommit},
	{TRACING, "tracing", "ptrace of our own child", "a sandbox that allows ptrace", tracing},
	{SPECIMENS, "specimens", "leave to execute a program from an unnamed file",
	 "allow executable memfds, or point TOUCHSTONE_TMPDIR at a folder not mounted noexec",
	 specimens_can_run},
	{SWAP, "swap", "swap", swap_remedy, swap_proves_itself},
};

const struct need_description *needs_all(size_t *count)
{
	*count = sizeof all / sizeof *all;
	return all;
}

const struct need_description *needs_missing(unsigned needs)
{
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		if (needs & all[i].need && !all[i].probe()) {
			return &all[i];
		}
	}
	return NULL;
}
