/* SPDX-License-Identifier: MIT */
/*
 * What the break passes downwards is gone
 * =======================================
 *
 * When a heap shrinks, "allocator state" becomes "OS-visible" (document 004, 4.4): the kernel takes
 * every whole page above the new break at once. A stale pointer there gets SIGSEGV; and when
 * the heap grows again, the same addresses hold zeros, for what comes is other memory (document
 * 002). The page in which the break lies is not taken, nor what is in it.
 *
 *      before            |aaaaaaaa|bbbbbbbb|cccccccc|dddddddd|<- break
 *      brk(lower)        |aaaaaaaa|bbbbbbbb|<- break
 *      brk(as before)    |aaaaaaaa|bbbbbbbb|00000000|00000000|<- break
 *
 * Look with: SIGSEGV's si_code; /proc/self/smaps Rss.
 * Read on:   brk(2); documents 004 sections 3.3 and 4.4, 002, introduction.
 */
#include <sys/syscall.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("What the break passes downwards is gone");

enum { PAGES = 8, KEPT = 3 };

static char *move_break(const void *to)
{
	return (char *)syscall(SYS_brk, to);
}

/* So many pages below the break, filled. Nobody else may move it: nothing here calls malloc. */
static char *filled_heap(void)
{
	char *start = page_of(move_break(NULL) + page_size() - 1);

	if (move_break(page(start, PAGES)) != page(start, PAGES)) {
		undecided("needs room above the program break: raise ulimit -d");
	}
	write_pattern(start, PAGES * page_size(), 1);
	return start;
}

CLAIM(what_it_passes_traps, "heap-23 brk-03",
      "From the page behind the lowered break on every access traps, and all below stays")
{
	char *heap = filled_heap();
	const size_t each[] = {PAGES - 1, KEPT, 1};

	for (size_t i = 0; i < 3; i++) {
		char *end = page(heap, each[i]);

		assert_address(move_break(end), end, "the lowered break");
		assert_trap(try_load(end), SIGSEGV, SEGV_MAPERR, end);
		assert_trap(try_store(end, 'x'), SIGSEGV, SEGV_MAPERR, end);
		assert_trap(try_load(page(heap, PAGES) - 1), SIGSEGV, SEGV_MAPERR,
			    page(heap, PAGES) - 1);
		assert_pattern(heap, each[i] * page_size(), 1, "the heap below the break");
	}
}

CLAIM(what_comes_again_is_zero, "heap-23 brk-03",
      "When the break is raised again, what it had passed is zero in every byte, time after time")
{
	char *heap = filled_heap();
	size_t kept = KEPT * page_size(), all = PAGES * page_size();

	for (int round = 0; round < 3; round++) {
		arrange(move_break(heap + kept) == heap + kept);
		assert_address(move_break(heap + all), heap + all, "the break, raised again");
		assert_all_bytes(heap + kept, all - kept, 0, "the memory that came again");
		memset(heap + kept, 'x', all - kept);
	}
	assert_pattern(heap, kept, 1, "the heap that was never passed");
}

CLAIM(the_frames_go_at_once, "heap-23",
      "The heap's resident memory falls by the pages that the break has passed",
      .needs = AREA_USAGE)
{
	char *heap = filled_heap();
	size_t before = observe_usage("filled", heap, PAGES * page_size()).rss;

	arrange(move_break(page(heap, KEPT)) == page(heap, KEPT));
	assert_equals(before - observe_usage("lowered", heap, KEPT * page_size()).rss,
		      (PAGES - KEPT) * page_size(), "bytes by which it fell");
}

CONTROL(the_page_of_the_break_stays, "heap-23 brk-03",
	"A break lowered into the middle of a page leaves the page, with the bytes behind it")
{
	char *heap = filled_heap(), *middle = page(heap, KEPT) - page_size() / 2;

	assert_address(move_break(middle), middle, "the lowered break");
	assert_pattern(heap, KEPT * page_size(), 1, "the heap up to the end of the break's page");
	assert_trap(try_load(page(heap, KEPT)), SIGSEGV, SEGV_MAPERR, page(heap, KEPT));
	assert_address(move_break(page(heap, PAGES)), page(heap, PAGES), "the break, raised again");
	assert_pattern(heap, KEPT * page_size(), 1, "the same bytes afterwards");
	assert_all_bytes(page(heap, KEPT), (PAGES - KEPT) * page_size(), 0,
			 "the pages behind them");
}
