/* SPDX-License-Identifier: MIT */
/*
 * Only faults that were repaired are counted
 * ==========================================
 *
 * Document 001 reads the number of page faults off getrusage(2). It is the number of those that the
 * kernel repaired. A fault that ends in a signal has trapped into the kernel just the same, and is
 * not among them: of a program that dies of a wild pointer getrusage shows no trace. The software
 * events of perf_event_open(2) count both ways, so that the two numbers can be laid side by side.
 *
 *                               getrusage      perf            perf
 *                                              minor-faults    page-faults
 *      1000 lazy pages          +1000          +1000           +1000
 *      1000 times SIGSEGV       +0             +0              +1000
 *
 * Look with: getrusage(2), perf_event_open(2).
 * Read on:   getrusage(2), perf_event_open(2); documents 001 "Observations", 003, 004 section 6.5.
 */
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("Only faults that were repaired are counted");

enum { MANY = 1000 };

/* struct perf_event_attr, its first version: not every libc comes with <linux/perf_event.h>. */
struct perf_event {
	uint32_t type, size;
	uint64_t config, period, sample_type, read_format;
	uint64_t disabled : 1, inherit : 1, pinned : 1, exclusive : 1;
	uint64_t exclude_user : 1, exclude_kernel : 1, exclude_hypervisor : 1, : 57;
	uint32_t wakeup, breakpoint;
	uint64_t config1;
};
enum { PERF_SOFTWARE = 1, PERF_PAGE_FAULTS = 2, PERF_MINOR_FAULTS = 5 };

static long perf_count(int counter)
{
	uint64_t count;

	arrange(read(counter, &count, sizeof count) == sizeof count);
	return (long)count;
}

/* A perf counter of this process's own faults in user mode. */
static int perf_counter(int event)
{
	struct perf_event wanted = {.type = PERF_SOFTWARE,
				    .size = sizeof wanted,
				    .config = (uint64_t)event,
				    .exclude_kernel = 1,
				    .exclude_hypervisor = 1};
	int counter = (int)syscall(SYS_perf_event_open, &wanted, 0, -1, -1, 0);

	if (counter < 0) {
		undecided("needs perf_event_open: kernel.perf_event_paranoid at most 2");
	}
	perf_count(counter); /* the first reading costs faults of its own */
	return counter;
}

/* Stores to the page, or loads from it, many times; how many of them were this signal. */
static size_t count_signals(enum access access, char *address, int signal)
{
	size_t signals = 0;

	for (size_t i = 0; i < MANY; i++) {
		struct trap trap = access == LOAD ? try_load(address) : try_store(address, 1);

		signals += trap.signal == signal;
	}
	return signals;
}

/* The first round shows that each is refused; what is counted is the second. */
static void assert_no_faults(enum access access, char *address, int signal)
{
	size_t signals = count_signals(access, address, signal);
	struct faults spent = faults_of(signals += count_signals(access, address, signal));

	assert_equals(signals, 2 * MANY, "signals");
	assert_equals(spent.minor, 0, "minor faults");
	assert_equals(spent.major, 0, "major faults");
}

CLAIM(a_fault_that_becomes_a_signal_is_not_counted, "fault-13",
      "Thousands of faults that end in SIGSEGV or SIGBUS add nothing to the fault counters",
      .needs = FAULT_COUNTS)
{
	char *hole = fresh_pages(1, MAP_PRIVATE), *read_only = fresh_pages(1, MAP_PRIVATE);
	char *beyond = fresh_mapping(1, MAP_SHARED, memory_file(0, 0));

	store(read_only, 1);
	arrange(mprotect(read_only, page_size(), PROT_READ) == 0);
	arrange(munmap(hole, page_size()) == 0);
	assert_no_faults(LOAD, hole, SIGSEGV);
	assert_no_faults(STORE, read_only, SIGSEGV);
	assert_no_faults(LOAD, beyond, SIGBUS);
}

CLAIM(the_processor_did_fault, "fault-13",
      "The perf event page-faults, which counts the traps themselves, counts each of them",
      .needs = FAULT_COUNTS)
{
	char *hole = fresh_pages(1, MAP_PRIVATE);
	int traps = perf_counter(PERF_PAGE_FAULTS);
	long before = perf_count(traps);

	arrange(munmap(hole, page_size()) == 0);
	assert_no_faults(LOAD, hole, SIGSEGV);
	assert_at_least(perf_count(traps) - before, 2 * MANY, "page-faults of perf");
}

CLAIM(perf_agrees_about_the_repaired_ones, "fault-18",
      "The perf event minor-faults counts what getrusage counts, and so the first touches only",
      .needs = FAULT_COUNTS)
{
	int counter = perf_counter(PERF_MINOR_FAULTS);

	for (size_t count = 1; count <= MANY; count *= 10) {
		char *area = fresh_pages(count, MAP_PRIVATE);
		long before = perf_count(counter);
		struct faults spent = faults_of(store_each(area, count, 1);
						store_each(area, count, 2));

		assert_equals(perf_count(counter) - before, count, "minor-faults of perf");
		assert_equals(spent.minor, count, "minor faults as getrusage counts them");
	}
}

CONTROL(repaired_faults_are_counted, "fault-13 fault-18",
	"As many faults that were repaired are counted, and a second touch of the same pages is "
	"not",
	.needs = FAULT_COUNTS)
{
	char *area = fresh_pages(MANY, MAP_PRIVATE);

	assert_equals(faults_of(store_each(area, MANY, 1)).minor, MANY, "minor faults");
	assert_equals(faults_of(store_each(area, MANY, 2)).minor, 0, "minor faults when repeated");
}
