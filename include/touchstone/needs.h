/* SPDX-License-Identifier: MIT */
/*
 * What a claim may need of the machine. Needs are or-ed together: .needs = FAULT_COUNTS | AREA_USAGE.
 *
 * Every need is probed by trying it in the claim's own process, just before its body. None is
 * guessed from a version, a uid or a name. Where a need is missing the claim is
 * undecided, and the reason says what would satisfy it. `touchstone needs` lists them all.
 */
#ifndef TOUCHSTONE_NEEDS_H
#define TOUCHSTONE_NEEDS_H

enum need {
	/* Touching fresh pages moves the minor fault count by exactly as many (faults.h). */
	FAULT_COUNTS = 1ULL << 0,
	/* pagemap opens, and a page's word turns from absent to present when it is touched. */
	PAGE_STATES = 1ULL << 1,
	/* Who shares a frame can be told: bit 56 turns 1 -> 0 over a fork, or numbers are visible. */
	FRAME_IDENTITY = 1ULL << 2,
	/* pagemap shows frame numbers: CAP_SYS_ADMIN in the first user namespace. */
	FRAME_NUMBERS = 1ULL << 3,
	/* /proc/kpageflags can be read. */
	PAGE_FLAGS = 1ULL << 4,
	/* /proc/self/maps lists this process's areas, and a new mapping among them. */
	AREA_LIST = 1ULL << 5,
	/* /proc/self/smaps tells what an area uses. */
	AREA_USAGE = 1ULL << 6,
	/* /proc/self/status has VmPTE and VmSize, and they move. */
	PROCESS_STATUS = 1ULL << 7,
	/* The processor refuses to execute a page without PROT_EXEC. */
	NO_EXECUTE = 1ULL << 8,
	/* Some memory may be mapped executable (no policy against it), and a copied function runs. */
	EXECUTABLE_MEMORY = 1ULL << 9,
	/* madvise(MADV_HUGEPAGE) can give transparent huge pages. */
	HUGE_PAGES = 1ULL << 10,
	/* The pool of huge pages can be resized, and restored by a guardian. */
	HUGE_PAGE_POOL = 1ULL << 11,
	/* A file whose pages can be dropped from the page cache, and come back by a major fault each. */
	DISK_FILE = 1ULL << 12,
	/* A memory cgroup of our own, v1 or v2, can be made. */
	MEMORY_CGROUP = 1ULL << 13,
	/* A monotonic clock that is fine enough to time a page fault. */
	TIMING = 1ULL << 14,
	/* Two processors that this process may run on. */
	TWO_PROCESSORS = 1ULL << 15,
	/* vm.overcommit_memory is 0, the heuristic, and the address space is not limited. */
	HEURISTIC_OVERCOMMIT = 1ULL << 16,
	/* ptrace(2) works on a child of our own. */
	TRACING = 1ULL << 17,
	/* A specimen (specimens.h) can be executed. */
	SPECIMENS = 1ULL << 18,
	/* An active swap area with room, or leave and ability to make one (guard_swap). */
	SWAP = 1ULL << 19,
	/* userfaultfd(2) for this process's own accesses: an absent page's fault is told. */
	USERFAULTFD = 1ULL << 20,
	/* The same for stores to pages that are there, in its write-protect mode. */
	WRITE_PROTECT_EVENTS = 1ULL << 21,
	/* pkey_alloc(2) hands out a memory protection key (pkeys(7)). */
	PROTECTION_KEYS = 1ULL << 22,
	/* shmget(2) makes segments, there is room for some, and they stay until they are removed. */
	SYSV_MEMORY = 1ULL << 23,
	/* /dev/shm, where shm_open(3) makes its objects, takes a byte, and sets room aside. */
	POSIX_MEMORY = 1ULL << 24,
	/* mlock(2) of 16 pages. */
	LOCKABLE_MEMORY = 1ULL << 25,
	/* Bit 55 of pagemap goes with clear_refs 4, and comes back with a store. */
	SOFT_DIRTY = 1ULL << 26,
	/* The ioctl PAGEMAP_SCAN finds a page that is there. */
	PAGE_SCAN = 1ULL << 27,
	/* Referenced in smaps goes with clear_refs 1. */
	REFERENCED_BITS = 1ULL << 28,
	/* The layout of new programs is random: randomize_va_space is 2, the personality permits it. */
	RANDOM_LAYOUT = 1ULL << 29,
	/* personality(2) may set ADDR_NO_RANDOMIZE. */
	PERSONALITIES = 1ULL << 30,
	/* process_vm_readv(2) reads from a child of our own. */
	MEMORY_DOORS = 1ULL << 31,
	/* /sys/kernel/mm/ksm/run may be set, and restored by a guardian. */
	KERNEL_SAME_PAGE = 1ULL << 32,
	/* malloc is the GNU C library's, as it comes: it rounds as that does, and no setting is changed. */
	GNU_MALLOC = 1ULL << 33,
	/* The same, or musl's. */
	LIBC_MALLOC = 1ULL << 34,
	/* Leave and ability to make swap areas of our own (guard_swap_area). */
	SWAP_AREA = 1ULL << 35,
	/* madvise(2) and posix_fadvise(2), which a kernel can be built without (CONFIG_ADVISE_SYSCALLS). */
	ADVICE = 1ULL << 36,
};

#endif
