/* SPDX-License-Identifier: MIT */
/*
 * A growing stack keeps its distance from its neighbour
 * =====================================================
 *
 * Document 004 (3.6) speaks of "an unmapped or protected page near the end of a stack". The main
 * stack of a Linux process has no such page: its end moves. What keeps it from growing into the
 * next mapping is a rule. The kernel refuses to extend the area if less than a gap would be left to
 * the next one below that can be accessed; the touch becomes SIGSEGV. The gap is 256 pages, unless
 * the machine was started with another stack_guard_gap: large local arrays step over a single page.
 *
 *        obstacle                gap                   the area grows downwards
 *      +---------+......................................+---+---+---+-------+
 *      |  rw-p   |          stays unmapped              | 3 | 2 | 1 | rw-p  |
 *      +---------+......................................+---+---+---+-------+
 *                                                     ^ SIGSEGV (SEGV_MAPERR)
 *
 * A neighbour that nobody can access (PROT_NONE) counts as a guard, and needs no gap. Anybody can
 * have an area that grows: mmap with MAP_GROWSDOWN.
 *
 * Look with: SIGSEGV's si_code and si_addr; [stack] in /proc/self/maps.
 * Read on:   mmap(2) MAP_GROWSDOWN, getrlimit(2) RLIMIT_STACK; document 004 sections 3.6 and 20.4.
 */
#include <signal.h>
#include <sys/resource.h>

#include <touchstone/experiment.h>

EXPERIMENT("A growing stack keeps its distance from its neighbour");

enum { OBSTACLE = 4, NEAR = 40, FARTHEST = 640, GROWN = 16, SEED = 4 };

/* Four pages with the given rights over what is mapped there, holding a pattern. */
static void put_obstacle(char *at, int rights)
{
	const size_t length = OBSTACLE * page_size();

	arrange(mmap(at, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED,
		     -1, 0) == at);
	write_pattern(at, length, SEED);
	arrange(mprotect(at, length, rights) == 0);
}

/* One page that grows downwards, over a hole of so many pages, and below that an obstacle. */
static char *stack_above(size_t hole, int rights)
{
	char *obstacle = reserve(OBSTACLE + hole + 1), *stack = page(obstacle, OBSTACLE + hole);

	put_obstacle(obstacle, rights);
	arrange(munmap(page(obstacle, OBSTACLE), hole * page_size()) == 0);
	arrange(mmap(stack, page_size(), PROT_READ | PROT_WRITE,
		     MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED | MAP_GROWSDOWN, -1, 0) == stack);
	return stack;
}

/* Touches one page after the other below a stack: how many it got, and how the next one trapped. */
static size_t grow(char *stack, size_t most, struct trap *last)
{
	for (size_t grown = 0; grown < most; grown++) {
		*last = try_store(stack - grown * page_size() - 1, 'g');
		if (last->signal != 0) {
			return grown;
		}
	}
	return most;
}

/* The gap of this machine in pages, by trial, in which no stack grows by more than NEAR pages. */
static size_t gap_in_pages(void)
{
	struct rlimit limit;
	struct trap last;

	arrange(getrlimit(RLIMIT_STACK, &limit) == 0);
	for (size_t hole = NEAR; hole <= FARTHEST; hole += NEAR) {
		size_t grown = grow(stack_above(hole, PROT_READ | PROT_WRITE), hole, &last);

		if (grown > 0 && limit.rlim_cur >= (NEAR + 2) * page_size()) {
			return hole - grown;
		}
	}
	undecided("needs MAP_GROWSDOWN, ulimit -s of 42 pages, and a stack_guard_gap below 640");
}

/* It was stopped below so many pages, the obstacle is whole, and between them there is nothing. */
static void assert_stopped(struct trap last, char *stack, size_t grown, size_t gap)
{
	char *low = stack - grown * page_size(), *end = low - gap * page_size();

	assert_trap(last, SIGSEGV, SEGV_MAPERR, low - 1);
	assert_trap(try_load(low - 1), SIGSEGV, SEGV_MAPERR, low - 1);
	assert_trap(try_load(end), SIGSEGV, SEGV_MAPERR, end);
	assert_trap(try_store(end, 'g'), SIGSEGV, SEGV_MAPERR, end);
	assert_pattern(end - OBSTACLE * page_size(), OBSTACLE * page_size(), SEED, "the obstacle");
}

CLAIM(growth_stops_short_of_an_obstacle, "stack-04",
      "An area that grows is refused the page that would come nearer than the gap to another one")
{
	size_t gap = gap_in_pages();
	const size_t room[] = {0, 1, GROWN};
	struct trap last;

	assert_at_least(gap, 1, "pages of the gap");
	for (size_t i = 0; i < 6; i++) {
		size_t free = room[i / 2];
		char *stack = stack_above(gap + free, i % 2 ? PROT_READ : PROT_READ | PROT_WRITE);

		assert_equals(grow(stack, gap + free, &last), free, "pages that it grew by");
		assert_stopped(last, stack, free, gap);
	}
}

CLAIM(the_main_stack_keeps_its_distance, "stack-04",
      "The main stack stops at the same distance from an obstacle, and goes on when that has gone",
      .needs = AREA_LIST)
{
	size_t gap = gap_in_pages();
	struct area area = observe_area(__builtin_frame_address(0));
	char *stack = (char *)area.start;
	char *low = stack - GROWN * page_size(), *end = low - gap * page_size();
	char *obstacle = end - OBSTACLE * page_size();
	struct rlimit limit;
	struct trap last;

	arrange(getrlimit(RLIMIT_STACK, &limit) == 0);
	if (count_areas(obstacle, (size_t)(stack - obstacle)) > 0 ||
	    limit.rlim_cur < area.end - area.start + 2 * GROWN * page_size()) {
		undecided("needs a main stack that may still grow: a larger ulimit -s, free space");
	}
	put_obstacle(obstacle, PROT_READ | PROT_WRITE);
	assert_equals(grow(stack, 2 * GROWN, &last), GROWN, "pages that it grew by");
	assert_stopped(last, stack, GROWN, gap);
	assert_address(observe_area(&last).start, low, "the stack's start");
	assert_equals(count_areas(end, gap * page_size()), 0, "areas in the gap");

	assert_accepted(munmap(obstacle, OBSTACLE * page_size()));
	assert_equals(grow(low, GROWN, &last), GROWN, "pages that it grew by without the obstacle");
}

CONTROL(an_inaccessible_neighbour_needs_no_gap, "stack-04",
	"Towards a PROT_NONE neighbour it grows until not a byte is left between them")
{
	char *stack = stack_above(NEAR, PROT_NONE), *low = stack - NEAR * page_size();
	struct trap last;

	assert_at_least(gap_in_pages(), 1, "pages of the gap towards others");
	assert_equals(grow(stack, NEAR + 1, &last), NEAR, "pages that it grew by");
	assert_trap(last, SIGSEGV, SEGV_ACCERR, low - 1);
}
