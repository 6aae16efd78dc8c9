/* SPDX-License-Identifier: MIT */
/*
 * On which processors threads run (sched_setaffinity(2), cpuset(7)), and what processors note by themselves.
 *
 * What a processor keeps for itself (translations, lists of pages, free frames) is met again only on that one,
 * and a race between two needs two of them.
 */
#ifndef TOUCHSTONE_PROCESSORS_H
#define TOUCHSTONE_PROCESSORS_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <fcntl.h>
#include <sched.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/faults.h>
#include <touchstone/memory.h>
#include <touchstone/outcome.h>

/* The calling thread runs on that processor alone; false, with errno, where it may not. */
static inline bool try_to_run_on(int processor)
{
	cpu_set_t one;

	CPU_ZERO(&one);
	if (processor >= 0 && processor < CPU_SETSIZE) {
		CPU_SET(processor, &one); /* of no processor at all it is refused */
	}
	return sched_setaffinity(0, sizeof one, &one) == 0;
}

/* The same; an error where it may not. */
static inline void run_on(int processor)
{
	arrange(try_to_run_on(processor));
}

/* From here on this process stays on the processor it is on; undecided where that is not to be had. */
static inline void stay_on_one_processor(void)
{
	if (!try_to_run_on(sched_getcpu())) {
		undecided("needs to stay on one processor: sched_setaffinity(2)");
	}
}

/* The first two processors that this process may run on. Needs TWO_PROCESSORS. */
static inline void two_processors(int numbers[2])
{
	cpu_set_t allowed;
	int found = 0;

	arrange(sched_getaffinity(0, sizeof allowed, &allowed) == 0);
	for (int i = 0; i < CPU_SETSIZE && found < 2; i++) {
		if (CPU_ISSET(i, &allowed)) {
			numbers[found++] = i;
		}
	}
	arrange(found == 2);
}

/*
 * Once the kernel has called a page unused, the next use of it costs a minor fault: this processor does not set
 * accessed bits, or this kernel does not let it. An x86 always does; others are asked, by way of clear_refs
 * (proc_pid_clear_refs(5)), which is undecided where there is none. Needs FAULT_COUNTS.
 */
static inline bool a_use_costs_a_fault(void)
{
#if defined __x86_64__ || defined __i386__
	return false;
#else
	char *used = fresh_pages(1, MAP_PRIVATE);
	int fd = open("/proc/self/clear_refs", O_WRONLY | O_CLOEXEC);
	long faults = 0;

	if (fd < 0) {
		undecided("needs to know whether the processor notes uses: /proc/self/clear_refs");
	}
	store(used, 1);
	for (int round = 0; round < 2; round++) { /* the first may have to pay for the program's own pages */
		arrange(write(fd, "1", 1) == 1);
		load(used); /* by a kept translation, perhaps, which is dropped here: */
		arrange(mprotect(used, page_size(), PROT_NONE) == 0);
		arrange(mprotect(used, page_size(), PROT_READ | PROT_WRITE) == 0);
		arrange(write(fd, "1", 1) == 1);
		faults = faults_of(load(used)).minor;
	}
	close(fd);
	arrange(munmap(used, page_size()) == 0);
	return faults > 0;
#endif
}

/*
 * Undecided on POWER and s390x, where several lowest tables share a page, and VmPTE, in whole kB, may miss one.
 * For claims that count tables by the page.
 */
static inline void need_tables_as_large_as_pages(void)
{
#if defined __powerpc64__ || defined __s390x__
	undecided("needs lowest tables of a page each: those of POWER and s390x are smaller");
#endif
}

/*
 * Somebody has said that this machine is emulated, or very busy: TOUCHSTONE_PATIENCE is set, as it is in the guests
 * of tests/machines. Not to decide what hangs on caches, or on a disk that keeps up.
 */
static inline bool this_machine_is_slow(void)
{
	return getenv("TOUCHSTONE_PATIENCE") != NULL;
}

#endif
