/* SPDX-License-Identifier: MIT */
/*
 * Shared memory is left alone by fork
 * ===================================
 *
 * fork "flags each page in both processes as read-only, and each area struct in both processes as
 * private copy-on-write", says document 002. Read literally that would be the end of shared memory:
 * the next write of either process would part it. In truth the sentence is about private
 * areas only. A MAP_SHARED area stays shared, its entries stay writable, and parent and child go on
 * writing into one memory; it is the oldest way for the two to talk.
 *
 *      after fork        entries         next write of the parent      the child reads
 *      MAP_PRIVATE       read-only       fault, copy                   the old bytes
 *      MAP_SHARED        writable        no fault                      the new ones
 *
 * Look with: ru_minflt of getrusage(2); the fourth letter of the permissions in /proc/self/maps.
 * Read on:   fork(2), mmap(2) MAP_SHARED; document 002 "fork revisited".
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("Shared memory is left alone by fork");

enum { PAGES = 64 };

static char *mapped(size_t count, int sharing)
{
	char *area = mmap(NULL, count * page_size(), PROT_READ | PROT_WRITE,
			  sharing | MAP_ANONYMOUS, -1, 0);

	arrange(area != MAP_FAILED);
	return area;
}

/* After a fork the counting itself costs faults (its code, its stack): all is used once here. */
static void rehearse(void)
{
	(void)faults_of(store_each(mapped(1, MAP_PRIVATE), 1, 0));
}

CLAIM(shared_memory_is_left_writable, "fork-08",
      "After fork the parent writes shared memory that it wrote before without a single fault",
      .needs = FAULT_COUNTS)
{
	char *area = mapped(PAGES, MAP_SHARED);
	struct child other;

	write_pattern(area, PAGES * page_size(), 1);
	START_CHILD(other) {
		hand_over();
		assert_pattern(area, PAGES * page_size(), 2, "what the child reads");
	}
	rehearse();
	assert_equals(faults_of(write_pattern(area, PAGES * page_size(), 2)).minor, 0,
		      "faults of the parent's writes");
	end_child(&other);
}

CLAIM(shared_memory_stays_common, "fork-08",
      "What either process writes into shared memory after the fork, the other one reads")
{
	char *area = mapped(PAGES, MAP_SHARED);
	struct child other;

	write_pattern(area, (PAGES - 1) * page_size(), 1); /* the last page is new to both */
	START_CHILD(other) {
		assert_pattern(area, (PAGES - 1) * page_size(), 1, "what the child inherits");
		write_pattern(area, PAGES * page_size(), 2);
		hand_over();
		assert_pattern(area, PAGES * page_size(), 3, "what the child reads");
		write_pattern(area, PAGES * page_size(), 4);
	}
	assert_pattern(area, PAGES * page_size(), 2, "what the parent reads");
	write_pattern(area, PAGES * page_size(), 3);
	end_child(&other);
	assert_pattern(area, PAGES * page_size(), 4, "what the parent reads at last");
}

CLAIM(a_shared_area_is_still_called_shared, "fork-08", "The area is rw-s in both processes",
      .needs = AREA_LIST)
{
	char *area = mapped(PAGES, MAP_SHARED);

	IN_CHILD {
		assert_text(observe_area(area).permissions, "rw-s", "the area's rights");
	}
	assert_text(observe_area(area).permissions, "rw-s", "the area's rights");
}

CONTROL(private_memory_is_write_protected, "fork-08",
	"The same writes into private memory fault once a page, and are not seen by the child",
	.needs = FAULT_COUNTS)
{
	char *area = mapped(PAGES, MAP_PRIVATE);
	struct child other;

	write_pattern(area, PAGES * page_size(), 1);
	START_CHILD(other) {
		hand_over();
		assert_pattern(area, PAGES * page_size(), 1, "what the child reads");
	}
	rehearse();
	assert_equals(faults_of(write_pattern(area, PAGES * page_size(), 2)).minor, PAGES,
		      "faults of the parent's writes");
	end_child(&other);
}
