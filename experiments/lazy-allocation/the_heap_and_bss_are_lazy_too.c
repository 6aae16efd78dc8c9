/* SPDX-License-Identifier: MIT */
/*
 * The heap and the zeroed globals are as lazy as mmap
 * ===================================================
 *
 * Laziness is no habit of mmap, it is how the kernel treats all memory that starts as zeros. Two
 * more kinds of it are older than mmap. The heap (document 004, section 3.3) ends at the program
 * break, and brk(2) does no more than to move that line. The global variables without a value
 * (bss, section 3.2) need no room in the program's file: the loader maps so much anonymous
 * memory, and goes on.
 *
 *      old break                              new break
 *          |..........................................|        nothing behind it
 *          |ooooo.....................................|        after five stores
 *
 *      |data of the file|bss ...................................|
 *                        ^ this page is brought by the loader: half of it is data
 *
 * So a program may declare a table of a gibibyte, and pays for the entries that it uses.
 *
 * Look with: /proc/PID/pagemap, getrusage(2) ru_minflt.
 * Read on:   brk(2), mlockall(2) MCL_FUTURE; document 001 "Lazy Allocation Explained"; document 004
 *            sections 3.2, 3.3 and 5.2.
 */
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("The heap and the zeroed globals are as lazy as mmap");

enum { PAGES = 10, TOUCHED = 5, TABLE = 4 * 1024 * 1024 };

/* Declared, never written before a claim does. */
static char table[TABLE];

/* The table's whole pages, without those at its ends that it may share with other variables. */
static char *pages_of_table(size_t *count)
{
	char *first = page_of(table + 2 * page_size() - 1);

	*count = (size_t)(page_of(table + TABLE - page_size()) - first) / page_size();
	return first;
}

/* Pages of heap that nobody has used: raw brk, for musl's own refuses, and malloc may use sbrk. */
static char *grow_heap(size_t count)
{
	char *heap = page_of((char *)syscall(SYS_brk, 0) + page_size() - 1);

	if ((char *)syscall(SYS_brk, page(heap, count)) != page(heap, count)) {
		undecided("needs room above the program break: raise ulimit -d");
	}
	return heap;
}

CLAIM(the_heap_grows_lazily, "lazy-23",
      "Behind heap that brk has just added there is nothing, and each store brings its page alone",
      .needs = FRAME_IDENTITY)
{
	char *heap = grow_heap(PAGES);

	assert_strip(observe_pages("grown", heap, PAGES), ".");
	store_each(heap, TOUCHED, 'x');
	assert_strip(observe_pages("stored", heap, PAGES), "ooooo.....");
	load(page(heap, PAGES - 1));
	assert_strip(observe_pages("loaded", heap, PAGES), "ooooo....z");
}

CLAIM(each_page_of_heap_costs_one_fault, "lazy-23",
      "Growing the heap faults not at all, its first use once a page, its second use not at all",
      .needs = FAULT_COUNTS)
{
	char *heap = grow_heap(1); /* binds what is called below, and ends on a page */

	assert_equals(faults_of(heap = grow_heap(PAGES)).minor, 0, "minor faults of brk");
	assert_equals(faults_of(store_each(heap, PAGES, 'x')).minor, PAGES,
		      "minor faults of the first store to each page");
	assert_equals(faults_of(store_each(heap, PAGES, 'y')).minor, 0,
		      "minor faults of the second store");
}

CLAIM(a_zeroed_table_is_lazy, "lazy-23",
      "Behind a global table of 4 MiB there is nothing when the program runs, until it is used",
      .needs = PAGE_STATES)
{
	size_t count;
	char *pages = pages_of_table(&count);

	assert_equals(count_present(observe_pages("declared", pages, count)), 0, "pages present");
	store(page(pages, count / 2), 'x');
	load(page(pages, count - 1));

	struct pages used = observe_pages("used", pages, count);

	assert_equals(count_present(used), 2, "pages present after two were touched");
	assert_equals(page_is_present(used, count / 2), true, "the page stored to is present");
	assert_equals(page_is_present(used, count - 1), true, "the page loaded from is present");
}

CLAIM(a_zeroed_table_is_zero, "lazy-23",
      "A global table without a value is zero to its last byte, also in pages that are written to")
{
	size_t count;
	char *pages = pages_of_table(&count);

	assert_all_bytes(table, TABLE, 0, "the table before its first use");
	store_each(pages, count, 0);
	assert_all_bytes(table, TABLE, 0, "the table with a frame behind every page");
}

CONTROL(what_was_used_is_there, "lazy-23",
	"Heap and table that were filled are present in every page", .needs = FRAME_IDENTITY)
{
	char *heap = grow_heap(PAGES);

	memset(heap, 'x', PAGES * page_size());
	memset(table, 'x', TABLE);
	assert_strip(observe_pages("heap", heap, PAGES), "o");

	size_t count;
	char *pages = pages_of_table(&count);

	assert_strip(observe_pages("table", pages, count), "o");
	assert_all_bytes(table, TABLE, 'x', "the table after it was filled");
}

CONTROL(a_locked_future_is_not_lazy, "lazy-23",
	"After mlockall(MCL_FUTURE) brk brings every page of what it adds, before any touch",
	.needs = FRAME_IDENTITY | FAULT_COUNTS)
{
	if (mlockall(MCL_FUTURE) != 0) {
		undecided("needs leave to lock memory: raise ulimit -l");
	}

	char *heap = grow_heap(PAGES);

	assert_strip(observe_pages("grown", heap, PAGES), "o");
	assert_equals(faults_of(store_each(heap, PAGES, 'x')).minor, 0, "minor faults of its use");
}
