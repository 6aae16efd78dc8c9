/* SPDX-License-Identifier: MIT */
/*
 * The fault counters agree, and count only what was repaired
 * ==========================================================
 *
 * Document 001 takes its numbers from getrusage(2). Other witnesses count as well: fields 10 and 12
 * of /proc/PID/stat, and the software events of perf_event_open(2). They agree, about the faults
 * that the kernel repaired. A fault that ends in a signal trapped into the kernel just the same,
 * and is in none of the first two: of a program that dies of a wild pointer getrusage shows no
 * trace.
 *
 *                               getrusage      perf            perf
 *                               stat           minor-faults    page-faults
 *      1000 lazy faults         +1000          +1000           +1000
 *      1000 times SIGSEGV       +0             +0              +1000
 *
 * Look with: getrusage(2), /proc/self/stat, perf_event_open(2).
 * Read on:   getrusage(2), proc(5), perf_event_open(2); documents 001 "Observations", 003, 004
 *            sections 6.5 and 10.2.
 */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("The fault counters agree, and count only what was repaired");

enum { PAGES = 16, MANY = 1000 };

/* Fields 10 and 12 of /proc/self/stat. The second holds the command, which may hold anything. */
static struct faults faults_in_stat(void)
{
	char text[2000];
	struct faults faults;
	int fd = open("/proc/self/stat", O_RDONLY | O_CLOEXEC);
	ssize_t length = fd < 0 ? -1 : read(fd, text, sizeof text - 1);

	if (length <= 0) {
		undecided("needs /proc/self/stat: a mounted proc, and a descriptor to open it");
	}
	text[length] = '\0';

	char *behind_command = strrchr(text, ')');

	arrange(close(fd) == 0 && behind_command &&
		sscanf(behind_command, ") %*c %*d %*d %*d %*d %*d %*u %ld %*u %ld", &faults.minor,
		       &faults.major) == 2);
	return faults;
}

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
	return counter;
}

static long perf_count(int counter)
{
	uint64_t count;

	arrange(read(counter, &count, sizeof count) == sizeof count);
	return (long)count;
}

/* What a counted access and a counted trap need, used once, so that it costs no fault any more. */
static void rehearse(void)
{
	char *area = fresh_pages(1, MAP_PRIVATE);
	struct trap trap;

	(void)faults_of(store_each(area, 1, 1); trap = try_load(NULL));
	assert_equals(trap.signal, SIGSEGV, "the signal of a load from address 0");
}

/* The same for counting by stat. */
static void rehearse_stat(void)
{
	rehearse();
	faults_in_stat();
	faults_in_stat();
}

CLAIM(stat_agrees_with_getrusage, "fault-18",
      "Field 10 of /proc/self/stat and getrusage count the same, one for each fresh page",
      .needs = FAULT_COUNTS)
{
	rehearse_stat();
	for (size_t count = 1; count <= MANY; count *= 10) {
		char *area = fresh_pages(count, MAP_PRIVATE);
		struct faults stat_before = faults_in_stat(), before = faults_now();

		store_each(area, count, 1);

		struct faults spent = faults_since(before), stat = faults_in_stat();
		struct faults ever = faults_now();

		assert_equals(spent.minor, count, "minor faults as getrusage counts them");
		assert_equals(stat.minor - stat_before.minor, count, "minor faults in stat");
		assert_equals(stat.minor, ever.minor, "all minor faults ever, in stat");
		assert_equals(stat.major, ever.major, "all major faults ever, in stat");
	}
}

CLAIM(perf_agrees_with_getrusage, "fault-18", "The perf event minor-faults counts the same",
      .needs = FAULT_COUNTS)
{
	int counter = perf_counter(PERF_MINOR_FAULTS);

	rehearse();
	perf_count(counter);
	for (size_t count = 1; count <= MANY; count *= 10) {
		char *area = fresh_pages(count, MAP_PRIVATE);
		long before = perf_count(counter);
		struct faults spent = faults_of(store_each(area, count, 1));

		assert_equals(perf_count(counter) - before, count, "minor-faults of perf");
		assert_equals(spent.minor, count, "minor faults as getrusage counts them");
		before = perf_count(counter);
		store_each(area, count, 2);
		assert_equals(perf_count(counter) - before, 0,
			      "minor-faults of perf the second time");
	}
}

CLAIM(major_faults_agree_too, "fault-18",
      "Field 12 of /proc/self/stat and getrusage count the same major fault",
      .needs = FAULT_COUNTS | DISK_FILE)
{
	int fd = disk_file(PAGES, 1);

	rehearse_stat();
	if (!cool_down(fd, PAGES)) {
		undecided("needs a file that leaves the page cache: a disk at rest below TMPDIR");
	}

	char *area = mmap(NULL, PAGES * page_size(), PROT_READ, MAP_SHARED, fd, 0);

	arrange(area != MAP_FAILED && madvise(area, PAGES * page_size(), MADV_RANDOM) == 0);

	struct faults stat_before = faults_in_stat();
	struct faults spent = faults_of(load(page(area, PAGES / 2)));
	struct faults stat = faults_in_stat();

	assert_equals(spent.major, 1, "major faults as getrusage counts them");
	assert_equals(stat.major - stat_before.major, 1, "major faults in stat");
	assert_equals(stat.minor - stat_before.minor, 0, "minor faults in stat");
}

/* So many accesses that are refused, in three ways; how many of them ended in a signal. */
static size_t be_refused(char *unmapped, char *forbidden, char *beyond)
{
	size_t signals = 0;

	for (size_t i = 0; i < MANY; i++) {
		signals += try_load(unmapped).signal == SIGSEGV;
		signals += try_store(forbidden, 1).signal == SIGSEGV;
		signals += try_load(beyond).signal == SIGBUS;
	}
	return signals;
}

CLAIM(a_fault_that_becomes_a_signal_is_not_counted, "fault-13",
      "Thousands of faults that end in SIGSEGV or SIGBUS add nothing to the fault counters",
      .needs = FAULT_COUNTS)
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE), *forbidden = page(area, 3);
	int empty = memfd_create("empty", MFD_CLOEXEC);
	char *beyond = mmap(NULL, page_size(), PROT_READ, MAP_SHARED, empty, 0);

	if (beyond == MAP_FAILED) {
		undecided("needs a file in memory: a kernel with memfd_create, and a descriptor");
	}
	store(forbidden, 1);
	arrange(mprotect(forbidden, page_size(), PROT_READ) == 0);
	arrange(munmap(area, page_size()) == 0);
	rehearse();

	size_t signals = 0;
	struct faults spent = faults_of(signals = be_refused(area, forbidden, beyond));

	assert_equals(signals, 3 * MANY, "signals");
	assert_equals(spent.minor, 0, "minor faults");
	assert_equals(spent.major, 0, "major faults");
}

CLAIM(the_processor_did_fault, "fault-13",
      "The perf event page-faults, which counts the traps themselves, counts each of them",
      .needs = FAULT_COUNTS)
{
	char *area = fresh_pages(1, MAP_PRIVATE);
	int traps = perf_counter(PERF_PAGE_FAULTS);
	size_t signals = 0;

	arrange(munmap(area, page_size()) == 0);
	rehearse();
	perf_count(traps);

	long before = perf_count(traps);
	struct faults spent = faults_of(
		for (int i = 0; i < MANY; i++) { signals += try_load(area).signal == SIGSEGV; });

	assert_at_least(perf_count(traps) - before, MANY, "page-faults of perf");
	assert_equals(signals, MANY, "signals");
	assert_equals(spent.minor, 0, "minor faults");
}

CONTROL(repaired_faults_are_counted, "fault-13",
	"As many faults that were repaired are counted, and raise no signal", .needs = FAULT_COUNTS)
{
	char *area = fresh_pages(MANY, MAP_PRIVATE);
	size_t signals = 0;

	rehearse();

	struct faults spent = faults_of(for (size_t i = 0; i < MANY; i++) {
		signals += try_store(page(area, i), 1).signal != 0;
	});

	assert_equals(signals, 0, "signals");
	assert_equals(spent.minor, MANY, "minor faults");
}

CONTROL(who_touches_nothing_counts_nothing, "fault-18",
	"Without a first touch none of the counters moves, however often the pages are used",
	.needs = FAULT_COUNTS)
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE);

	rehearse_stat();
	store_each(area, PAGES, 1);

	struct faults stat_before = faults_in_stat();
	struct faults spent =
		faults_of(for (int i = 0; i < MANY; i++) { store_each(area, PAGES, 2); });
	struct faults stat = faults_in_stat();

	assert_equals(spent.minor, 0, "minor faults");
	assert_equals(stat.minor - stat_before.minor, 0, "minor faults in stat");
	assert_equals(stat.major - stat_before.major, 0, "major faults in stat");
}
