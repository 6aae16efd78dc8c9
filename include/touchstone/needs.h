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
	FAULT_COUNTS = 1 << 0,
	/* pagemap opens, and a page's word turns from absent to present when it is touched. */
	PAGE_STATES = 1 << 1,
	/* Who shares a frame can be told: bit 56 turns 1 -> 0 over a fork, or numbers are visible. */
	FRAME_IDENTITY = 1 << 2,
	/* pagemap shows frame numbers: CAP_SYS_ADMIN in the first user namespace. */
	FRAME_NUMBERS = 1 << 3,
	/* /proc/kpageflags can be read. */
	PAGE_FLAGS = 1 << 4,
	/* /proc/self/maps lists this process's areas, and a new mapping among them. */
	AREA_LIST = 1 << 5,
	/* /proc/self/smaps tells what an area uses. */
	AREA_USAGE = 1 << 6,
	/* /proc/self/status has VmPTE and VmSize, and they move. */
	PROCESS_STATUS = 1 << 7,
	/* The processor refuses to execute a page without PROT_EXEC. */
	NO_EXECUTE = 1 << 8,
	/* Some memory may be mapped executable (no policy against it), and a copied function runs. */
	EXECUTABLE_MEMORY = 1 << 9,
	/* madvise(MADV_HUGEPAGE) can give transparent huge pages. */
	HUGE_PAGES = 1 << 10,
	/* The pool of huge pages can be resized, and restored by a guardian. */
	HUGE_PAGE_POOL = 1 << 11,
	/* A file whose pages can be dropped from the page cache and are read back by major faults. */
	DISK_FILE = 1 << 12,
	/* A memory cgroup of our own, v1 or v2, can be made. */
	MEMORY_CGROUP = 1 << 13,
	/* A monotonic clock that is fine enough to time a page fault. */
	TIMING = 1 << 14,
	/* Two processors that this process may run on. */
	TWO_PROCESSORS = 1 << 15,
	/* vm.overcommit_memory is 0, the heuristic, and the address space is not limited. */
	HEURISTIC_OVERCOMMIT = 1 << 16,
	/* ptrace(2) works on a child of our own. */
	TRACING = 1 << 17,
	/* A specimen (specimens.h) can be executed. */
	SPECIMENS = 1 << 18,
	/* An active swap area with room, or leave and ability to make one (guard_swap). */
	SWAP = 1 << 19,
};

#endif
