/* SPDX-License-Identifier: MIT */
/*
 * fork copies only the page-table entries that it must
 * ====================================================
 *
 * Document 002 says that fork makes exact copies of the page tables, flags each page in both processes
 * read-only, and each area private copy-on-write. In truth none of the three is so in general.
 *
 * An entry is copied where nothing else remembers what it says: for memory that was written
 * privately. Pages that can be found again (in a shared object, in a file, or as zeros) are left out of
 * the child's tables, and found again by a fault when the child comes to need them. And a shared
 * area is neither made private nor write-protected: parent and child go on writing into one memory.
 *
 *      the parent has touched            parent       child, untouched yet
 *      anonymous memory, written         ssssssss     ssssssss
 *      anonymous memory, only read       zzzzzzzz     ........
 *      a private file, only read         oooooooo     ........
 *      shared memory, written            oooooooo     ........
 *      a private file, one page written  osssssss     ssssssss    the area is copied whole
 *
 * The left-out entries are a saving, not a promise; every kernel that this suite knows makes it.
 *
 * Look with: /proc/PID/pagemap bit 63; ru_minflt; /proc/self/maps.
 * Read on:   fork(2), mmap(2); document 002 "fork revisited".
 */
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("fork copies only the page-table entries that it must");

enum { PAGES = 8, MANY = 64 };

/* Mapped into a place of its own: an area that merges with a written one would be copied with it. */
static char *mapped(size_t count, int sharing, int fd)
{
	char *area = mmap(reserve(count), count * page_size(), PROT_READ | PROT_WRITE,
			  sharing | MAP_FIXED | (fd < 0 ? MAP_ANONYMOUS : 0), fd, 0);

	arrange(area != MAP_FAILED);
	return area;
}

/* A file in memory, filled through a shared mapping that is gone again. */
static int file_in_memory(void)
{
	int fd = memfd_create("file", MFD_CLOEXEC);

	arrange(fd >= 0 && ftruncate(fd, (off_t)(PAGES * page_size())) == 0);

	char *view = mapped(PAGES, MAP_SHARED, fd);

	write_pattern(view, PAGES * page_size(), 1);
	arrange(munmap(view, PAGES * page_size()) == 0);
	return fd;
}

/* After a fork the counting itself costs faults: its code, its stack. All that is used once here. */
static void rehearse(void)
{
	(void)faults_of(store_each(mapped(1, MAP_PRIVATE, -1), 1, 0));
}

CLAIM(what_can_be_found_again_is_left_out, "fork-06",
      "The child has no entry for pages of shared memory, of a file, or of zeros, until it reads them",
      .needs = PAGE_STATES)
{
	char *zeros = mapped(PAGES, MAP_PRIVATE, -1);
	char *file = mapped(PAGES, MAP_PRIVATE, file_in_memory());
	char *shared = mapped(PAGES, MAP_SHARED, -1);

	assert_all_bytes(zeros, PAGES * page_size(), 0, "memory that was only read");
	assert_pattern(file, PAGES * page_size(), 1, "a file that was only read");
	write_pattern(shared, PAGES * page_size(), 2);
	assert_strip(observe_pages("parent, zeros", zeros, PAGES), "p");
	assert_strip(observe_pages("parent, file", file, PAGES), "p");
	assert_strip(observe_pages("parent, shared", shared, PAGES), "p");
	IN_CHILD {
		assert_strip(observe_pages("child, zeros", zeros, PAGES), ".");
		assert_strip(observe_pages("child, file", file, PAGES), ".");
		assert_strip(observe_pages("child, shared", shared, PAGES), ".");
		assert_all_bytes(zeros, PAGES * page_size(), 0, "zeros, read by the child");
		assert_pattern(file, PAGES * page_size(), 1, "the file, read by the child");
		assert_pattern(shared, PAGES * page_size(), 2, "shared memory, read by the child");
		assert_strip(observe_pages("child, shared, read", shared, PAGES), "p");
	}
}

CLAIM(shared_memory_is_left_writable, "fork-08",
      "After fork the parent writes shared memory that it wrote before without a single fault",
      .needs = FAULT_COUNTS)
{
	char *area = mapped(MANY, MAP_SHARED, -1);
	struct child other;

	write_pattern(area, MANY * page_size(), 1);
	START_CHILD(other) {
		hand_over();
		assert_pattern(area, MANY * page_size(), 2, "what the child reads");
	}
	rehearse();
	assert_equals(faults_of(write_pattern(area, MANY * page_size(), 2)).minor, 0,
		      "faults of the parent's writes");
	end_child(&other);
}

CLAIM(shared_memory_stays_common, "fork-08",
      "What either process writes into shared memory after the fork, the other one reads")
{
	char *area = mapped(PAGES, MAP_SHARED, -1);
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

CLAIM(a_shared_area_is_still_called_shared, "fork-08",
      "The area is rw-s in both processes", .needs = AREA_LIST)
{
	char *area = mapped(PAGES, MAP_SHARED, -1);

	IN_CHILD {
		ck_assert_str_eq(observe_area(area).permissions, "rw-s");
	}
	ck_assert_str_eq(observe_area(area).permissions, "rw-s");
}

CONTROL(what_was_written_privately_is_copied, "fork-06",
	"Entries of written memory are all copied; one written page has its whole file area copied",
	.needs = PAGE_STATES)
{
	char *written = mapped(PAGES, MAP_PRIVATE, -1);
	char *file = mapped(PAGES, MAP_PRIVATE, file_in_memory());

	write_pattern(written, PAGES * page_size(), 1);
	assert_pattern(file, PAGES * page_size(), 1, "a file that was read");
	store(file, load(file));
	IN_CHILD {
		assert_strip(observe_pages("child, written", written, PAGES), "p");
		assert_strip(observe_pages("child, file", file, PAGES), "p");
	}
}

CONTROL(private_memory_is_write_protected, "fork-08",
	"The same writes into private memory fault once a page, and are not seen by the child",
	.needs = FAULT_COUNTS)
{
	char *area = mapped(MANY, MAP_PRIVATE, -1);
	struct child other;

	write_pattern(area, MANY * page_size(), 1);
	START_CHILD(other) {
		hand_over();
		assert_pattern(area, MANY * page_size(), 1, "what the child reads");
	}
	rehearse();
	assert_equals(faults_of(write_pattern(area, MANY * page_size(), 2)).minor, MANY,
		      "faults of the parent's writes");
	end_child(&other);
}
