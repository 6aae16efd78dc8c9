/* SPDX-License-Identifier: MIT */
/*
 * An area can grow downwards when it is touched below
 * ===================================================
 *
 * A stack grows by being used, and any mapping can be had like that: MAP_GROWSDOWN. Three things
 * that mmap(2) says of it are not so (any more). "The return address is one page lower than the
 * memory area that is actually created": it is the area's first page. "Touching an address in the
 * guard page below will cause the mapping to grow by a page": there is no guard page, and a
 * touch further down makes the area grow as far as that in one step. And the high end of the
 * next mapping is not the only border: with the address space it takes, an area that grows
 * may not exceed the limit of the stack (ulimit -s).
 *
 *             mmap                    a touch here
 *                                     v
 *      ...............| rw |    .....| 0 | 0 | 0 | 0 | rw |     never beyond ulimit -s
 *                     ^
 *                     returned
 *
 * Only memory that is private and belongs to no file grows. (How near a growing area may come to its
 * neighbour is told in stack-and-heap.)
 *
 * Look with: a trap or none, every byte of what has grown, /proc/self/maps.
 * Read on:   mmap(2) MAP_GROWSDOWN, getrlimit(2) RLIMIT_STACK.
 */
#include <sys/mman.h>
#include <sys/resource.h>

#include <touchstone/experiment.h>

EXPERIMENT("An area can grow downwards when it is touched below");

enum { HOLE = 12, LIMIT = 6 };

/* A limit of the stack that leaves an area room for so many pages. */
static struct rlimit stack_limit(size_t pages)
{
	struct rlimit limit;

	arrange(getrlimit(RLIMIT_STACK, &limit) == 0);
	if (limit.rlim_cur < pages * page_size()) {
		undecided("needs a stack of %zu pages: raise ulimit -s", pages);
	}
	return limit;
}

/* One page that holds a pattern, above a hole of twelve free pages. */
static char *page_above_a_hole(int flags)
{
	char *hole = reserve(HOLE + 1), *area = page(hole, HOLE);

	(void)stack_limit(HOLE + 1);
	arrange(munmap(hole, HOLE * page_size()) == 0);
	assert_address(mmap(area, page_size(), PROT_READ | PROT_WRITE,
			    MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED | flags, -1, 0),
		       area, "the address returned");
	write_pattern(area, page_size(), 1);
	return area;
}

CLAIM(a_touch_below_makes_it_grow, "mmap-06",
      "A touch in the page below makes the area grow by that page, which is zero, and again")
{
	char *area = page_above_a_hole(MAP_GROWSDOWN);

	assert_no_trap(try_store(area - 1, 'g'));
	assert_all_bytes(page(area, 0) - page_size(), page_size() - 1, 0, "what has grown");
	assert_byte(area - 1, 'g', "the byte that was stored");
	assert_no_trap(try_load(area - 2 * page_size()));
	assert_all_bytes(area - 2 * page_size(), page_size(), 0, "what has grown by a load");
	assert_byte(area - 1, 'g', "the byte that was stored");
	assert_pattern(area, page_size(), 1, "the page that was mapped");
}

CLAIM(a_touch_far_below_takes_all_between, "mmap-06",
      "A touch many pages below makes the area grow that far at once, with zeros all the way")
{
	char *area = page_above_a_hole(MAP_GROWSDOWN), *low = area - HOLE * page_size();

	assert_no_trap(try_store(low, 'g'));
	assert_byte(low, 'g', "the byte that was stored");
	assert_all_bytes(low + 1, HOLE * page_size() - 1, 0, "all that has grown");
	assert_pattern(area, page_size(), 1, "the page that was mapped");
	assert_trap(try_load(low - 1), SIGSEGV, SEGV_ACCERR, low - 1);
}

CLAIM(it_starts_where_mmap_says, "mmap-06",
      "The area starts at the address that mmap returned, and grows to the page that was touched",
      .needs = AREA_LIST)
{
	char *area = page_above_a_hole(MAP_GROWSDOWN), *touched = area - 5 * page_size() + 7;

	assert_address(observe_area(area).start, area, "where the area starts");
	assert_no_trap(try_load(touched));
	assert_address(observe_area(area).start, page_of(touched), "where it starts then");
	assert_address(observe_area(area).end, page(area, 1), "where it ends");
}

/* One touch, under a limit of the stack of LIMIT pages, which is in force for this touch alone. */
static struct trap touch_under_limit(char *address)
{
	struct rlimit usual = stack_limit(HOLE + 1), low = usual;

	low.rlim_cur = LIMIT * page_size();
	arrange(setrlimit(RLIMIT_STACK, &low) == 0);

	struct trap trap = try_load(address);

	arrange(setrlimit(RLIMIT_STACK, &usual) == 0);
	return trap;
}

CLAIM(it_grows_up_to_the_limit_of_the_stack, "mmap-07",
      "It grows until it is as large as ulimit -s permits, and a touch below that is refused")
{
	char *area = page_above_a_hole(MAP_GROWSDOWN),
	     *lowest = page(area, 1) - LIMIT * page_size();

	(void)touch_under_limit(area); /* the real stack is as deep now as it will be */
	assert_trap(touch_under_limit(lowest - 1), SIGSEGV, SEGV_MAPERR, lowest - 1);
	assert_no_trap(touch_under_limit(lowest));
	assert_trap(touch_under_limit(lowest - 1), SIGSEGV, SEGV_MAPERR, lowest - 1);
	assert_no_trap(try_load(lowest - 1));
	assert_all_bytes(lowest - page_size(), LIMIT * page_size(), 0, "what has grown");
}

CLAIM(only_private_memory_grows, "mmap-06",
      "MAP_GROWSDOWN is refused with EINVAL for shared memory and for files, shared or private")
{
	int rw = PROT_READ | PROT_WRITE, fd = memory_file(1, 1);

	assert_refused(
		mmap(NULL, page_size(), rw, MAP_SHARED | MAP_ANONYMOUS | MAP_GROWSDOWN, -1, 0),
		EINVAL);
	assert_refused(mmap(NULL, page_size(), rw, MAP_SHARED | MAP_GROWSDOWN, fd, 0), EINVAL);
	assert_refused(mmap(NULL, page_size(), rw, MAP_PRIVATE | MAP_GROWSDOWN, fd, 0), EINVAL);
}

CONTROL(other_areas_do_not_grow, "mmap-06 mmap-07",
	"Below an area without the flag every touch is refused, and it stays as it is")
{
	char *area = page_above_a_hole(0), *far = area - HOLE * page_size();

	assert_trap(try_store(area - 1, 'g'), SIGSEGV, SEGV_MAPERR, area - 1);
	assert_trap(try_load(far), SIGSEGV, SEGV_MAPERR, far);
	assert_trap(try_load(area - 1), SIGSEGV, SEGV_MAPERR, area - 1);
	assert_pattern(area, page_size(), 1, "the area");
}
