/* SPDX-License-Identifier: MIT */
/*
 * A load may wait for the disk
 * ============================
 *
 * "Access latency can be hidden in page faults", says document 004 (16.5): two loads that look
 * alike in the program differ by a disk. Whoever loads from a page that is not in memory sleeps
 * until it has been read, and neither knows nor can refuse. It counts as a major fault. Who minds
 * asks for the pages beforehand, and waits there.
 *
 *      load a byte      not cached     [ fault ][ .  .  . the disk .  .  . ][ enter ]   major
 *                       cached         [ fault ][ enter ]                               minor
 *                       mapped         no fault
 *
 * How long a disk takes is its own affair; only that it takes longer is asserted.
 *
 * Look with: ru_majflt of getrusage(2); times, as a ratio in one run.
 * Read on:   mmap(2) MAP_POPULATE, getrusage(2); document 004 section 16.5.
 */
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("A load may wait for the disk");

enum { PAGES = 16, SEED = 5, LARGEST_PAGE = 64 * 1024 };

/* A mapping in no page table yet, of which each page is read from the disk alone. */
static char *map_anew(int fd, int flags)
{
	char *area = mmap(NULL, PAGES * page_size(), PROT_READ, MAP_SHARED | flags, fd, 0);

	arrange(area != MAP_FAILED && madvise(area, PAGES * page_size(), MADV_RANDOM) == 0);
	return area;
}

struct subject {
	int fd;
	char *area;
};

static void prepare_cold(void *context)
{
	struct subject *subject = context;

	arrange(munmap(subject->area, PAGES * page_size()) == 0);
	make_cold(subject->fd, PAGES); /* what was on its way has come: all of it was waited for */
	subject->area = map_anew(subject->fd, 0);
}

static void prepare_cached(void *context)
{
	static char buffer[PAGES * LARGEST_PAGE];
	struct subject *subject = context;

	arrange(munmap(subject->area, PAGES * page_size()) == 0);
	read_at(subject->fd, buffer, PAGES * page_size(), 0);
	subject->area = map_anew(subject->fd, 0);
}

static void load_one(void *context)
{
	load(page(((struct subject *)context)->area, PAGES / 2));
}

static void load_all(void *context)
{
	load_each(((struct subject *)context)->area, PAGES);
}

static struct subject new_subject(void)
{
	struct subject subject = {.fd = disk_file(PAGES, SEED)};

	arrange(page_size() <= LARGEST_PAGE);
	arrange(posix_fadvise(subject.fd, 0, 0, POSIX_FADV_RANDOM) == 0);
	subject.area = map_anew(subject.fd, 0);
	return subject;
}

CLAIM(a_load_of_an_absent_page_is_a_wait, "mapfile-13",
      "One load from a page that is not in memory is one major fault, and takes twice as long",
      .needs = DISK_FILE | FAULT_COUNTS | TIMING)
{
	struct subject subject = new_subject();
	struct race race = {.before_slow = prepare_cold,
			    .slow = load_one,
			    .before_fast = prepare_cached,
			    .fast = load_one,
			    .context = &subject,
			    .wanted = 2};

	prepare_cold(&subject);
	assert_equals(faults_of(load_one(&subject)).major, 1, "major faults of a load");
	assert_equals(faults_of(load_one(&subject)).major, 0, "major faults of the next");
	prepare_cached(&subject);

	struct faults cached = faults_of(load_one(&subject));

	assert_equals(cached.major, 0, "major faults of a load from a cached page");
	assert_equals(cached.minor, 1, "minor faults of it");
	assert_race(&race, "a load that waits for the disk, against one that finds its page");
}

CONTROL(what_is_there_beforehand_is_not_waited_for, "mapfile-13",
	"After MAP_POPULATE, which waits once for all pages, no load faults at all",
	.needs = DISK_FILE | FAULT_COUNTS)
{
	struct subject subject = new_subject();

	make_cold(subject.fd, PAGES);
	subject.area = map_anew(subject.fd, MAP_POPULATE);

	struct faults spent = faults_of(load_all(&subject));

	assert_equals(spent.major, 0, "major faults");
	assert_equals(spent.minor, 0, "minor faults");
	assert_pattern(subject.area, PAGES * page_size(), SEED, "the file");
}
