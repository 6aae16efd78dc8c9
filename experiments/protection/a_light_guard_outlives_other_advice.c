/* SPDX-License-Identifier: MIT */
/*
 * A light guard outlives all other advice
 * =======================================
 *
 * A guard made by MADV_GUARD_INSTALL lives in the page tables and not in the list of areas. What it
 * guards is lost, at once: the page is zero when the guard has gone. But the guard itself is there
 * to stay. MADV_DONTNEED, which empties page tables otherwise, leaves it; mprotect cannot open it;
 * the kernel's own accesses meet it; a child inherits it, but for where the memory is
 * wiped for the child. Only MADV_GUARD_REMOVE takes it away, and that takes nothing else.
 *
 *      a | b | c | d      INSTALL on b and c     a | # | # | d
 *                         DONTNEED, mprotect     0 | # | # | 0
 *                         REMOVE on all four     0 | 0 | 0 | 0
 *
 * Look with: SIGSEGV; EFAULT from read(2) and write(2).
 * Read on:   madvise(2) MADV_GUARD_INSTALL, MADV_GUARD_REMOVE (Linux 6.13).
 */
#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("A light guard outlives all other advice");

#ifndef MADV_GUARD_INSTALL
#define MADV_GUARD_INSTALL 102
#define MADV_GUARD_REMOVE  103
#endif
#ifndef MADV_POPULATE_WRITE
#define MADV_POPULATE_READ  22
#define MADV_POPULATE_WRITE 23
#endif

enum { PAGES = 6, FIRST = 2, GUARDS = 2, BEHIND = FIRST + GUARDS };

static char *guarded_pages(void)
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1);

	if (madvise(page(area, FIRST), GUARDS * page_size(), MADV_GUARD_INSTALL) != 0) {
		undecided("needs MADV_GUARD_INSTALL: Linux 6.13 or later");
	}
	return area;
}

/* Both ends of each page are guarded, or none. */
static void assert_guarded(char *area, bool guarded)
{
	for (size_t i = 0; i < PAGES; i++) {
		int expected = guarded && i >= FIRST && i < BEHIND ? SIGSEGV : 0;

		assert_equals(try_load(page(area, i)).signal, expected, "signal of a load");
		assert_equals(try_store(page(area, i + 1) - 1, 'g').signal, expected,
			      "signal of a store to the last byte");
	}
}

CLAIM(other_calls_leave_it, "madvise-38",
      "MADV_DONTNEED, MADV_FREE and mprotect leave a guard where it is, and so does a second one")
{
	char *area = guarded_pages();
	size_t length = PAGES * page_size();

	assert_accepted(madvise(area, length, MADV_DONTNEED));
	assert_guarded(area, true);
	assert_accepted(madvise(area, length, MADV_FREE));
	assert_guarded(area, true);
	arrange(mprotect(area, length, PROT_NONE) == 0);
	arrange(mprotect(area, length, PROT_READ | PROT_WRITE) == 0);
	assert_guarded(area, true);
	assert_accepted(madvise(page(area, FIRST), page_size(), MADV_GUARD_INSTALL));
	assert_guarded(area, true);
	assert_refused(madvise(area, length, MADV_POPULATE_READ), EFAULT);
	assert_refused(madvise(area, length, MADV_POPULATE_WRITE), EFAULT);
	assert_guarded(area, true);
}

CLAIM(the_kernel_meets_it_too, "madvise-38",
      "read(2) and write(2) answer EFAULT at a guard, and go through beside it")
{
	char *area = guarded_pages();
	int fd = memory_file(1, 7);

	assert_refused(pread(fd, page(area, FIRST), 16, 0), EFAULT);
	assert_refused(pwrite(fd, page(area, BEHIND) - 16, 16, 0), EFAULT);
	assert_equals(pread(fd, page(area, FIRST) - 16, 16, 0), 16, "bytes read before the guard");
	assert_equals(pwrite(fd, page(area, BEHIND), 16, 0), 16, "bytes written from behind it");
}

CLAIM(removing_takes_guards_and_nothing_else, "madvise-39",
      "MADV_GUARD_REMOVE of everything opens the guards, empty, and leaves the other pages whole")
{
	char *area = guarded_pages(), *twin = filled_pages(PAGES, MAP_PRIVATE, 1);

	for (int round = 0; round < 2; round++) {
		assert_accepted(madvise(area, PAGES * page_size(), MADV_GUARD_REMOVE));
		assert_pattern(area, FIRST * page_size(), 1, "the pages before the guards");
		assert_all_bytes(page(area, FIRST), GUARDS * page_size(), 0,
				 "the pages that were guards");
		assert_same_bytes(page(area, BEHIND), page(twin, BEHIND),
				  (PAGES - BEHIND) * page_size(), "the pages behind them");
	}
	assert_guarded(area, false);
}

CLAIM(a_child_inherits_it, "madvise-40",
      "A child finds its parent's guards, opens them for itself, and has none where it is wiped")
{
	char *area = guarded_pages(), *wiped = guarded_pages();

	arrange(madvise(wiped, PAGES * page_size(), MADV_WIPEONFORK) == 0);
	IN_CHILD {
		assert_guarded(area, true);
		assert_all_bytes(wiped, PAGES * page_size(), 0, "what is wiped for the child");
		assert_accepted(madvise(area, PAGES * page_size(), MADV_GUARD_REMOVE));
		assert_guarded(area, false);
	}
	assert_guarded(area, true);
	assert_guarded(wiped, true);
}

CLAIM(locked_memory_takes_none, "madvise-41",
      "A guard in locked memory is refused with EINVAL, and the page keeps what it holds",
      .needs = LOCKABLE_MEMORY)
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1);

	guarded_pages();
	arrange(mlock(area, PAGES * page_size()) == 0);
	assert_refused(madvise(area, page_size(), MADV_GUARD_INSTALL), EINVAL);
	assert_pattern(area, PAGES * page_size(), 1, "the locked pages");
	arrange(munlock(area, PAGES * page_size()) == 0);
	assert_accepted(madvise(area, page_size(), MADV_GUARD_INSTALL));
	assert_equals(try_load(area).signal, SIGSEGV, "signal of a load, once it is not locked");
}

CONTROL(a_forbidden_page_can_be_opened, "madvise-38 madvise-39 madvise-40 madvise-41",
	"A page forbidden by mprotect instead is opened by mprotect, and holds what it held")
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1);

	arrange(mprotect(page(area, FIRST), GUARDS * page_size(), PROT_NONE) == 0);
	assert_equals(try_load(page(area, FIRST)).signal, SIGSEGV, "signal of a load");
	arrange(mprotect(area, PAGES * page_size(), PROT_READ | PROT_WRITE) == 0);
	assert_pattern(area, PAGES * page_size(), 1, "all pages");
	assert_guarded(area, false);
}
