/* SPDX-License-Identifier: MIT */
/* Needs: their names, and what would satisfy them. */
#include "run/needs.h"

#include <touchstone/machine.h>

#include "arrange/guardian.h"
#include "arrange/specimens.h"
#include "arrange/swap.h"
#include "instruments/areas.h"
#include "instruments/fault_counts.h"
#include "instruments/pagemap.h"
#include "instruments/residency.h"
#include "instruments/stopwatch.h"
#include "run/probes.h"

static const struct need_description all[] = {
	{FAULT_COUNTS, "fault-counts", "page faults that are counted exactly",
	 "a kernel that counts them in getrusage; sandboxes and emulators may not",
	 fault_counts_prove_themselves},
	{PAGE_STATES, "page-states", "/proc/self/pagemap",
	 "mount /proc, on a kernel with CONFIG_PROC_PAGE_MONITOR", pagemap_proves_presence},
	{FRAME_IDENTITY, "frame-identity", "a way to tell who shares a frame",
	 "a pagemap with the exclusive bit, or frame numbers as root", probe_frame_identity},
	{FRAME_NUMBERS, "frame-numbers", "frame numbers", "run as root, or with CAP_SYS_ADMIN",
	 pagemap_proves_numbers},
	{PAGE_FLAGS, "page-flags", "/proc/kpageflags",
	 "run as root, outside containers that hide it", kpageflags_proves_itself},
	{AREA_LIST, "area-list", "/proc/self/maps", "mount /proc", areas_prove_list},
	{AREA_USAGE, "area-usage", "/proc/self/smaps",
	 "mount /proc, on a kernel with CONFIG_PROC_PAGE_MONITOR", areas_prove_usage},
	{PROCESS_STATUS, "process-status", "VmPTE and VmSize in /proc/self/status", "mount /proc",
	 residency_proves_status},
	{NO_EXECUTE, "no-execute", "a processor that can forbid execution page by page",
	 "a processor with NX, and no READ_IMPLIES_EXEC personality", probe_no_execute},
	{EXECUTABLE_MEMORY, "executable-memory", "leave to make memory executable",
	 "lift the policy against it (SELinux execmem, PR_SET_MDWE)", probe_executable_memory},
	{HUGE_PAGES, "huge-pages", "transparent huge pages",
	 "write madvise to /sys/kernel/mm/transparent_hugepage/enabled", probe_huge_pages},
	{HUGE_PAGE_POOL, "huge-page-pool", "leave to resize the pool of huge pages",
	 "run as root, with a writable /proc/sys/vm/nr_hugepages", probe_huge_page_pool},
	{DISK_FILE, "disk-file", "a file that leaves the page cache and is read back from a device",
	 "point TOUCHSTONE_TMPDIR at a writable folder on a disk file system", probe_disk},
	{MEMORY_CGROUP, "memory-cgroup", "a memory cgroup of our own",
	 "run as root, with the memory controller of cgroup v1 or v2 writable",
	 guardian_proves_memory_group},
	{TIMING, "timing", "a clock finer than 10 microseconds", "a machine with such a clock",
	 stopwatch_proves_itself},
	{TWO_PROCESSORS, "two-processors", "two processors",
	 "let the process run on two processors", probe_two_processors},
	{HEURISTIC_OVERCOMMIT, "heuristic-overcommit",
	 "the heuristic overcommit mode and a 64-bit address space without a limit",
	 "write 0 to /proc/sys/vm/overcommit_memory, and lift ulimit -v and -d",
	 probe_heuristic_overcommit},
	{TRACING, "tracing", "ptrace of our own child", "a sandbox that allows ptrace",
	 probe_tracing},
	{SPECIMENS, "specimens", "leave to execute a program from an unnamed file",
	 "allow executable memfds, or point TOUCHSTONE_TMPDIR at a folder not mounted noexec",
	 specimens_can_run},
	{SWAP, "swap", "swap", swap_remedy, swap_proves_itself},
	{SWAP_AREA, "swap-area", "a swap area of our own", swap_area_remedy,
	 swap_area_proves_itself},
	{USERFAULTFD, "userfaultfd", "a userfaultfd that tells of missing pages",
	 "a kernel with CONFIG_USERFAULTFD, 5.11 or later, and a sandbox that lets it through",
	 probe_userfaultfd},
	{WRITE_PROTECT_EVENTS, "write-protect-events", "a userfaultfd that tells of stores",
	 "a kernel and processor with its write-protect mode, let through by the sandbox",
	 probe_write_protect_events},
	{PROTECTION_KEYS, "protection-keys", "memory protection keys",
	 "a processor with pkeys(7), and a kernel that hands them out", probe_protection_keys},
	{SYSV_MEMORY, "sysv-memory", "System V shared memory segments",
	 "a kernel with CONFIG_SYSVIPC, room within kernel.shmmax, shmall and shmmni, "
	 "kernel.shm_rmid_forced = 0, and a sandbox that lets shmget through",
	 probe_sysv_memory},
	{POSIX_MEMORY, "posix-memory", "POSIX shared memory",
	 "mount a writable tmpfs with room at /dev/shm", probe_posix_memory},
	{LOCKABLE_MEMORY, "lockable-memory", "leave to lock 16 pages", "raise ulimit -l",
	 probe_lockable_memory},
	{SOFT_DIRTY, "soft-dirty", "soft-dirty bits",
	 "mount /proc writable, on a kernel with CONFIG_MEM_SOFT_DIRTY", probe_soft_dirty},
	{PAGE_SCAN, "page-scan", "the ioctl PAGEMAP_SCAN",
	 "a kernel of 6.7 or later, with /proc mounted", probe_page_scan},
	{REFERENCED_BITS, "referenced-bits", "bits that tell which pages were referenced",
	 "mount /proc writable, on a kernel with CONFIG_PROC_PAGE_MONITOR", probe_referenced_bits},
	{RANDOM_LAYOUT, "random-layout", "a randomized address-space layout",
	 "write 2 to /proc/sys/kernel/randomize_va_space, and run without setarch -R",
	 probe_random_layout},
	{PERSONALITIES, "personalities", "leave to change the personality",
	 "a sandbox that lets personality(2) through", probe_personalities},
	{MEMORY_DOORS, "memory-doors", "process_vm_readv of our own child",
	 "a sandbox that lets it through, and ptrace_scope below 3", probe_memory_doors},
	{KERNEL_SAME_PAGE, "kernel-same-page", "leave to set up kernel same-page merging",
	 "run as root, on a kernel with CONFIG_KSM and a writable /sys", probe_kernel_same_page},
	{GNU_MALLOC, "gnu-malloc", "the GNU C library's malloc",
	 "a build for glibc, no allocator preloaded, and no MALLOC_* or GLIBC_TUNABLES set",
	 probe_gnu_malloc},
	{LIBC_MALLOC, "libc-malloc", "the malloc of glibc or of musl",
	 "no allocator preloaded, and no MALLOC_* or GLIBC_TUNABLES set", probe_libc_malloc},
	{ADVICE, "advice", "madvise(2)", "a kernel with CONFIG_ADVISE_SYSCALLS", probe_advice},
};

const struct need_description *needs_all(size_t *count)
{
	*count = sizeof all / sizeof *all;
	return all;
}

/* TouchstoneExperiments.cmake has the same list, for ctest's label. */
bool needs_are_fast(unsigned long long needs)
{
	return !(needs & (SWAP | SWAP_AREA | MEMORY_CGROUP | TIMING));
}

/* What /proc tells of other processes, by their numbers, is wrong where it belongs to another pid namespace. */
static const unsigned long long of_proc = PAGE_STATES | FRAME_IDENTITY | FRAME_NUMBERS | AREA_LIST |
					  AREA_USAGE | PROCESS_STATUS | REFERENCED_BITS |
					  SOFT_DIRTY | PAGE_SCAN | SPECIMENS;
static const struct need_description our_proc = {0, "", "a /proc of this pid namespace",
						 "mount /proc in it (unshare --mount-proc)", NULL};

const struct need_description *needs_missing(unsigned long long needs)
{
	if (needs & of_proc && proc_is_foreign()) {
		return &our_proc;
	}
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		if (needs & all[i].need && !all[i].probe()) {
			return &all[i];
		}
	}
	return NULL;
}
