/* SPDX-License-Identifier: MIT */
/*
 * A segment can grow downwards
 * ============================
 *
 * A stack grows towards lower addresses, and "can have its own growth behavior" (document 004,
 * section 7.2). The x86 has a kind of segment for it. In an expand-down segment the limit is the other way round:
 * valid is what lies above the limit, so that lowering the limit makes the segment longer, at its
 * lower end.
 *
 *      offset      ordinary, limit 127     expand-down, limit 127
 *
 *      0           valid                   refused
 *      127         valid                   refused
 *      128         refused                 valid
 *      200         refused                 valid
 *
 * Look with: accesses through the segment, in 32-bit mode; the signal's si_code.
 * Read on:   modify_ldt(2) contents; document 004 section 7.2.
 */
#include <unistd.h>

#include <touchstone/experiment.h>
#include <touchstone/segments.h>

EXPERIMENT("A segment can grow downwards");

enum { LIMIT = 127, LOWER = 63, DATA = 0, STACK = 1 };

/* Entry 0 of the local table: a segment of this kind. */
static unsigned segment_at(const void *start, unsigned limit, unsigned contents)
{
	struct user_desc segment = {.base_addr = (unsigned)(uintptr_t)start,
				    .limit = limit,
				    .seg_32bit = 1,
				    .contents = contents,
				    .useable = 1};

	if (syscall(SYS_modify_ldt, 1, &segment, sizeof segment) != 0) {
		undecided("needs modify_ldt(2), CONFIG_MODIFY_LDT_SYSCALL: errno %d", errno);
	}
	return local_selector(0);
}

/* Loads and stores go through at this offset, and reach the byte that it means. */
static void assert_valid(unsigned segment, unsigned char *memory, unsigned offset)
{
	struct trap loaded = try_load_through(segment, offset);

	assert_no_trap(loaded);
	assert_equals(loaded.loaded, memory[offset], "the byte that was loaded");
	assert_no_trap(try_store_through(segment, offset, (unsigned char)~loaded.loaded));
	assert_byte(memory + offset, (unsigned char)~loaded.loaded, "what was stored");
}

/* They are refused there, by the segment. */
static void assert_beyond(unsigned segment, unsigned offset)
{
	assert_trap(try_load_through(segment, offset), SIGSEGV, SI_KERNEL, NULL);
	assert_trap(try_store_through(segment, offset, 'x'), SIGSEGV, SI_KERNEL, NULL);
}

CLAIM(offsets_above_the_limit_are_valid, "seg-06",
      "An expand-down segment accepts offsets above its limit, and refuses the limit and those "
      "below")
{
	unsigned char *memory = low_page();
	unsigned segment = segment_at(memory, LIMIT, STACK);

	assert_beyond(segment, 0);
	assert_beyond(segment, LIMIT - 16);
	assert_beyond(segment, LIMIT);
	assert_pattern(memory, page_size(), 1, "the page, behind all the refusals");
	assert_valid(segment, memory, LIMIT + 1);
	assert_valid(segment, memory, LIMIT + 16);
	assert_valid(segment, memory, (unsigned)page_size() - 1);
}

CLAIM(a_lower_limit_makes_it_longer, "seg-06",
      "Lowering the limit of an expand-down segment adds the offsets between, at its lower end")
{
	unsigned char *memory = low_page();

	assert_beyond(segment_at(memory, LIMIT, STACK), LOWER + 1);

	unsigned segment = segment_at(memory, LOWER, STACK);

	assert_beyond(segment, LOWER);
	assert_valid(segment, memory, LOWER + 1);
	assert_valid(segment, memory, LIMIT);
	assert_valid(segment, memory, LIMIT + 1);
}

CONTROL(an_ordinary_segment_answers_otherwise, "seg-06",
	"An ordinary segment with the same limit accepts what the other refuses, and the reverse")
{
	unsigned char *memory = low_page();
	unsigned segment = segment_at(memory, LIMIT, DATA);

	assert_valid(segment, memory, 0);
	assert_valid(segment, memory, LIMIT - 16);
	assert_valid(segment, memory, LIMIT);
	assert_beyond(segment, LIMIT + 1);
	assert_beyond(segment, LIMIT + 16);
	assert_beyond(segment, (unsigned)page_size() - 1);
}
