/* SPDX-License-Identifier: MIT */
/*
 * A segment adds its base and minds its limit
 * ===========================================
 *
 * Before there were pages, memory was cut into segments: a base, where the segment begins, and a
 * limit, how long it is. Each access names an offset; the processor adds the base, and refuses an
 * offset beyond the limit (document 004, section 7.1). The x86 can still do this, for programs in
 * 32-bit mode. modify_ldt(2) lets a program describe segments of its own.
 *
 *      offset 100                      offset 200
 *          |                               |
 *      +---v-----------+ limit             v
 *      |   segment     |                  #GP: SIGSEGV
 *      +---------------+
 *      base = &buffer: the byte is buffer[100]
 *
 * Both memories below are ordinary pages that may be read. It is the segment alone that refuses.
 *
 * Look with: a load through the segment, in 32-bit mode; the signal's si_code.
 * Read on:   modify_ldt(2); document 004 sections 7.1 and 7.3.
 */
#include <unistd.h>

#include <touchstone/experiment.h>
#include <touchstone/segments.h>

EXPERIMENT("A segment adds its base and minds its limit");

enum { LIMIT = 127, LARGER = 255 };

/* Entry 0 of the local table: so many bytes (the limit is the last offset) from there on. */
static unsigned segment_at(const void *start, unsigned limit)
{
	struct user_desc segment = {.base_addr = (unsigned)(uintptr_t)start,
				    .limit = limit,
				    .seg_32bit = 1,
				    .useable = 1};

	if (syscall(SYS_modify_ldt, 1, &segment, sizeof segment) != 0) {
		undecided("needs modify_ldt(2), CONFIG_MODIFY_LDT_SYSCALL: errno %d", errno);
	}
	return local_selector(0);
}
CLAIM(the_base_is_added, "seg-03",
      "An offset through a segment reaches the byte that lies so far behind the segment's base")
{
	unsigned char *memory = low_page();
	const unsigned bases[] = {0, 1, 300};
	const unsigned offsets[] = {0, 1, 100, LIMIT};

	for (size_t i = 0; i < 3; i++) {
		unsigned segment = segment_at(memory + bases[i], LIMIT);

		for (size_t j = 0; j < 4; j++) {
			struct trap trap = try_load_through(segment, offsets[j]);

			assert_no_trap(trap);
			assert_equals(trap.loaded, memory[bases[i] + offsets[j]],
				      "the byte that was loaded through the segment");
		}
	}
}

CLAIM(offsets_beyond_the_limit_are_refused, "seg-03",
      "The first offset beyond the limit is refused with SIGSEGV, for loads and for stores, though "
      "the page may be accessed")
{
	unsigned char *memory = low_page();
	unsigned segment = segment_at(memory, LIMIT);
	const unsigned offsets[] = {LIMIT + 1, 200, 0xffffffff};

	assert_no_trap(try_load_through(segment, LIMIT));
	for (size_t i = 0; i < 3; i++) {
		assert_trap(try_load_through(segment, offsets[i]), SIGSEGV, SI_KERNEL, NULL);
		assert_trap(try_store_through(segment, offsets[i], 'x'), SIGSEGV, SI_KERNEL, NULL);
	}
	assert_pattern(memory, page_size(), 1, "the page, behind all the refusals");
}

CONTROL(a_larger_limit_lets_them_through, "seg-03",
	"With a larger limit the same offsets reach their bytes, and the first beyond it none")
{
	unsigned char *memory = low_page();
	unsigned segment = segment_at(memory, LARGER);
	const unsigned offsets[] = {LIMIT + 1, 200, LARGER};

	for (size_t i = 0; i < 3; i++) {
		assert_equals(try_load_through(segment, offsets[i]).loaded, memory[offsets[i]],
			      "the byte that was loaded through the segment");
		assert_no_trap(try_store_through(segment, offsets[i], 'x'));
		assert_byte(memory + offsets[i], 'x', "what was stored through the segment");
	}
	assert_trap(try_load_through(segment, LARGER + 1), SIGSEGV, SI_KERNEL, NULL);
}
