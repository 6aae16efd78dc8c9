/* SPDX-License-Identifier: MIT */
/*
 * The heap grows upwards, in one piece
 * ====================================
 *
 * The heap "Usually grows upward", says the picture of document 004 (section 3). What makes it
 * grow is brk(2). Each call sets the end of the heap higher, and what is added lies right behind
 * what was there. The start stays where it is, so the heap is one stretch without holes, however
 * often and by whatever lengths it grew.
 *
 *      start          break            break          break
 *      |   before     |   first step   |  second step |
 *      +--------------+----------------+--------------+   ->
 *
 * Nothing else in a process grows in this way: mmap brings separate areas, wherever there is room.
 *
 * Look with: brk(2), called directly, for C libraries keep what sbrk(3) does to themselves;
 * [heap] in /proc/self/maps.
 * Read on:   brk(2), proc(5) "maps"; document 004 sections 3 and 3.3.
 */
#include <sys/syscall.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("The heap grows upwards, in one piece");

enum { STEPS = 6, SEED = 9 };

/* The heap begins with a page that is there already; yields its end. */
static char *begin_heap(void)
{
	char *end = page_of((char *)syscall(SYS_brk, 0) + page_size() - 1) + page_size();

	if ((char *)syscall(SYS_brk, end) != end) {
		undecided("needs room above the program break: raise ulimit -d");
	}
	return end;
}

/* Some pages and some bytes, each time others. */
static size_t length_of_step(int step)
{
	return (size_t)(step % 3 + 1) * page_size() + (size_t)step * page_size() / 8;
}

/* Moves the break upwards; yields where it was. */
static char *grow(size_t length)
{
	char *before = (char *)syscall(SYS_brk, 0),
	     *after = (char *)syscall(SYS_brk, before + length);

	if (after == before) {
		undecided("needs room above the program break: raise ulimit -d and -v");
	}
	assert_address(after, before + length, "the break");
	return before;
}

CLAIM(what_is_added_lies_behind_what_was_there, "layout-02",
      "Each step adds its bytes right above the last ones, which all keep what was written there")
{
	char *first = begin_heap();

	for (int step = 0; step < STEPS; step++) {
		char *end = grow(length_of_step(step)) + length_of_step(step);

		write_pattern(first, (size_t)(end - first), SEED + (unsigned)step);
		grow(page_size());
		assert_pattern(first, (size_t)(end - first), SEED + (unsigned)step,
			       "the heap's bytes below the step");
	}
}

CLAIM(its_start_stays_and_no_hole_is_in_it, "layout-02",
      "From a start that stays where it is up to the break every page is [heap]",
      .needs = AREA_LIST)
{
	uintptr_t start = observe_area(begin_heap() - 1).start;

	for (int step = 0; step < STEPS; step++) {
		char *end = grow(length_of_step(step)) + length_of_step(step);
		uintptr_t at = start;

		while (at < (uintptr_t)end) {
			struct area area = observe_area((void *)at);

			ck_assert_str_eq(area.name, "[heap]");
			assert_address(area.start, at, "where the next part of the heap starts");
			at = area.end;
		}
		assert_address(at, page_of(end + page_size() - 1), "where the heap ends");
	}
}

CONTROL(lowered_it_ends_lower, "layout-02",
	"Lowered step by step the break is where it was before each step, and the page there is "
	"gone")
{
	char *first = begin_heap(), *before[STEPS];

	for (int step = 0; step < STEPS; step++) {
		before[step] = grow(length_of_step(step));
		store(before[step], 'h');
	}
	for (int step = STEPS; step-- > 0;) {
		char *above = page_of(before[step] + page_size() - 1);

		assert_address((char *)syscall(SYS_brk, before[step]), before[step], "the break");
		assert_trap(try_load(above), SIGSEGV, SEGV_MAPERR, above);
	}
	assert_address((char *)syscall(SYS_brk, 0), first, "the break in the end");
}
