/* SPDX-License-Identifier: MIT */
/*
 * Waiting for a disk takes longer
 * ===============================
 *
 * The documents keep major faults apart from minor ones for the sake of one word: slow. "A major
 * fault, which needs disk I/O, is far more expensive", says document 004 (10.2), and so does
 * 003.
 *
 *      minor    entry                                  about 1 us
 *      major    read, wait, entry                      about 50 us for an SSD, ms for a turning disk
 *
 * How many times longer is the disk's affair, and a disk in memory hardly takes longer at all.
 * So the two are taken in turn, the quickest of each is compared, and twice is enough. If not
 * even that is seen, the disk is at fault and not the sentence.
 *
 * Look with: a monotonic clock; ru_majflt of getrusage(2), which tells that it was a major fault.
 * Read on:   getrusage(2), posix_fadvise(2); documents 003, 004 section 10.2.
 */
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("Waiting for a disk takes longer");

enum { PAGES = 4, SEED = 7, ROUNDS = 25 };

/* A mapping of a file whose pages are on disk only. */
static char *cold_pages(void)
{
	int fd = cold_file(PAGES, SEED);

	char *area = fresh_mapping(PAGES, MAP_SHARED, fd);

	arrange(madvise(area, PAGES * page_size(), MADV_RANDOM) == 0 && close(fd) == 0);
	return area;
}

/* Its pages are on disk in the slow turn, in memory in the fast one. */
struct files {
	char *cold, *cached;
	long slow_majors, fast_majors;
};

static void map_cold_file(void *context)
{
	struct files *files = context;

	files->cold = cold_pages();
}

static void load_cold(void *context)
{
	struct files *files = context;

	files->slow_majors += faults_of(load(files->cold)).major;
}

static void forget_cached_pages(void *context)
{
	struct files *files = context;

	arrange(madvise(files->cached, PAGES * page_size(), MADV_DONTNEED) == 0);
}

static void load_cached(void *context)
{
	struct files *files = context;

	files->fast_majors += faults_of(load(files->cached)).major;
}

static struct race race_of(struct files *files)
{
	files->cached = cold_pages();
	load_each(files->cached, PAGES);
	return (struct race){.before_slow = map_cold_file,
			     .slow = load_cold,
			     .before_fast = forget_cached_pages,
			     .fast = load_cached,
			     .context = files,
			     .wanted = 2.0,
			     .rounds = ROUNDS};
}

CLAIM(a_major_fault_takes_longer, "fault-10 perf-05",
      "The quickest major fault takes at least twice as long as the quickest minor one",
      .needs = FAULT_COUNTS | DISK_FILE | TIMING)
{
	struct files files = {0};
	struct race race = race_of(&files);
	double ratio = run_race(&race);

	evidence("nanoseconds", "%.0f major, %.0f minor", race.slow_ns, race.fast_ns);
	assert_at_least(files.slow_majors, 1, "major faults of the slow touches");
	assert_equals(files.fast_majors, 0, "major faults of the quick ones");
	if (ratio < race.wanted) {
		undecided("needs a disk that is slower than memory: another TMPDIR");
	}
}

CONTROL(a_cached_file_is_no_slower, "fault-10 perf-05",
	"When the file is in memory the touch of a new mapping is a minor fault, each time",
	.needs = FAULT_COUNTS | DISK_FILE)
{
	struct files files = {0};

	race_of(&files);
	for (int i = 0; i < ROUNDS; i++) {
		forget_cached_pages(&files);
		assert_equals(faults_of(load_cached(&files)).minor, 1, "minor faults");
	}
	assert_equals(files.fast_majors, 0, "major faults");
}
