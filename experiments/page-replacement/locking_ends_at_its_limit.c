/* SPDX-License-Identifier: MIT */
/*
 * Locking ends at its limit
 * =========================
 *
 * Whoever locks memory takes it from everybody else, so RLIMIT_MEMLOCK says how much an ordinary
 * process may lock. It counts whole pages, each once, whatever else it is: to lock
 * again what is locked is free. The call that would go beyond is refused with ENOMEM and locks
 * nothing, and a limit of nought refuses all locking with EPERM. The limit is asked when
 * somebody locks, and only then: what is locked stays so when it is lowered, and unlocking is
 * always permitted. Who has CAP_IPC_LOCK is not asked at all.
 *
 *      limit     |----|----|----|----|
 *      mlock 4   [    ][    ][    ][    ]      accepted, and accepted again
 *      mlock 1                           [ ]   ENOMEM, until one of the four is unlocked
 *
 * Look with: errno; /proc/PID/status VmLck.
 * Read on:   mlock(2) "Limits and permissions", getrlimit(2) RLIMIT_MEMLOCK, capabilities(7).
 */
#include <errno.h>
#include <sys/mman.h>
#include <sys/resource.h>

#include <touchstone/experiment.h>

EXPERIMENT("Locking ends at its limit");

enum { PAGES = 8, LIMIT = 4 };

/* The soft limit, for a lowered hard one could not be raised again. */
static void limit_locking(size_t bytes)
{
	struct rlimit limit;

	arrange(getrlimit(RLIMIT_MEMLOCK, &limit) == 0);
	if (limit.rlim_max < bytes) {
		undecided("needs leave to lock %zu kB: raise ulimit -H -l", bytes / 1024);
	}
	limit.rlim_cur = bytes;
	arrange(setrlimit(RLIMIT_MEMLOCK, &limit) == 0);
}

/* Pages of a process that is bound by the limit, whoever runs it. */
static char *ordinary_pages(size_t limit)
{
	limit_locking(limit);
	give_up_capabilities();
	return filled_pages(PAGES, MAP_PRIVATE, 1);
}

CLAIM(a_page_beyond_it_is_refused, "mlock-19",
      "As many pages as the limit has can be locked, and one more is ENOMEM, until one is unlocked")
{
	char *area = ordinary_pages(LIMIT * page_size());

	assert_accepted(mlock(area, LIMIT * page_size()));
	for (int round = 0; round < 2; round++) {
		assert_refused(mlock(page(area, LIMIT + round), 1), ENOMEM);
		assert_accepted(munlock(page(area, round), 1));
		assert_accepted(mlock(page(area, LIMIT + round), 1));
		assert_refused(mlock(page(area, round), 1), ENOMEM);
	}
	assert_pattern(area, PAGES * page_size(), 1, "what the pages hold");
}

CLAIM(what_is_locked_counts_once, "mlock-20",
      "At the limit locking the same pages again is accepted, and a range with a new one is not")
{
	char *area = ordinary_pages(LIMIT * page_size());

	assert_accepted(mlock(area, LIMIT * page_size()));
	assert_accepted(mlock(area, LIMIT * page_size()));
	assert_accepted(mlock(page(area, 1), (LIMIT - 1) * page_size()));
	assert_refused(mlock(page(area, 1), LIMIT * page_size()), ENOMEM);
}

CLAIM(a_refused_range_is_not_locked_in_part, "mlock-19",
      "A range longer than the limit is refused as a whole, and none of its pages is locked",
      .needs = PROCESS_STATUS)
{
	char *area = ordinary_pages(LIMIT * page_size());

	assert_refused(mlock(area, (LIMIT + 1) * page_size()), ENOMEM);
	assert_equals(status_bytes("VmLck"), 0, "bytes locked");
	assert_accepted(mlock(area, LIMIT * page_size()));
	assert_equals(status_bytes("VmLck"), LIMIT * page_size(), "bytes locked");
}

CLAIM(a_part_of_a_page_in_the_limit_is_none, "mlock-21",
      "A limit of a byte less than so many pages permits a page less, and of a byte, none")
{
	char *area = ordinary_pages(LIMIT * page_size() - 1);

	assert_refused(mlock(area, LIMIT * page_size()), ENOMEM);
	assert_accepted(mlock(area, (LIMIT - 1) * page_size()));
	assert_accepted(munlock(area, PAGES * page_size()));
	limit_locking(1);
	assert_refused(mlock(area, 1), ENOMEM);
}

CLAIM(a_limit_of_nought_refuses_all, "mlock-22",
      "With a limit of nought mlock and mlockall say EPERM, and unlocking is permitted")
{
	char *area = ordinary_pages(LIMIT * page_size());

	assert_accepted(mlock(area, LIMIT * page_size()));
	limit_locking(0);
	assert_refused(mlock(area, 1), EPERM);
	assert_refused(mlock(page(area, LIMIT), 1), EPERM);
	assert_refused(mlockall(MCL_FUTURE), EPERM);
	assert_accepted(munlock(area, LIMIT * page_size()));
	assert_accepted(munlockall());
}

CLAIM(what_is_locked_outlives_the_limit, "mlock-22",
      "What was locked stays locked when the limit is lowered, to nought as well",
      .needs = PROCESS_STATUS)
{
	char *area = ordinary_pages(LIMIT * page_size());

	assert_accepted(mlock(area, LIMIT * page_size()));
	limit_locking(page_size());
	assert_equals(status_bytes("VmLck"), LIMIT * page_size(), "bytes locked");
	limit_locking(0);
	assert_equals(status_bytes("VmLck"), LIMIT * page_size(), "bytes locked");
	assert_accepted(munlock(area, page_size()));
	assert_equals(status_bytes("VmLck"), (LIMIT - 1) * page_size(), "bytes locked");
}

CONTROL(a_higher_limit_permits_more, "mlock-19 mlock-20 mlock-21 mlock-22",
	"The same pages are locked where the limit has room for them")
{
	char *area = ordinary_pages(PAGES * page_size());

	assert_accepted(mlock(area, (LIMIT + 1) * page_size()));
	assert_accepted(mlock(area, PAGES * page_size()));
}
