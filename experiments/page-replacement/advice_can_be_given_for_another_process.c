/* SPDX-License-Identifier: MIT */
/*
 * Advice can be given for another process, but no order
 * =====================================================
 *
 * A manager that knows which application the user has left can say so for it: process_madvise(2)
 * takes a process, many ranges in one call, and an advice. It answers how many bytes it has
 * advised, for it may stop half-way. Only advice goes, such as MADV_COLD, MADV_PAGEOUT or
 * MADV_WILLNEED, which changes when pages are there and never what they hold. To empty another
 * process's memory is refused, privileged or not.
 *
 *      process_madvise(child, {2 pages, 1 page}, MADV_COLD)           = 3 pages
 *      process_madvise(child, {2 pages, a hole}, MADV_COLD)           = 2 pages
 *      process_madvise(child, {2 pages}, MADV_DONTNEED)               EINVAL
 *
 * Look with: the child's own eyes.
 * Read on:   process_madvise(2) (Linux 5.10), pidfd_open(2).
 */
#include <errno.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("Advice can be given for another process, but no order");

/* The same number on every architecture but alpha. */
#ifndef SYS_process_madvise
#define SYS_process_madvise 440
#endif

enum { PAGES = 6 };

static long advise(int process, struct iovec *ranges, size_t count, int advice, unsigned flags)
{
	return syscall(SYS_process_madvise, process, ranges, count, advice, flags);
}

/* The file descriptor that stands for a process; undecided where advising it is not permitted. */
static int open_process(const struct child *child, char *area)
{
	struct iovec range = {area, page_size()};
	int process = (int)syscall(SYS_pidfd_open, child->pid, 0);

	if (process < 0 || advise(process, &range, 1, MADV_COLD, 0) < 0) {
		undecided("needs process_madvise for a child: Linux 5.10, and CAP_SYS_NICE");
	}
	return process;
}

CLAIM(it_answers_how_many_bytes, "madvise-50",
      "process_madvise answers the bytes of all ranges, and those advised when it had to stop")
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1);
	struct iovec ranges[] = {{area, 2 * page_size()}, {page(area, 3), page_size()}};
	struct child other;

	arrange(munmap(page(area, 5), page_size()) == 0);
	START_CHILD(other) {
		hand_over();
	}

	int process = open_process(&other, area);

	assert_equals(advise(process, ranges, 2, MADV_COLD, 0), 3 * page_size(), "bytes advised");
	assert_equals(advise(process, ranges, 1, MADV_COLD, 0), 2 * page_size(), "bytes advised");
	assert_equals(advise(process, ranges, 0, MADV_COLD, 0), 0, "bytes of no range");
	ranges[1].iov_base = page(area, 5);
	assert_equals(advise(process, ranges, 2, MADV_COLD, 0), 2 * page_size(),
		      "bytes advised up to a hole");
	assert_refused(advise(process, ranges + 1, 1, MADV_COLD, 0), ENOMEM);
	end_child(&other);
}

CLAIM(it_changes_no_byte, "madvise-51",
      "No advice given for a child changes a byte of what the child reads, or its parent",
      .alone = "swap")
{
	const int advice[] = {MADV_COLD, MADV_PAGEOUT, MADV_WILLNEED, MADV_COLD};
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1);
	struct iovec range = {area, PAGES * page_size()};
	struct child other;

	START_CHILD(other) {
		write_pattern(page(area, 0), PAGES * page_size(), 2);
		for (size_t i = 0; i < sizeof advice / sizeof *advice; i++) {
			hand_over();
			assert_pattern(area, PAGES * page_size(), 2, "what the child reads");
		}
	}

	int process = open_process(&other, area);

	for (size_t i = 0; i < sizeof advice / sizeof *advice; i++) {
		(void)advise(process, &range, 1, advice[i], 0);
		give_turn(&other);
		assert_pattern(area, PAGES * page_size(), 1, "what the parent reads");
	}
	end_child(&other);
}

CLAIM(an_order_is_refused, "madvise-52",
      "MADV_DONTNEED, MADV_FREE or MADV_REMOVE for another process is EINVAL, and changes nothing")
{
	const int orders[] = {MADV_DONTNEED, MADV_FREE, MADV_REMOVE, MADV_DONTFORK};
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1);
	struct iovec range = {area, PAGES * page_size()};
	struct child other;

	START_CHILD(other) {
		hand_over();
		assert_pattern(area, PAGES * page_size(), 1, "what the child reads");
	}

	int process = open_process(&other, area);

	for (size_t i = 0; i < sizeof orders / sizeof *orders; i++) {
		assert_refused(advise(process, &range, 1, orders[i], 0), EINVAL);
	}
	assert_refused(advise(process, &range, 1, MADV_COLD, 1), EINVAL);
	assert_refused(advise(-1, &range, 1, MADV_COLD, 0), EBADF);
	end_child(&other);
}

CONTROL(who_gives_itself_an_order_obeys, "madvise-50 madvise-51 madvise-52",
	"The same orders, given by madvise for the process itself, are obeyed")
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1);

	IN_CHILD {
		assert_accepted(madvise(area, PAGES * page_size(), MADV_DONTNEED));
		assert_all_bytes(area, PAGES * page_size(), 0, "what the child emptied");
	}
	assert_pattern(area, PAGES * page_size(), 1, "what the parent reads");
}
