/* SPDX-License-Identifier: MIT */
/*
 * A segment has rights of its own
 * ===============================
 *
 * A segment has a meaning, code or data or stack, and so it can have rights that fit (document
 * 004, section 7.2). Pages have rights, too. Where there are both, an access has to pass both: first the
 * segment's, with its offset, then those of the page that the sum of base and offset leads to.
 *
 *      who stores             segment     page      the store
 *      through a segment      rw          rw        goes through
 *      through a segment      r-          rw        SIGSEGV, by the segment: no address is told
 *      through a segment      rw          r-        SIGSEGV, by the page: with its address
 *      by the flat segment    rw          rw        goes through, into the very same byte
 *
 * Look with: a store through the segment, in 32-bit mode; the signal's si_code and si_addr.
 * Read on:   modify_ldt(2) read_exec_only; document 004 sections 7.2 and 19.
 */
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/experiment.h>
#include <touchstone/segments.h>

EXPERIMENT("A segment has rights of its own");

enum { LIMIT = 127 };

/* Entry 0 of the local table: a segment for data, which may perhaps only be read. */
static unsigned segment_at(const void *start, bool read_only)
{
	struct user_desc segment = {.base_addr = (unsigned)(uintptr_t)start,
				    .limit = LIMIT,
				    .seg_32bit = 1,
				    .read_exec_only = read_only,
				    .useable = 1};

	if (syscall(SYS_modify_ldt, 1, &segment, sizeof segment) != 0) {
		undecided("needs modify_ldt(2), CONFIG_MODIFY_LDT_SYSCALL: errno %d", errno);
	}
	return local_selector(0);
}

CLAIM(a_read_only_segment_refuses_stores, "seg-05",
      "Through a read-only segment each byte can be loaded and none stored, though its page may be "
      "written")
{
	unsigned char *memory = low_page();
	unsigned segment = segment_at(memory, true);
	const unsigned offsets[] = {0, 1, 100, LIMIT};

	for (size_t i = 0; i < 4; i++) {
		struct trap loaded = try_load_through(segment, offsets[i]);

		assert_no_trap(loaded);
		assert_equals(loaded.loaded, memory[offsets[i]], "the byte that was loaded");
		assert_trap(try_store_through(segment, offsets[i], 'x'), SIGSEGV, SI_KERNEL, NULL);
	}
	assert_pattern(memory, page_size(), 1, "the page, behind all the refusals");
}

CLAIM(the_same_byte_can_be_stored_without_it, "seg-05",
      "What the read-only segment refuses to store can be stored at the same address without it")
{
	unsigned char *memory = low_page();
	unsigned segment = segment_at(memory, true);

	assert_trap(try_store_through(segment, 100, 'x'), SIGSEGV, SI_KERNEL, NULL);
	assert_no_trap(try_store(memory + 100, 'y'));
	assert_equals(try_load_through(segment, 100).loaded, 'y', "what the segment shows of it");
}

CONTROL(a_writable_segment_lets_stores_through, "seg-05",
	"Through a segment without the flag the same bytes are stored, unless their page refuses")
{
	unsigned char *memory = low_page();
	unsigned segment = segment_at(memory, false);
	const unsigned offsets[] = {0, 1, 100, LIMIT};

	for (size_t i = 0; i < 4; i++) {
		assert_no_trap(try_store_through(segment, offsets[i], 'x'));
		assert_byte(memory + offsets[i], 'x', "what was stored through the segment");
	}
	arrange(mprotect(memory, page_size(), PROT_READ) == 0);
	assert_trap(try_store_through(segment, 100, 'y'), SIGSEGV, SEGV_ACCERR, memory + 100);
}
