/* SPDX-License-Identifier: MIT */
/*
 * A locked area grows up to the limit of locking
 * ==============================================
 *
 * If pages are locked, mremap(2) keeps them locked, and locks those that the area grows by. So the limit
 * of locked memory (ulimit -l) counts, as it does for mlock(2); but the error is another one, EAGAIN,
 * and not even leave to move helps. What is only moved is locked already, and not new.
 *
 *      ulimit -l:   5 pages
 *
 *      | l | l | l | l |            to 6 pages: EAGAIN, and nothing has changed
 *      | l | l | l | l |   -->      moved: granted
 *      | l | l | l | l | l |        to 5 pages: granted, and no page is left for mlock
 *
 * Look with: errno of mremap, and of an mlock that comes after it.
 * Read on:   mremap(2) EAGAIN, mlock(2), getrlimit(2) RLIMIT_MEMLOCK.
 */
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("A locked area grows up to the limit of locking");

enum { PAGES = 4, ROOM = 4 };

static size_t bytes(size_t pages)
{
	return pages * page_size();
}

/* Four filled pages with four free ones behind them. */
static char *area_with_room(void)
{
	char *area = filled_pages(PAGES + ROOM, MAP_PRIVATE, 1);

	arrange(munmap(page(area, PAGES), bytes(ROOM)) == 0);
	return area;
}

/* In a child: from here on it is nobody special, and may lock five pages. */
static void may_lock_five_pages(void)
{
	struct rlimit limit;

	arrange(getrlimit(RLIMIT_MEMLOCK, &limit) == 0);
	if (limit.rlim_max < bytes(PAGES + 1)) {
		undecided("needs leave to lock five pages: raise ulimit -l");
	}
	limit.rlim_cur = bytes(PAGES + 1);
	arrange(setrlimit(RLIMIT_MEMLOCK, &limit) == 0);
	give_up_capabilities();
}

CLAIM(beyond_the_limit_it_does_not_grow, "mremap-13",
      "A locked area that would exceed ulimit -l is refused with EAGAIN, and stays as it is",
      .needs = LOCKABLE_MEMORY)
{
	char *area = area_with_room(), *end = page(area, PAGES);

	IN_CHILD {
		may_lock_five_pages();
		arrange(mlock(area, bytes(PAGES)) == 0);
		assert_refused(mremap(area, bytes(PAGES), bytes(PAGES + 2), 0), EAGAIN);
		assert_refused(mremap(area, bytes(PAGES), bytes(PAGES + 2), MREMAP_MAYMOVE),
			       EAGAIN);
		assert_refused(mremap(area, bytes(PAGES), bytes(PAGES) * 2, MREMAP_MAYMOVE),
			       EAGAIN);
		assert_pattern(area, bytes(PAGES), 1, "the area that was refused");
		assert_trap(try_load(end), SIGSEGV, SEGV_MAPERR, end);
	}
}

CLAIM(up_to_the_limit_it_grows, "mremap-13",
      "Up to the limit it grows; to be moved it needs none, and a shorter one gives back",
      .needs = LOCKABLE_MEMORY)
{
	char *to = reserve(PAGES), *other = fresh_pages(2, MAP_PRIVATE), *area = area_with_room();

	IN_CHILD {
		may_lock_five_pages();
		arrange(mlock(area, bytes(PAGES)) == 0);
		assert_address(mremap(area, bytes(PAGES), bytes(PAGES + 1), 0), area, "the area");
		assert_refused(mlock(other, page_size()), ENOMEM);
		assert_address(mremap(area, bytes(PAGES + 1), bytes(PAGES), 0), area, "the area");
		assert_refused(mlock(other, bytes(2)), ENOMEM);
		assert_accepted(mlock(other, page_size()));
		assert_address(
			mremap(area, bytes(PAGES), bytes(PAGES), MREMAP_MAYMOVE | MREMAP_FIXED, to),
			to, "the area, moved under a limit that is reached");
		assert_refused(mlock(page(other, 1), page_size()), ENOMEM);
		assert_pattern(to, bytes(PAGES), 1, "the area that was moved");
	}
}

CONTROL(what_is_not_locked_does_not_count, "mremap-13",
	"An area that is not locked grows under the same limit, and nothing of it counts",
	.needs = LOCKABLE_MEMORY)
{
	char *other = fresh_pages(PAGES + 1, MAP_PRIVATE), *area = area_with_room();

	IN_CHILD {
		may_lock_five_pages();
		assert_address(mremap(area, bytes(PAGES), bytes(PAGES + 2), 0), area, "the area");
		assert_accepted(mlock(other, bytes(PAGES + 1)));
		assert_all_bytes(page(area, PAGES), bytes(2), 0, "what is new");
	}
}
