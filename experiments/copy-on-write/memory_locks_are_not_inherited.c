/* SPDX-License-Identifier: MIT */
/*
 * Memory locks are not inherited
 * ==============================
 *
 * mlock(2) promises that pages stay in memory, and RLIMIT_MEMLOCK counts them. If each child began
 * with its parent's locks, a few forks would tie down all there is. So the child has the pages, as of
 * the fork, and none of the locks: neither those on ranges, nor the one on everything that comes
 * (mlockall MCL_FUTURE). The parent keeps its own.
 *
 *      parent   [locked][locked][      ]        madvise(MADV_DONTNEED): EINVAL, they are locked
 *      child    [      ][      ][      ]        madvise(MADV_DONTNEED): done
 *
 * Who may give a page back has no lock on it: that is a question anybody can ask.
 *
 * Look with: madvise(2); Locked and VmFlags "lo" in /proc/self/smaps; /proc/self/pagemap.
 * Read on:   mlock(2) NOTES, mlockall(2), fork(2); document 002 "fork revisited".
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("Memory locks are not inherited");

enum { PAGES = 4, AT_FORK = 1 };

static char *locked_pages(void)
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, AT_FORK);

	arrange(mlock(area, PAGES * page_size()) == 0);
	return area;
}

static int give_back(char *at, size_t count)
{
	return madvise(at, count * page_size(), MADV_DONTNEED);
}

CLAIM(the_child_may_give_locked_pages_back, "fork-30",
      "What its parent had locked the child reads, may give back, and finds zero; not so the "
      "parent",
      .needs = LOCKABLE_MEMORY)
{
	char *area = locked_pages();

	assert_refused(give_back(area, 1), EINVAL);
	IN_CHILD {
		assert_pattern(area, PAGES * page_size(), AT_FORK, "what the child reads");
		for (size_t i = 0; i < PAGES; i++) {
			assert_accepted(give_back(page(area, i), 1));
		}
		assert_all_bytes(area, PAGES * page_size(), 0, "what the child has given back");
	}
	assert_refused(give_back(page(area, PAGES - 1), 1), EINVAL);
	assert_pattern(area, PAGES * page_size(), AT_FORK, "what the parent reads");
}

CLAIM(the_map_shows_no_lock, "fork-30",
      "Of its parent's locked pages the child has none locked, and the parent still has all",
      .needs = LOCKABLE_MEMORY | AREA_USAGE)
{
	char *area = locked_pages();

	IN_CHILD {
		struct usage childs = observe_usage("child", area, PAGES * page_size());
		struct usage parents = observe_usage_of(parent_process(), "parent", area,
							PAGES * page_size());

		assert_equals(usage_has_flag(&childs, "lo"), false,
			      "whether the child's has the flag");
		assert_equals(childs.locked, 0, "bytes locked in the child");
		assert_equals(usage_has_flag(&parents, "lo"), true, "whether the parent's has it");
	}
}

CLAIM(a_locked_future_is_not_inherited, "fork-30",
      "After mlockall(MCL_FUTURE) the child's new memory waits for a touch, and is not locked",
      .needs = LOCKABLE_MEMORY | PAGE_STATES)
{
	if (mlockall(MCL_FUTURE) != 0) {
		undecided("needs leave to lock memory: raise ulimit -l");
	}
	IN_CHILD {
		char *area = mmap(NULL, PAGES * page_size(), PROT_READ | PROT_WRITE,
				  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

		arrange(area != MAP_FAILED);
		assert_equals(count_present(observe_pages("child", area, PAGES)), 0,
			      "the child's new pages that are present");
		assert_accepted(give_back(area, PAGES));
	}
}

CONTROL(the_parents_future_is_locked, "fork-30",
	"In the parent new memory is there at once, and locked until munlockall",
	.needs = LOCKABLE_MEMORY | PAGE_STATES)
{
	if (mlockall(MCL_FUTURE) != 0) {
		undecided("needs leave to lock memory: raise ulimit -l");
	}
	IN_CHILD {
	}

	char *area = mmap(NULL, PAGES * page_size(), PROT_READ | PROT_WRITE,
			  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	arrange(area != MAP_FAILED);
	assert_equals(count_present(observe_pages("parent", area, PAGES)), PAGES,
		      "the parent's new pages that are present");
	assert_refused(give_back(area, PAGES), EINVAL);
	assert_accepted(munlockall());
	assert_accepted(give_back(area, PAGES));
}
