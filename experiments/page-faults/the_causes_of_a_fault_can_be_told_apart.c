/* SPDX-License-Identifier: MIT */
/*
 * The causes of a page fault can be told apart
 * ============================================
 *
 * "A page fault does not automatically mean an error", says document 004 (6.5), and names four
 * reasons why the processor may be unable to go on. To the processor they are one and the same
 * trap. What tells them apart is what the kernel makes of them, and that a program can see:
 *
 *                                  signal         minor   major
 *      created lazily              -              1       0
 *      valid, but not in memory    -              0       1
 *      violates permissions        SEGV_ACCERR    0       0
 *      address is invalid          SEGV_MAPERR    0       0
 *      none of them: page is there -              0       0
 *
 * Each row is told by a load and by a store here, where both can be, and no two rows are alike.
 *
 * Look with: getrusage(2), ru_minflt and ru_majflt; the signal and its si_code.
 * Read on:   getrusage(2), sigaction(2) "si_code"; document 004 section 6.5.
 */
#include <signal.h>

#include <touchstone/experiment.h>

EXPERIMENT("The causes of a page fault can be told apart");

enum { PAGES = 8, SEED = 3 };

/* What came of one access. */
struct finding {
	struct trap trap;
	struct faults spent;
};

static struct finding find(enum access access, char *address)
{
	static char known;
	struct finding found;

	try_store(&known, 1); /* what is used for the first time may fault */
	found.spent = faults_of(found.trap = access == LOAD ? try_load(address)
							    : try_store(address, 's'));
	return found;
}

static void assert_repaired(struct finding found, long minor, long major)
{
	assert_no_trap(found.trap);
	assert_equals(found.spent.minor, minor, "minor faults");
	assert_equals(found.spent.major, major, "major faults");
}

static void assert_refused_for(struct finding found, int code, char *address)
{
	assert_trap(found.trap, SIGSEGV, code, address);
	assert_equals(found.spent.minor, 0, "minor faults");
	assert_equals(found.spent.major, 0, "major faults");
}

CLAIM(a_lazy_page_is_a_minor_fault, "fault-03",
      "A page that has yet to be created costs one minor fault, and raises no signal",
      .needs = FAULT_COUNTS)
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE);

	for (size_t i = 0; i < PAGES; i++) {
		assert_repaired(find(i % 2 ? LOAD : STORE, page(area, i) + i), 1, 0);
	}
}

CLAIM(a_page_on_disk_is_a_major_fault, "fault-03",
      "A page that is valid but on disk costs one major fault, and raises no signal",
      .needs = FAULT_COUNTS | DISK_FILE)
{
	for (enum access access = LOAD; access <= STORE; access++) {
		int fd = cold_file(PAGES, SEED);
		char *area = fresh_mapping(PAGES, MAP_PRIVATE, fd);

		arrange(madvise(area, PAGES * page_size(), MADV_RANDOM) == 0);
		assert_repaired(find(access, page(area, PAGES / 2)), 0, 1);
	}
}

CLAIM(forbidden_and_invalid_are_signals_of_their_own, "fault-03",
      "A violated permission is SEGV_ACCERR, an invalid address SEGV_MAPERR, and neither is "
      "counted",
      .needs = FAULT_COUNTS)
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, SEED), *hole = page(area, PAGES - 1);
	char *closed = page(area, PAGES - 2), *read_only = page(area, PAGES - 3);

	arrange(munmap(hole, page_size()) == 0);
	arrange(mprotect(closed, page_size(), PROT_NONE) == 0);
	arrange(mprotect(read_only, page_size(), PROT_READ) == 0);
	try_load(hole); /* the first signal costs faults of its own */
	for (int round = 0; round < 2; round++) {
		assert_refused_for(find(LOAD, hole), SEGV_MAPERR, hole);
		assert_refused_for(find(STORE, hole), SEGV_MAPERR, hole);
		assert_refused_for(find(LOAD, closed), SEGV_ACCERR, closed);
		assert_refused_for(find(STORE, closed), SEGV_ACCERR, closed);
		assert_refused_for(find(STORE, read_only), SEGV_ACCERR, read_only);
	}
}

CONTROL(a_page_that_is_there_is_none_of_them, "fault-03",
	"A load and a store of a page that is there cost no fault and raise no signal",
	.needs = FAULT_COUNTS)
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, SEED);

	for (size_t i = 0; i < PAGES; i++) {
		assert_repaired(find(LOAD, page(area, i)), 0, 0);
		assert_repaired(find(STORE, page(area, i)), 0, 0);
	}
}
