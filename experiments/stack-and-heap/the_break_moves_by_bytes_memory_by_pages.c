/* SPDX-License-Identifier: MIT */
/*
 * The break moves by bytes, its memory by pages
 * =============================================
 *
 * The heap is the oldest kind of dynamic memory: a line, the program break, and below it memory.
 * brk(2) moves the line. It takes and gives back any address, but there is only memory in pages.
 * So the last page belongs to the heap up to its end, and moving the line within a page
 * changes nothing but a number.
 *
 *      start of the heap                      break
 *          |###########|###########|####.......|   nothing
 *                                       ^ memory, too, until the page ends
 *
 * The man page describes the C library: 0, or -1 and ENOMEM. The system call itself never
 * says -1. It answers with the break as it is now, and who asked for another one sees from that that
 * nothing was done.
 *
 * Look with: the bare system call (musl's brk and sbrk refuse to move it), and SIGSEGV's si_code.
 * Read on:   brk(2) with "C library/kernel differences"; document 004 section 3.3.
 */
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("The break moves by bytes, its memory by pages");

enum { PAGES = 4 };

static char *move_break(const void *to)
{
	return (char *)syscall(SYS_brk, to);
}

/* The break, moved up to the start of a page, with room for the pages of a claim. */
static char *start_on_a_page(void)
{
	char *start = page_of(move_break(NULL) + page_size() - 1);

	if (move_break(page(start, PAGES)) != page(start, PAGES)) {
		undecided("needs room above the program break: raise ulimit -d");
	}
	arrange(move_break(start) == start);
	return start;
}

CLAIM(the_call_answers_with_the_break, "brk-01",
      "The system call answers with the break it has set, and a null pointer only asks for it")
{
	char *start = start_on_a_page();
	const ptrdiff_t each[] = {1, (ptrdiff_t)page_size() - 1, (ptrdiff_t)page_size(),
				  0, (ptrdiff_t)page_size() + 1, 7};

	for (size_t i = 0; i < sizeof each / sizeof *each; i++) {
		assert_address(move_break(start + each[i]), start + each[i],
			       "what moving it answers");
		assert_address(move_break(NULL), start + each[i], "what asking for it answers");
	}
}

CLAIM(a_refusal_answers_with_it_too, "brk-01 brk-04",
      "A break below the start of the heap is refused: the answer is the old one, and errno is 0")
{
	char *start = start_on_a_page();
	const uintptr_t each[] = {1, page_size() - 1, page_size()};

	arrange(move_break(start + 1) == start + 1);
	store(start, 'h');
	for (size_t i = 0; i < 3; i++) {
		errno = 0;
		assert_address(move_break((void *)each[i]), start + 1,
			       "what moving it there answers");
		assert_equals(errno, 0, "errno");
		assert_address(move_break(NULL), start + 1, "the break");
	}
	assert_byte(start, 'h', "what is in the heap");
}

CLAIM(the_start_is_the_border, "brk-04",
      "One byte below the place where the heap starts the break is refused",
      .needs = AREA_LIST | RANDOM_LAYOUT)
{
	char *start = start_on_a_page();

	arrange(move_break(start + 1) == start + 1);

	struct area heap = observe_area(start), below = heap;

	while (below.exists && strcmp(below.name, "[heap]") == 0) { /* it may be in pieces */
		heap = below;
		below = observe_area((void *)(heap.start - 1));
	}
	ck_assert_str_eq(heap.name, "[heap]");
	assert_address(move_break((void *)(heap.start - 1)), start + 1,
		       "what moving it there answers");
	assert_address(move_break((void *)(heap.start - page_size())), start + 1,
		       "what moving it a page lower answers");
	assert_address(observe_area((void *)heap.start).start, heap.start, "where the heap starts");
}

CLAIM(memory_comes_by_pages, "brk-02",
      "One byte of break brings a page of memory, all of it zero, and the second page traps")
{
	char *start = start_on_a_page();

	assert_trap(try_load(start), SIGSEGV, SEGV_MAPERR, start);
	for (size_t length = 1; length <= page_size(); length = length * 8 - 1) {
		assert_address(move_break(start + length), start + length, "the break");
		assert_all_bytes(start, page_size(), 0, "the page that the break lies in");
		assert_no_trap(try_store(start + page_size() - 1, 0));
		assert_trap(try_load(page(start, 1)), SIGSEGV, SEGV_MAPERR, page(start, 1));
	}
	assert_address(move_break(page(start, 1)), page(start, 1), "the break at the page's end");
	assert_trap(try_load(page(start, 1)), SIGSEGV, SEGV_MAPERR, page(start, 1));
	assert_address(move_break(page(start, 1) + 1), page(start, 1) + 1,
		       "the break a byte behind it");
	assert_no_trap(try_load(page(start, 2) - 1));
	assert_trap(try_load(page(start, 2)), SIGSEGV, SEGV_MAPERR, page(start, 2));
}

CONTROL(a_break_within_its_page_loses_nothing, "brk-01 brk-02 brk-04",
	"Lowered and raised within one page, the break takes no byte with it")
{
	char *start = start_on_a_page();

	arrange(move_break(page(start, 1)) == page(start, 1));
	write_pattern(start, page_size(), 1);
	for (size_t length = page_size() - 1; length > 0; length /= 5) {
		assert_address(move_break(start + length), start + length, "the break");
		assert_pattern(start, page_size(), 1, "the page that the break lies in");
	}
	assert_address(move_break(page(start, 1)), page(start, 1), "the break, raised again");
	assert_pattern(start, page_size(), 1, "the page afterwards");
}
