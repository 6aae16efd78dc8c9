/* SPDX-License-Identifier: MIT */
/*
 * Stack pages come with the first use, and stay
 * =============================================
 *
 * To allocate on the stack "is usually just moving a stack pointer", says document 004 (3.4). No
 * allocator and no system call is in it; the kernel meets the new pages when they are first
 * touched, like any others. What the document does not say: when the function returns, the pages
 * stay. The stack pointer moves back, and nobody tells the kernel. So the second use of the same
 * depth costs nothing, and the deepest call that a process ever made is paid for until its end.
 *
 *      before            within the call       after it
 *      |  used  |        |  used  |            |  used  |
 *      :........:        |oooooooo| 16 faults  |oooooooo| still there
 *      :........:        |oooooooo|            |oooooooo|
 *
 * Who minds gives them back himself, below the stack pointer, with madvise(MADV_DONTNEED).
 *
 * Look with: /proc/PID/pagemap, getrusage(2) ru_minflt.
 * Read on:   alloca(3), madvise(2); documents 001, 004 sections 3.4 and 20.4.
 */
#include <alloca.h>
#include <sys/resource.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("Stack pages come with the first use, and stay");

enum { PAGES = 16, FAR = 48, BELOW = 8, KIB = 1024 };

/*
 * Pages of the stack that no call has reached yet, and how long an array has to be to reach
 * them.
 */
static char *unused;
static size_t length;

/* An array on the stack, of which every page is stored to, from the top down. */
__attribute__((noinline)) static void use_stack(void)
{
	volatile char *array = alloca(length);

	for (size_t at = 1; at <= length; at += page_size() / 2) {
		array[length - at] = 's';
	}
}

static void find_unused_stack(void)
{
	char *frame = __builtin_frame_address(0);
	struct area stack = observe_area(frame);
	struct rlimit limit;

	arrange(stack.exists && getrlimit(RLIMIT_STACK, &limit) == 0);
	if (limit.rlim_cur < stack.end - stack.start + (1 + FAR + BELOW) * page_size() + 64 * KIB) {
		undecided("needs a main stack that may still grow: one that grows on demand, and a "
			  "larger ulimit -s");
	}
	/* So that its code is there, and all that earlier calls have reached, the parent's too, is our own. */
	length = (size_t)(frame - (char *)stack.start);
	use_stack();
	unused = page_of((char *)observe_area(frame).start - FAR * page_size());
	length = (size_t)(frame - unused);
}

/* How many pages have nothing behind them, from below the unused ones up to this call's. */
static long count_absent(const char *when)
{
	char *low = unused - BELOW * page_size();
	size_t count = (size_t)(page_of(__builtin_frame_address(0)) - low) / page_size();

	return (long)(count - count_present(observe_pages(when, low, count)));
}

CLAIM(each_new_page_costs_one_fault, "stack-07",
      "A deep call's array costs a fault for each page that was absent, and those come",
      .needs = FAULT_COUNTS | PAGE_STATES)
{
	find_unused_stack();
	assert_strip(observe_pages("before", unused, PAGES), ".");

	long absent = count_absent("before, and around");
	struct faults spent = faults_of(use_stack());

	assert_equals(spent.minor, absent - count_absent("after, and around"),
		      "minor faults, and pages that came");
	assert_at_least(spent.minor, FAR, "minor faults");
	assert_strip(observe_pages("after", unused, PAGES), "p");
}

CLAIM(the_second_use_needs_nothing, "stack-07",
      "The second call takes no fault, and leaves the list of areas and the break alone",
      .needs = FAULT_COUNTS | AREA_LIST)
{
	void *end = sbrk(0);

	find_unused_stack();
	use_stack();

	struct area_list before = observe_areas();

	for (int again = 0; again < 3; again++) {
		assert_equals(faults_of(use_stack()).minor, 0, "minor faults of another call");
	}
	assert_same_areas(observe_areas(), before, "the areas, after the calls");
	assert_address(sbrk(0), end, "the break");
}

CLAIM(the_pages_stay, "stack-08",
      "When the deep call has returned, its pages are there as before, also after shallow calls",
      .needs = FAULT_COUNTS | PAGE_STATES)
{
	find_unused_stack();
	assert_strip(observe_pages("before", unused, PAGES), ".");
	use_stack();
	assert_strip(observe_pages("after the deep call", unused, PAGES), "p");

	size_t deep = length;

	length = page_size();
	assert_equals(faults_of(use_stack()).minor, 0, "minor faults of a shallow call");
	length = deep;
	assert_strip(observe_pages("after a shallow call", unused, PAGES), "p");
	assert_equals(faults_of(use_stack()).minor, 0, "minor faults of another deep call");
}

CONTROL(they_go_when_they_are_given_back, "stack-07 stack-08",
	"Given back with MADV_DONTNEED the pages are gone, and the next deep call faults for each",
	.needs = FAULT_COUNTS | PAGE_STATES)
{
	find_unused_stack();
	use_stack();
	for (int round = 0; round < 2; round++) {
		assert_accepted(madvise(unused, PAGES * page_size(), MADV_DONTNEED));
		assert_strip(observe_pages("given back", unused, PAGES), ".");
		assert_equals(faults_of(use_stack()).minor, PAGES, "minor faults of the next call");
		assert_strip(observe_pages("used again", unused, PAGES), "p");
	}
}
