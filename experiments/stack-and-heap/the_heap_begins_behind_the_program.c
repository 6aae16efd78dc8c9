/* SPDX-License-Identifier: MIT */
/*
 * The heap begins behind the program, and is listed as [heap]
 * ===========================================================
 *
 * Picture after picture has the heap right above the zeroed globals (bss), growing upwards, as
 * document 004 (section 3). The break begins at the end of the bss, says brk(2). So it does where the
 * layout is not random. Where it is, the kernel leaves a gap of random length between the two, lest
 * whoever knows the address of a global know the heap's.
 *
 *      |text|data|bss     |  a gap, or none  |[heap]    ->
 *                         ^ _end             ^ break, when the program starts
 *
 * At first the heap has no page and no line in the map. Its line appears with the first byte.
 *
 * Look with: /proc/self/maps; a program that prints the end of its bss, and its first break.
 * Read on:   brk(2), proc(5) randomize_va_space, personality(2) ADDR_NO_RANDOMIZE; document 004
 *            sections 3, 3.3 and 14.3.
 */
#include <sys/personality.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("The heap begins behind the program, and is listed as [heap]");

SPECIMEN(end_and_break);

enum { RUNS = 4, PAGES = 4 };

static struct specimen_run run(void)
{
	struct specimen_run run = run_specimen(&end_and_break, NULL);

	arrange(run.status == 0);
	return run;
}

CLAIM(it_begins_above_the_globals, "brk-10",
      "A program's first break lies not below the end of its zeroed globals, and can be moved",
      .needs = SPECIMENS)
{
	for (int i = 0; i < RUNS; i++) {
		struct specimen_run now = run();
		long long gap =
			(long long)(specimen_said(&now, "break") - specimen_said(&now, "end"));

		assert_at_least(gap, 0, "bytes from the end of the globals up to the break");
		assert_equals(specimen_said(&now, "moved") - specimen_said(&now, "break"), 1,
			      "bytes by which it was moved");
	}
}

CLAIM(the_gap_is_random, "brk-10",
      "With a random layout runs of one program differ in the gap between globals and break",
      .needs = SPECIMENS | RANDOM_LAYOUT)
{
	unsigned long long gaps[RUNS];
	size_t differing = 0;

	for (int i = 0; i < RUNS; i++) {
		struct specimen_run now = run();

		gaps[i] = specimen_said(&now, "break") - specimen_said(&now, "end");
		evidence("gap", "%llu bytes", gaps[i]);
		differing += gaps[i] != gaps[0];
	}
	assert_at_least(differing, 1, "runs whose gap differs from the first one's");
}

CONTROL(without_randomness_there_is_none, "brk-10",
	"With ADDR_NO_RANDOMIZE the break is the end of the page in which the globals end, each "
	"time",
	.needs = SPECIMENS | PERSONALITIES)
{
	IN_CHILD {
		arrange(personality((unsigned long)personality(0xffffffff) | ADDR_NO_RANDOMIZE) >=
			0);
		for (int i = 0; i < RUNS; i++) {
			struct specimen_run now = run();
			char *end = (char *)(uintptr_t)specimen_said(&now, "end");

			assert_address((char *)(uintptr_t)specimen_said(&now, "break"),
				       page_of(end + page_size() - 1), "the break");
		}
	}
}

/* The end of the area that the last page below the break lies in. */
static struct area area_below(const char *end)
{
	return observe_area(end - 1);
}

CLAIM(it_is_listed_as_heap, "brk-09",
      "What brk adds is listed as [heap], readable and writable, up to the page of the break",
      .needs = AREA_LIST)
{
	char *start = page_of((char *)syscall(SYS_brk, 0) + page_size() - 1);

	for (size_t i = 1; i <= PAGES; i++) {
		char *end = page(start, i) - page_size() / 2;

		if ((char *)syscall(SYS_brk, end) != end) {
			undecided("needs room above the program break: raise ulimit -d");
		}

		struct area heap = area_below(end);

		ck_assert_str_eq(heap.name, "[heap]");
		ck_assert_str_eq(heap.permissions, "rw-p");
		assert_equals(heap.inode, 0, "the file behind it");
		assert_address(heap.end, page(start, i), "where it ends");
	}
}

CONTROL(what_is_given_back_is_listed_no_more, "brk-09",
	"When the break is lowered again, the area ends there, or is gone", .needs = AREA_LIST)
{
	char *start = page_of((char *)syscall(SYS_brk, 0) + page_size() - 1);

	if ((char *)syscall(SYS_brk, page(start, PAGES)) != page(start, PAGES)) {
		undecided("needs room above the program break: raise ulimit -d");
	}
	for (size_t i = PAGES; i-- > 0;) {
		arrange((char *)syscall(SYS_brk, page(start, i)) == page(start, i));
		assert_equals(observe_area(page(start, i)).exists, false,
			      "whether an area is there");
		if (i > 0) {
			assert_address(area_below(page(start, i)).end, page(start, i),
				       "where it ends");
		}
	}
}
