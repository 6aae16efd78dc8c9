/* SPDX-License-Identifier: MIT */
/*
 * Unmapping holds for every thread of the process at once, and for no other process
 * =================================================================================
 *
 * munmap changes one address space. All threads of the process live in it, and any of them may be
 * running on another processor whose TLB still holds the old translation. The kernel has to
 * interrupt that processor and have it forget, before munmap returns and the frame goes to
 * somebody else. Other processes have address spaces of their own: whoever else maps the same
 * object keeps it, to the last byte. The object itself goes with its last user.
 *
 *      processor 0             processor 1                 another process
 *      thread A                thread B                    B'
 *      munmap(page) ---------> TLB: page -> [9]   forgets  page -> [9]   keeps
 *      returns                 load(page): SIGSEGV         load(page): as ever
 *
 * Look with: two threads on two processors. A raises a flag once munmap has returned; B looks at the
 *            flag before each load. A load that goes through after the flag was seen is wrong, however
 *            the two are scheduled; nothing depends on time.
 * Read on:   munmap(2), sched_setaffinity(2); documents 002 "User-Level Memory Mapping" and "Shared
 *            Objects Revisited", 004 section 9.
 */
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("Unmapping holds for every thread of the process at once, and for no other process");

enum { PAGES = 4, ROUNDS = 50, LOADS = 100 };

static int object(void)
{
	int fd = memfd_create("object", MFD_CLOEXEC);

	arrange(fd >= 0 && ftruncate(fd, (off_t)(PAGES * page_size())) == 0);
	return fd;
}

static char *map_pages(int flags, int fd)
{
	char *area = mmap(NULL, PAGES * page_size(), PROT_READ | PROT_WRITE, flags, fd, 0);

	arrange(area != MAP_FAILED);
	return area;
}

CLAIM(other_processes_keep_their_mapping, "munmap-08",
      "What one process unmaps, another one that maps the same object still reads and writes")
{
	int fd = object();
	char *area = map_pages(MAP_SHARED, fd);
	struct child other;

	write_pattern(area, PAGES * page_size(), 1);
	START_CHILD(other) {
		hand_over();
		assert_pattern(area, PAGES * page_size(), 1, "what the other process reads");
		write_pattern(area, PAGES * page_size(), 2);
	}
	assert_accepted(munmap(area, PAGES * page_size()));
	assert_trap(try_load(area), SIGSEGV, SEGV_MAPERR, area);
	give_turn(&other);
	end_child(&other);
	assert_pattern(map_pages(MAP_SHARED, fd), PAGES * page_size(), 2,
		       "what the other wrote, mapped anew");
}

CLAIM(the_frames_become_the_others_own, "munmap-08",
      "Frames that two processes mapped are mapped by one alone, after the other's munmap",
      .needs = FRAME_IDENTITY)
{
	char *area = map_pages(MAP_SHARED, object());
	struct child other;

	write_pattern(area, PAGES * page_size(), 1);
	START_CHILD(other) {
		load_each(area, PAGES);
		hand_over();
		assert_accepted(munmap(area, PAGES * page_size()));
		hand_over();
	}
	assert_strip(observe_pages("while both map them", area, PAGES), "s");
	give_turn(&other);
	assert_strip(observe_pages("after one has unmapped them", area, PAGES), "o");
	assert_pattern(area, PAGES * page_size(), 1, "what they hold");
}

CONTROL(the_object_goes_with_its_last_user, "munmap-08",
	"Once nobody maps or holds it the object is lost, and a new one of that name reads zeros")
{
	int fd = object();
	char *area = map_pages(MAP_SHARED, fd);

	write_pattern(area, PAGES * page_size(), 1);
	arrange(close(fd) == 0);
	assert_pattern(area, PAGES * page_size(), 1, "the object, which its mapping keeps alive");
	assert_accepted(munmap(area, PAGES * page_size()));
	assert_all_bytes(map_pages(MAP_SHARED, object()), PAGES * page_size(), 0, "a new object");
}

/* What A and B tell each other. */
struct watch {
	const char *watched;
	int processor;
	atomic_long loads;     /* by B: how often it has read the byte */
	atomic_bool unmapped;  /* by A: munmap has returned */
	struct trap trap;      /* how B's last load ended */
	long wrong, too_late;  /* loads of a wrong byte, loads that munmap should have prevented */
};

static void run_on(int processor)
{
	cpu_set_t set;

	CPU_ZERO(&set);
	CPU_SET(processor, &set);
	arrange(sched_setaffinity(0, sizeof set, &set) == 0);
}

static void *keep_reading(void *argument)
{
	struct watch *watch = argument;

	run_on(watch->processor);
	for (;;) {
		bool was_unmapped = atomic_load(&watch->unmapped);

		watch->trap = try_load(watch->watched);
		if (watch->trap.signal != 0) {
			break;
		}
		watch->wrong += watch->trap.loaded != 'w';
		if (was_unmapped) {
			watch->too_late++;
			break;
		}
		atomic_fetch_add(&watch->loads, 1);
	}
	return NULL;
}

static void wait_for_loads(struct watch *watch, long count)
{
	while (atomic_load(&watch->loads) < count) {
		sched_yield();
	}
}

/* The first two processors that this process may run on. */
static void two_processors(int numbers[2])
{
	cpu_set_t set;
	int found = 0;

	arrange(sched_getaffinity(0, sizeof set, &set) == 0);
	for (int i = 0; i < CPU_SETSIZE && found < 2; i++) {
		if (CPU_ISSET(i, &set)) {
			numbers[found++] = i;
		}
	}
	arrange(found == 2);
}

/* B reads the second of two pages, A unmaps one of them, and it is seen what B reads then. */
static struct watch unmap_while_another_thread_reads(const int processors[2], size_t unmapped)
{
	struct watch watch = {0};
	pthread_t reader;
	char *area = map_pages(MAP_PRIVATE | MAP_ANONYMOUS, -1);

	store(page(area, 1), 'w');
	watch.watched = page(area, 1);
	watch.processor = processors[1];
	run_on(processors[0]);
	arrange(pthread_create(&reader, NULL, keep_reading, &watch) == 0);
	wait_for_loads(&watch, LOADS);

	int answer = munmap(page(area, unmapped), page_size());
	atomic_store(&watch.unmapped, true);
	arrange(answer == 0);
	arrange(pthread_join(reader, NULL) == 0);
	return watch;
}

CLAIM(no_thread_reads_on, "munmap-09",
      "Once munmap has returned, no thread on another processor reads the page even once",
      .needs = TWO_PROCESSORS)
{
	long wrong = 0, too_late = 0;
	int processors[2];

	two_processors(processors);
	for (size_t i = 0; i < ROUNDS; i++) {
		struct watch watch = unmap_while_another_thread_reads(processors, 1);

		wrong += watch.wrong;
		too_late += watch.too_late;
		if (i == 0 && !watch.too_late) {
			assert_trap(watch.trap, SIGSEGV, SEGV_MAPERR, watch.watched);
		}
	}
	assert_equals(too_late, 0, "loads that went through after munmap had returned, in 50 rounds");
	assert_equals(wrong, 0, "loads of a byte that was never in the page");
}

CONTROL(other_pages_are_read_on, "munmap-09",
	"When the page beside it is unmapped, the other thread's loads go through afterwards as before",
	.needs = TWO_PROCESSORS)
{
	int processors[2];

	two_processors(processors);

	struct watch watch = unmap_while_another_thread_reads(processors, 0);

	assert_no_trap(watch.trap);
	assert_equals(watch.too_late, 1, "loads that went through after munmap had returned");
	assert_equals(watch.wrong, 0, "loads of a byte that was never in the page");
}
