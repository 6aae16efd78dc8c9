/* SPDX-License-Identifier: MIT */
/*
 * A page that is lent costs its writer one fault, once
 * ====================================================
 *
 * The area says rw-p, and still the first store traps. Permission stands in two places: the area
 * says what the program may do, the page-table entry what the processor lets pass without
 * asking. While a frame is lent (the page of zeros to a reader, a file's page, a page shared with a
 * child) the entry is read-only; the fault handler finds that the area allows the write, copies,
 * and makes the entry writable. From then on stores are free.
 *
 *                              entry                    first store     second store
 *      never touched           none                     1 fault         0
 *      read before             read-only, lent frame    1 fault more    0
 *      written, then forked    read-only, both sides    1 fault         0
 *      written, never forked   writable                 0               0
 *
 * Document 002 flags the entries of a private area read-only when it is mapped. In truth there is
 * no entry before the first access, so nothing is there to be flagged: who writes first faults
 * once, and gets the copy at once. Only who reads first pays twice.
 *
 * Look with: ru_minflt of getrusage(2); bit 61 of /proc/PID/pagemap.
 * Read on:   getrusage(2), mmap(2) MAP_PRIVATE; documents 002 "Shared Objects Revisited", 004
 *            section 18.1.
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("A page that is lent costs its writer one fault, once");

enum { PAGES = 64 };

/* One page of a file in the page cache, mapped alone lest it be mapped along with a neighbour. */
static char *file_page(int sharing)
{
	return fresh_mapping(1, sharing, memory_file(1, 1));
}

/* After a fork the counting itself costs faults (its code, its stack): all is used once here. */
static void rehearse(void)
{
	char *spare = fresh_pages(1, MAP_PRIVATE);

	(void)faults_of(load_each(spare, 1); store_each(spare, 1, 0); store(page(spare, 0) + 1, 0));
}

/* A store at either end of each page. */
static void store_both_ends(char *area, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		store(page(area, i), 'a');
		store(page(area, i + 1) - 1, 'z');
	}
}

CLAIM(who_reads_first_pays_twice, "cow-02",
      "A private page that was read faults again when it is written, once", .needs = FAULT_COUNTS)
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE);

	rehearse();
	assert_equals(faults_of(load_each(area, PAGES)).minor, PAGES, "faults of the first reads");
	assert_equals(faults_of(load_each(area, PAGES)).minor, 0, "faults of the second reads");
	assert_equals(faults_of(store_each(area, PAGES, 1)).minor, PAGES,
		      "faults of the first writes");
	assert_equals(faults_of(store_both_ends(area, PAGES)).minor, 0,
		      "faults of the writes that follow");
}

CLAIM(who_writes_first_gets_the_copy_at_once, "cow-06",
      "A private file page costs one fault when it is written first, two when it is read first",
      .needs = FAULT_COUNTS | PAGE_STATES)
{
	char *written = file_page(MAP_PRIVATE), *read = file_page(MAP_PRIVATE);
	unsigned char same; /* the byte that is there already, so that the copy stays comparable */

	pattern_bytes(&same, 1, 1, 0);
	rehearse();
	assert_equals(faults_of(store(written, same)).minor, 1, "faults of a write to a new page");
	assert_equals(faults_of(load(read)).minor, 1, "faults of a read of a new page");
	assert_equals(faults_of(store(read, same)).minor, 1, "faults of the write after that read");
	assert_equals(count_of_file(observe_pages("written first", written, 1)), 0,
		      "file pages behind the page written first");
	assert_equals(count_of_file(observe_pages("read first", read, 1)), 0,
		      "file pages behind the page read first");
	assert_pattern(written, page_size(), 1, "the copy of the page written first");
	assert_pattern(read, page_size(), 1, "the copy of the page read first");
}

CLAIM(the_writer_has_the_page_for_good, "cow-04",
      "Once a page is copied, further writes to it take no fault, at its either end",
      .needs = FAULT_COUNTS)
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1);

	IN_CHILD {
		rehearse();
		assert_equals(faults_of(store_both_ends(area, PAGES)).minor, PAGES,
			      "faults of the child's first writes");
		assert_equals(faults_of(store_both_ends(area, PAGES)).minor, 0,
			      "faults of its second writes");
	}
}

CLAIM(fork_takes_the_parents_permission_too, "fork-07",
      "After fork the parent, too, faults on each page it writes, and the child sees nothing of it",
      .needs = FAULT_COUNTS)
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1);
	struct child other;

	START_CHILD(other) {
		hand_over();
		assert_pattern(area, PAGES * page_size(), 1, "what the child still reads");
	}
	rehearse();
	assert_equals(faults_of(store_both_ends(area, PAGES)).minor, PAGES,
		      "faults of the parent's first writes");
	assert_equals(faults_of(store_both_ends(area, PAGES)).minor, 0,
		      "faults of its second writes");
	end_child(&other);
}

CONTROL(a_page_that_is_nobody_elses_costs_nothing_more, "cow-02 cow-04 fork-07",
	"A fresh page faults once in all, when it is written first, and without a fork never again",
	.needs = FAULT_COUNTS)
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE);

	rehearse();
	assert_equals(faults_of(store_both_ends(area, PAGES)).minor, PAGES,
		      "faults of the first writes");
	rehearse();
	assert_equals(faults_of(store_both_ends(area, PAGES)).minor, 0,
		      "faults of the second writes");
}

CONTROL(a_shared_page_is_not_copied, "cow-06",
	"A shared file page costs one fault as well, and stays the file's",
	.needs = FAULT_COUNTS | PAGE_STATES)
{
	char *written = file_page(MAP_SHARED);

	rehearse();
	assert_equals(faults_of(store(written, 'w')).minor, 1, "faults of a write to a new page");
	assert_equals(count_of_file(observe_pages("written first", written, 1)), 1,
		      "file pages behind it");
}
