/* SPDX-License-Identifier: MIT */
/*
 * All memory can be locked, what there is and what is to come
 * ===========================================================
 *
 * A program that must never wait for a page cannot name all of its memory: stacks, libraries, what
 * malloc will map tomorrow. mlockall(2) takes the words "all there is" (MCL_CURRENT) and "all that
 * will be" (MCL_FUTURE), and each without the other means just that. What is mapped under
 * MCL_FUTURE is locked and brought by mmap(2) itself, without a touch, and where the limit does not
 * permit it, mmap fails. With MCL_ONFAULT pages are locked as they come. munlockall(2) ends it all.
 *
 *                             mapped before      mapped after
 *      MCL_CURRENT            lo, brought        --
 *      MCL_FUTURE             --                 lo, brought
 *      with MCL_ONFAULT       lo                 lo
 *
 * Look with: /proc/PID/smaps VmFlags lo; /proc/PID/pagemap.
 * Read on:   mlockall(2), munlockall(2).
 */
#include <errno.h>
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("All memory can be locked, what there is and what is to come");

#ifndef MCL_ONFAULT
#define MCL_ONFAULT (MCL_FUTURE << 1)
#endif

enum { PAGES = 4, NEEDED = LOCKABLE_MEMORY | AREA_USAGE };

static bool is_locked(const void *area)
{
	struct usage usage = observe_usage("the area", area, page_size());

	return usage_has_flag(&usage, "lo");
}

static void assert_locked_and_there(const char *area, bool locked, bool there)
{
	assert_equals(is_locked(area), locked, "the area is locked");
	assert_strip(observe_pages("the area", area, PAGES), there ? "p" : ".");
}

/* All there is may be more than the limit: then nobody but the privileged can do it. */
static void lock_all(int flags)
{
	int answer = mlockall(flags);

	if (answer != 0 && errno == ENOMEM) {
		undecided("needs leave to lock all of this program: raise ulimit -l, or be root");
	}
	assert_equals(answer, 0, "what mlockall answered");
}

CLAIM(what_there_is_can_be_locked, "mlock-23",
      "MCL_CURRENT locks and brings all that is mapped, the stack and data too, and nothing later",
      .needs = NEEDED | PAGE_STATES)
{
	char *private = fresh_pages(PAGES, MAP_PRIVATE), *shared = fresh_pages(PAGES, MAP_SHARED);
	static int datum = 1;

	lock_all(MCL_CURRENT);
	assert_locked_and_there(private, true, true);
	assert_locked_and_there(shared, true, true);
	assert_equals(is_locked(page_of(&datum)), true, "the program's data are locked");
	assert_equals(is_locked(page_of(__builtin_frame_address(0))), true, "the stack is locked");
	assert_locked_and_there(fresh_pages(PAGES, MAP_PRIVATE), false, false);
}

CLAIM(what_is_to_come_can_be_locked, "mlock-24",
      "Under MCL_FUTURE mmap brings and locks all it maps, and what was there before is not locked",
      .needs = NEEDED | PAGE_STATES)
{
	char *before = fresh_pages(PAGES, MAP_PRIVATE), *later;

	assert_accepted(mlockall(MCL_FUTURE));
	later = fresh_pages(PAGES, MAP_PRIVATE);
	assert_locked_and_there(before, false, false);
	assert_locked_and_there(later, true, true);
	assert_locked_and_there(fresh_pages(PAGES, MAP_SHARED), true, true);
	assert_all_bytes(later, PAGES * page_size(), 0, "what was brought");
}

CLAIM(all_can_be_locked_as_it_comes, "mlock-25",
      "With MCL_ONFAULT memory of today and tomorrow is locked, and none of it is brought",
      .needs = NEEDED | PAGE_STATES)
{
	char *before = fresh_pages(PAGES, MAP_PRIVATE);

	assert_accepted(mlockall(MCL_FUTURE | MCL_ONFAULT));
	assert_locked_and_there(before, false, false);
	assert_locked_and_there(fresh_pages(PAGES, MAP_PRIVATE), true, false);
	lock_all(MCL_CURRENT | MCL_ONFAULT);
	assert_locked_and_there(before, true, false);
}

CLAIM(unlocking_all_ends_it, "mlock-26",
      "munlockall unlocks what is locked in any way, and what is mapped after it is not locked",
      .needs = NEEDED | PROCESS_STATUS)
{
	char *locked = fresh_pages(PAGES, MAP_PRIVATE), *future;

	arrange(mlock(locked, PAGES * page_size()) == 0);
	assert_accepted(mlockall(MCL_FUTURE));
	future = fresh_pages(PAGES, MAP_PRIVATE);
	assert_accepted(munlockall());
	assert_equals(is_locked(locked), false, "what was locked by mlock is locked");
	assert_equals(is_locked(future), false, "what was locked by MCL_FUTURE is locked");
	assert_equals(is_locked(fresh_pages(PAGES, MAP_PRIVATE)), false, "later memory is locked");
	assert_equals(status_bytes("VmLck"), 0, "bytes locked");
	assert_accepted(munlockall());
}

CLAIM(a_child_is_free_of_it, "mlock-27",
      "A child of a process under MCL_FUTURE has nothing locked, and maps memory that is not",
      .needs = NEEDED | PROCESS_STATUS)
{
	assert_accepted(mlockall(MCL_FUTURE));
	fresh_pages(PAGES, MAP_PRIVATE);
	IN_CHILD {
		assert_equals(status_bytes("VmLck"), 0, "bytes locked in the child");
		assert_equals(is_locked(fresh_pages(PAGES, MAP_PRIVATE)), false,
			      "what the child maps is locked");
	}
	assert_equals(is_locked(fresh_pages(PAGES, MAP_PRIVATE)), true,
		      "what the parent maps afterwards is locked");
}

CLAIM(what_says_neither_is_refused, "mlock-28",
      "mlockall of neither what is nor what will be is EINVAL, and so is an unknown flag",
      .needs = NEEDED)
{
	assert_refused(mlockall(0), EINVAL);
	assert_refused(mlockall(MCL_ONFAULT), EINVAL);
	assert_refused(mlockall(MCL_FUTURE | 1 << 20), EINVAL);
	assert_equals(is_locked(fresh_pages(PAGES, MAP_PRIVATE)), false, "later memory is locked");
}

CONTROL(one_area_is_not_all, "mlock-23 mlock-24 mlock-25 mlock-26 mlock-27 mlock-28",
	"mlock of one area locks neither another one nor what is mapped later", .needs = NEEDED)
{
	char *one = fresh_pages(PAGES, MAP_PRIVATE), *other = fresh_pages(PAGES, MAP_PRIVATE);

	arrange(mlock(one, PAGES * page_size()) == 0);
	assert_equals(is_locked(one), true, "the one is locked");
	assert_equals(is_locked(other), false, "the other is locked");
	assert_equals(is_locked(fresh_pages(PAGES, MAP_PRIVATE)), false, "later memory is locked");
}
