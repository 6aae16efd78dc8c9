/* SPDX-License-Identifier: MIT */
/*
 * A locked heap grows as far as may be locked
 * ===========================================
 *
 * Who calls mlockall(MCL_FUTURE) wants every page that comes to stay in memory: no page fault in
 * the middle of a critical section, no key in the swap area. The heap is no exception. What brk adds
 * is locked as it comes, and counts against RLIMIT_MEMLOCK; beyond that the break does not move, for
 * whoever may not lock as much as he likes (CAP_IPC_LOCK). malloc then has to look elsewhere, in vain.
 *
 *      RLIMIT_MEMLOCK = 3 pages
 *      |#|#|#|          accepted
 *      |#|#|#|#|        refused, the break is where it was
 *
 * Look with: the bare system call, ulimit -l; Locked in /proc/self/smaps.
 * Read on:   brk(2), mlockall(2) MCL_FUTURE, getrlimit(2) RLIMIT_MEMLOCK; document 004 section 3.3.
 */
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("A locked heap grows as far as may be locked");

enum { PAGES = 8, LOCKED = 3 };

static char *move_break(const void *to)
{
	return (char *)syscall(SYS_brk, to);
}

/* The break, moved up to the start of a page, with room for the pages of a claim. */
static char *start_on_a_page(void)
{
	char *start = page_of(move_break(NULL) + page_size() - 1);

	if (move_break(page(start, PAGES)) != page(start, PAGES)) {
		undecided("needs room above the program break: raise ulimit -d");
	}
	arrange(move_break(start) == start);
	return start;
}

/* In a child: three pages may be locked, and not as root, whom no limit binds. */
static void lock_what_comes(void)
{
	struct rlimit limit;

	if (mlockall(MCL_FUTURE) != 0) {
		undecided("needs leave to lock memory: raise ulimit -l");
	}
	arrange(getrlimit(RLIMIT_MEMLOCK, &limit) == 0);
	limit.rlim_cur = LOCKED * page_size(); /* soft only: a hard one could not be raised again */
	if (limit.rlim_cur > limit.rlim_max) {
		undecided("needs leave to lock 3 pages: raise the hard limit of ulimit -l");
	}
	arrange(setrlimit(RLIMIT_MEMLOCK, &limit) == 0);
	become_an_ordinary_user();
}

CLAIM(it_grows_to_the_limit, "brk-11",
      "With all future memory locked the break gets as far as RLIMIT_MEMLOCK, and not a byte more")
{
	char *start = start_on_a_page();

	IN_CHILD {
		lock_what_comes();
		assert_address(move_break(page(start, LOCKED + 1)), start,
			       "what moving it too far answers");
		assert_address(move_break(page(start, LOCKED)), page(start, LOCKED),
			       "the break at the limit");
		assert_address(move_break(page(start, LOCKED) + 1), page(start, LOCKED),
			       "a byte further");
		assert_trap(try_load(page(start, LOCKED)), SIGSEGV, SEGV_MAPERR,
			    page(start, LOCKED));
	}
}

CLAIM(what_it_gives_back_counts_no_more, "brk-11",
      "What the break has passed downwards is unlocked, and may be had again")
{
	char *start = start_on_a_page();

	IN_CHILD {
		lock_what_comes();
		for (int round = 0; round < 3; round++) {
			assert_address(move_break(page(start, LOCKED)), page(start, LOCKED),
				       "the break at the limit");
			assert_address(move_break(start), start, "the break, lowered again");
		}
	}
}

CONTROL(unlocked_it_grows_on, "brk-11",
	"After munlockall the same break goes beyond the limit, which is as it was")
{
	char *start = start_on_a_page();

	IN_CHILD {
		lock_what_comes();
		arrange(move_break(page(start, LOCKED)) == page(start, LOCKED));
		arrange(munlockall() == 0);
		assert_address(move_break(page(start, PAGES)), page(start, PAGES), "the break");
	}
}
