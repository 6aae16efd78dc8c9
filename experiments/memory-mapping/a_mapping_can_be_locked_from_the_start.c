/* SPDX-License-Identifier: MIT */
/*
 * A mapping can be locked from the start
 * ======================================
 *
 * MAP_LOCKED says what mlock(2) says later: these pages are to be in memory, and to stay there. It
 * differs in one thing. mlock fails when a page cannot be had; mmap then answers as if
 * nothing had happened, and the page is absent. It is less than it seems.
 *
 *                                        MAP_LOCKED          mlock
 *      memory that can be accessed       there, locked       there, locked
 *      memory that cannot (PROT_NONE)    granted, empty      ENOMEM
 *      more than ulimit -l permits       EAGAIN              ENOMEM
 *      ulimit -l is 0                    EPERM               EPERM
 *
 * The last two lines are for those without the capability CAP_IPC_LOCK. The mmap page names EAGAIN
 * among its errors, and not this EPERM.
 *
 * Look with: Rss, Locked and VmFlags in /proc/self/smaps; errno.
 * Read on:   mmap(2) MAP_LOCKED, mlock(2), getrlimit(2) RLIMIT_MEMLOCK.
 */
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("A mapping can be locked from the start");

enum { PAGES = 4 };

static void *map_pages(size_t count, int prot, int flags)
{
	return mmap(reserve(count), count * page_size(), prot,
		    MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED | flags, -1, 0);
}

/* In a child: from here on it is nobody special, and may lock so many pages. */
static void may_lock(size_t pages)
{
	struct rlimit limit;

	arrange(getrlimit(RLIMIT_MEMLOCK, &limit) == 0);
	if (limit.rlim_max < pages * page_size()) {
		undecided("needs leave to lock %zu pages: raise ulimit -l", pages);
	}
	limit.rlim_cur = pages * page_size();
	arrange(setrlimit(RLIMIT_MEMLOCK, &limit) == 0);
	give_up_capabilities();
}

CLAIM(it_is_there_and_locked, "mmap-08",
      "With MAP_LOCKED each page is in memory when mmap returns, and all of them are locked",
      .needs = AREA_USAGE | LOCKABLE_MEMORY)
{
	char *area = map_pages(PAGES, PROT_READ | PROT_WRITE, MAP_LOCKED);

	ck_assert_ptr_ne(area, MAP_FAILED);

	struct usage usage = observe_usage("locked", area, PAGES * page_size());

	assert_equals(usage.rss, PAGES * page_size(), "bytes in memory");
	assert_equals(usage.locked, PAGES * page_size(), "bytes locked");
	assert_equals(usage_has_flag(&usage, "lo"), true, "the flag lo of the area");
	assert_all_bytes(area, PAGES * page_size(), 0, "the locked memory");
}

CLAIM(what_cannot_be_had_is_no_error, "mmap-09",
      "MAP_LOCKED grants memory that nobody may access, where mlock is refused with ENOMEM",
      .needs = LOCKABLE_MEMORY)
{
	char *area = map_pages(PAGES, PROT_NONE, MAP_LOCKED);

	ck_assert_ptr_ne(area, MAP_FAILED);
	assert_trap(try_load(area), SIGSEGV, SEGV_ACCERR, area);
	arrange(mprotect(area, page_size(), PROT_READ | PROT_WRITE) == 0);
	assert_all_bytes(area, page_size(), 0, "a page that was made accessible");
	assert_refused(mlock(map_pages(PAGES, PROT_NONE, 0), PAGES * page_size()), ENOMEM);
}

CLAIM(too_much_is_refused, "mmap-10",
      "Beyond ulimit -l MAP_LOCKED is refused with EAGAIN, and up to it every page is granted",
      .needs = LOCKABLE_MEMORY)
{
	IN_CHILD {
		int rw = PROT_READ | PROT_WRITE;

		may_lock(PAGES);
		assert_refused(map_pages(PAGES + 1, rw, MAP_LOCKED), EAGAIN);

		char *area = (char *)assert_accepted(map_pages(PAGES - 1, rw, MAP_LOCKED));

		assert_refused(map_pages(2, rw, MAP_LOCKED), EAGAIN);
		assert_accepted(map_pages(1, rw, MAP_LOCKED));
		assert_refused(map_pages(1, rw, MAP_LOCKED), EAGAIN);
		arrange(munmap(area, page_size()) == 0);
		assert_accepted(map_pages(1, rw, MAP_LOCKED));
		assert_refused(map_pages(1, PROT_NONE, MAP_LOCKED), EAGAIN);
	}
}

CLAIM(without_leave_nothing_is_locked, "mmap-10",
      "Where ulimit -l is 0, MAP_LOCKED is refused with EPERM")
{
	IN_CHILD {
		may_lock(0);
		assert_refused(map_pages(1, PROT_READ, MAP_LOCKED), EPERM);
	}
}

CONTROL(without_the_flag_nothing_is_counted, "mmap-09 mmap-10",
	"Under the same limit memory that is not to be locked is granted, and can be used")
{
	IN_CHILD {
		may_lock(0);

		char *area =
			(char *)assert_accepted(map_pages(PAGES + 1, PROT_READ | PROT_WRITE, 0));

		write_pattern(area, (PAGES + 1) * page_size(), 1);
		assert_pattern(area, (PAGES + 1) * page_size(), 1, "memory that is not locked");
	}
}

CONTROL(without_the_flag_nothing_is_locked, "mmap-08",
	"Without MAP_LOCKED nothing is in memory, nothing is locked, and the flag lo is not there",
	.needs = AREA_USAGE)
{
	char *area = map_pages(PAGES, PROT_READ | PROT_WRITE, 0);
	struct usage usage = observe_usage("not locked", area, PAGES * page_size());

	assert_equals(usage.rss, 0, "bytes in memory");
	assert_equals(usage.locked, 0, "bytes locked");
	assert_equals(usage_has_flag(&usage, "lo"), false, "the flag lo of the area");
}
