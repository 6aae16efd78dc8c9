/* SPDX-License-Identifier: MIT */
/*
 * A fault that can be repaired is invisible, one that cannot be is a signal
 * =========================================================================
 *
 * Document 001 calls a page fault a trap that occurs when a program accesses "a memory address that
 * is not currently mapped to physical memory". That is half of it. Document 004 (6.5) is more
 * exact: the processor traps whenever what stands in the page table does not satisfy the
 * access, and a page that is there can fault as well, when the access breaks its rights. Which of
 * the two it was does not decide what becomes of it. The kernel asks the area:
 *
 *                          the area allows it              the area forbids it   no area
 *      page absent         a page is brought               SEGV_ACCERR           SEGV_MAPERR
 *      page present,       copied or made writable         SEGV_ACCERR              -
 *        right missing
 *      page present,       no fault at all                    -                     -
 *        right given
 *
 * In the first column the program notices nothing: no signal, the load yields what the page has to
 * hold, the store is kept. Only a counter tells.
 *
 * Look with: signals with si_code and si_addr; ru_minflt of getrusage(2); /proc/PID/pagemap.
 * Read on:   sigaction(2) "si_code", getrusage(2); documents 001 "Page Fault", 002 "User-Level
 *            Memory Mapping", 003, 004 sections 2, 6.5 and 14.2.
 */
#include <signal.h>
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("A fault that can be repaired is invisible, one that cannot be is a signal");

enum { PAGES = 8, SEED = 3 };

static char *filled_pages(int sharing)
{
	char *area = fresh_pages(PAGES, sharing);

	write_pattern(area, PAGES * page_size(), SEED);
	return area;
}

/* Everything that a measured access needs, used once: code, and a stack that is our own. */
static void rehearse(void)
{
	char *area = filled_pages(MAP_PRIVATE);
	struct trap trap;

	(void)faults_of(trap = try_store(area, 1); trap = try_load(area));
	assert_no_trap(trap);
}

CLAIM(lazy_pages_raise_no_signal, "fault-01",
      "No first touch of a valid page raises a signal: loads read zeros, and stores are kept")
{
	const int kinds[] = {MAP_PRIVATE, MAP_SHARED};

	for (size_t kind = 0; kind < 2; kind++) {
		char *area = fresh_pages(PAGES, kinds[kind]);

		for (size_t i = 0; i < PAGES; i++) {
			char *last = page(area, i + 1) - 1;
			struct trap first = i % 2 ? try_load(last) : try_store(last, 's');

			assert_no_trap(first);
			assert_equals(first.loaded, 0, "what the first load reads");
			assert_byte(last, i % 2 ? 0 : 's', "the byte, looked at again");
			assert_all_bytes(page(area, i), page_size() - 1, 0, "the rest of the page");
			assert_no_trap(try_store(last, 't'));
			assert_byte(last, 't', "the byte, stored to again");
		}
	}
}

CLAIM(the_kernel_may_touch_first, "fault-01",
      "A system call that is the first to touch a page succeeds like any other")
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE);
	int ends[2];

	arrange(pipe(ends) == 0 && write(ends[1], "ab", 2) == 2);
	assert_equals(read(ends[0], page(area, 2) - 1, 2), 2,
		      "bytes read over a border of two pages");
	assert_same_bytes(page(area, 2) - 1, "ab", 2, "what was read");
	assert_equals(write(ends[1], page(area, 5) - 1, 2), 2,
		      "bytes written from untouched pages");
}

CLAIM(each_repair_is_one_fault, "fault-01",
      "The first touch of each page is one minor fault, the second none, and none is a signal",
      .needs = FAULT_COUNTS)
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE);
	struct trap trap;

	rehearse();
	for (size_t i = 0; i < PAGES; i++) {
		struct faults first = faults_of(trap = try_store(page(area, i), 's'));

		assert_no_trap(trap);
		assert_equals(first.minor, 1, "minor faults of the first store");
		assert_equals(first.major, 0, "major faults of it");
		assert_equals(faults_of(trap = try_store(page(area, i), 't')).minor, 0,
			      "minor faults of the second");
	}
}

CLAIM(a_present_page_can_fault, "fault-02",
      "A store to a page that is present but read-only gives SEGV_ACCERR and changes no byte",
      .needs = PAGE_STATES)
{
	char *area = filled_pages(MAP_PRIVATE);

	arrange(mprotect(area, PAGES * page_size(), PROT_READ) == 0);
	load_each(area, PAGES);
	assert_strip(observe_pages("before", area, PAGES), "p");
	for (size_t i = 0; i < PAGES; i++) {
		char *middle = page(area, i) + page_size() / 2;

		assert_trap(try_store(middle, 'x'), SIGSEGV, SEGV_ACCERR, middle);
	}
	assert_strip(observe_pages("after", area, PAGES), "p");
	assert_pattern(area, PAGES * page_size(), SEED, "the pages");
}

CLAIM(a_present_page_can_fault_and_be_repaired, "fault-02",
      "A store to a page that is present but shared with a child is one minor fault, and succeeds",
      .needs = PAGE_STATES | FAULT_COUNTS)
{
	char *area = filled_pages(MAP_PRIVATE);

	IN_CHILD {
		struct trap trap;

		rehearse();
		for (size_t i = 0; i < PAGES; i++) {
			assert_strip(observe_pages("page", page(area, i), 1), "p");
			assert_equals(faults_of(trap = try_store(page(area, i), 'c')).minor, 1,
				      "minor faults of the store");
			assert_no_trap(trap);
			assert_byte(page(area, i), 'c', "the byte that was stored");
		}
	}
	assert_pattern(area, PAGES * page_size(), SEED, "the parent's pages");
}

/* Each kind of access to an address that belongs to no area; code lies at even addresses only. */
static void assert_no_area(uintptr_t at)
{
	char *address = (char *)at, *code = (char *)(at & ~(uintptr_t)15);

	assert_trap(try_load(address), SIGSEGV, SEGV_MAPERR, address);
	assert_trap(try_store(address, 1), SIGSEGV, SEGV_MAPERR, address);
	assert_trap(try_call(code), SIGSEGV, SEGV_MAPERR, code);
}

CLAIM(where_there_is_no_area_it_says_so, "fault-04",
      "Each access outside every area, page 0 included, gives SEGV_MAPERR at that address, always")
{
	char *area = filled_pages(MAP_PRIVATE), *hole = page(area, 2);
	const uintptr_t start = (uintptr_t)hole, size = page_size();
	const uintptr_t in_hole[] = {start, start + size + 77, start + 2 * size - 1};
	const uintptr_t in_page_0[] = {0, 8, size - 1};

	arrange(munmap(hole, 2 * size) == 0);
	/* A refusal leaves nothing behind that the next access could find. */
	for (int round = 0; round < 3; round++) {
		for (size_t i = 0; i < 3; i++) {
			assert_no_area(in_hole[i]);
			assert_no_area(in_page_0[i]);
		}
	}
	assert_no_trap(try_load(hole - 1));
	assert_no_trap(try_load(hole + 2 * size));
}

CONTROL(a_wild_access_is_a_signal, "fault-01",
	"The same first touches, after the pages were unmapped, are signals and no minor faults",
	.needs = FAULT_COUNTS)
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE);
	struct trap trap;

	rehearse();
	(void)faults_of(trap = try_load(NULL)); /* the way of a signal, rehearsed as well */
	arrange(munmap(area, PAGES * page_size()) == 0);
	for (size_t i = 0; i < PAGES; i++) {
		assert_equals(faults_of(trap = try_store(page(area, i), 's')).minor, 0,
			      "minor faults of the store");
		assert_trap(trap, SIGSEGV, SEGV_MAPERR, page(area, i));
	}
}

CONTROL(a_present_page_with_the_right_does_not_fault, "fault-02",
	"A store to a page that is present and writable raises neither a signal nor a fault",
	.needs = PAGE_STATES | FAULT_COUNTS)
{
	char *area = filled_pages(MAP_PRIVATE);
	struct trap trap;

	rehearse();
	assert_strip(observe_pages("before", area, PAGES), "p");
	for (size_t i = 0; i < PAGES; i++) {
		assert_equals(faults_of(trap = try_store(page(area, i), 'x')).minor, 0,
			      "minor faults of the store");
		assert_no_trap(trap);
	}
}

CONTROL(in_an_area_it_says_otherwise, "fault-04",
	"In an area without any rights the same accesses give SEGV_ACCERR instead")
{
	char *area = filled_pages(MAP_PRIVATE), *none = page(area, 2);

	arrange(mprotect(none, page_size(), PROT_NONE) == 0);
	assert_trap(try_load(none), SIGSEGV, SEGV_ACCERR, none);
	assert_trap(try_store(none + 77, 1), SIGSEGV, SEGV_ACCERR, none + 77);
	assert_trap(try_call(none), SIGSEGV, SEGV_ACCERR, none);
}
