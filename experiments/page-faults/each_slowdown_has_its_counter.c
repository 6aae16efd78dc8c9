/* SPDX-License-Identifier: MIT */
/*
 * Each slowdown has its counter
 * =============================
 *
 * A program can be slow in many ways that feel the same. Document 004 (20.6) tells where to look: the
 * kernel counts, for each process, how often it had to do something for it, and each cause moves a counter
 * of its own:
 *
 *      what makes it slow               ru_minflt   ru_majflt   switches
 *      nothing: it computes                 0           0           0
 *      it touches new memory              pages         0           0
 *      its files are on disk                0         pages       pages      a disk is waited for
 *      it waits for somebody else           0           0         times
 *
 * Look with: getrusage(2): ru_minflt, ru_majflt, and ru_nvcsw and ru_nivcsw, which are switches to others.
 * Read on:   getrusage(2), proc_pid_status(5); document 004 section 20.6.
 */
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include <touchstone/experiment.h>
#include <touchstone/processors.h>

EXPERIMENT("Each slowdown has its counter");

enum { PAGES = 32, TIMES = 32, SEED = 3, ATTEMPTS = 100 };

struct counts {
	long minor, major, switches;
};

static struct counts counts_now(void)
{
	struct rusage usage;

	arrange(getrusage(RUSAGE_SELF, &usage) == 0);
	return (struct counts){usage.ru_minflt, usage.ru_majflt, usage.ru_nvcsw + usage.ru_nivcsw};
}

static struct counts counts_of(void (*slow)(void *context), void *context)
{
	struct counts before = counts_now(), now;

	slow(context);
	now = counts_now();
	return (struct counts){now.minor - before.minor, now.major - before.major,
			       now.switches - before.switches};
}

static void compute(void *context)
{
	volatile unsigned long *number = context;

	for (int i = 0; i < 10000; i++) {
		*number = *number * 31 + 7;
	}
}

static void touch_pages(void *context)
{
	load_each(context, PAGES);
}

static void wait_for_child(void *context)
{
	for (int i = 0; i < TIMES; i++) {
		give_turn(context);
	}
}

CLAIM(new_memory_shows_as_minor_faults, "perf-06",
      "A program that touches new memory has a minor fault for each page, and no major one",
      .needs = FAULT_COUNTS)
{
	struct counts counts = {0};

	for (int attempt = 0; attempt < ATTEMPTS && (attempt == 0 || counts.switches); attempt++) {
		counts = counts_of(touch_pages, fresh_pages(PAGES, MAP_PRIVATE));
		assert_equals(counts.minor, PAGES, "minor faults");
		assert_equals(counts.major, 0, "major faults");
		sched_yield(); /* who has just waited is not made to wait so soon again */
	}
	if (counts.switches) {
		undecided("needs a moment without others: %ld switches, %d times", counts.switches,
			  ATTEMPTS);
	}
}

CLAIM(a_disk_shows_as_major_faults, "perf-06",
      "A program whose file is on disk has a major fault for each page, and no minor one",
      .needs = FAULT_COUNTS | DISK_FILE)
{
	int fd = cold_file(PAGES, SEED);
	char *area = fresh_mapping(PAGES, MAP_SHARED, fd);

	arrange(madvise(area, PAGES * page_size(), MADV_RANDOM) == 0);

	struct counts counts = counts_of(touch_pages, area);

	assert_equals(counts.major, PAGES, "major faults");
	assert_equals(counts.minor, 0, "minor faults");
	close(fd);
}

CLAIM(waiting_shows_as_switches, "perf-06",
      "A program that waits for another is switched from, and has no fault", .needs = FAULT_COUNTS)
{
	struct child other;
	struct counts counts = {0};

	/* On one processor neither can go on before the other sleeps. */
	stay_on_one_processor();
	for (int i = 0; i < ATTEMPTS && (i == 0 || counts.minor || !counts.switches); i++) {
		START_CHILD(other) {
			for (int turn = 0; turn <= TIMES; turn++) {
				hand_over();
			}
		}
		give_turn(&other); /* whatever waiting needs is touched now */
		counts = counts_of(wait_for_child, &other);
		end_child(&other);
	}
	assert_equals(counts.minor + counts.major, 0, "faults");
	assert_differs(counts.switches, 0, "switches to others");
}

CONTROL(computing_moves_no_counter, "perf-06",
	"A program that only computes moves none of the three", .needs = FAULT_COUNTS)
{
	unsigned long number = 1;
	struct counts counts = {1, 1, 1};

	for (int i = 0; i < ATTEMPTS && (counts.minor || counts.major || counts.switches); i++) {
		counts = counts_of(compute, &number);
		sched_yield();
	}
	assert_equals(counts.minor + counts.major, 0, "faults");
	if (counts.switches) {
		undecided("needs a moment without others: %ld switches, %d times", counts.switches,
			  ATTEMPTS);
	}
}
