/* SPDX-License-Identifier: MIT */
/*
 * The segments of a program are flat
 * ==================================
 *
 * Segments are still there on x86: every access goes through one. Linux and the others have made
 * them "flat" (document 004, section 7.4): each begins at 0, so that the sum of base and offset is the
 * offset, whichever segment is named. What a pointer means does not depend on the segment.
 *
 *      cs:p    ds:p    es:p    ss:p                gs:p
 *         \      \      /      /                     |
 *          +------+----+------+                      |
 *                 [p]                        [p + base of gs]
 *
 * Only fs and gs have a base that is not 0, for those who want it. In 64-bit mode ds and es
 * may even mean no segment at all.
 *
 * Look with: one load through each segment register.
 * Read on:   arch_prctl(2); document 004 sections 7.3 and 7.4.
 */
#include <sys/syscall.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("The segments of a program are flat");

enum { LENGTH = 64, BASE = 20, SET_GS = 0x1001 };

static unsigned char memory[LENGTH];

#if defined(__x86_64__) || defined(__i386__)
#define LOAD_BY(segment_, from_)                                                                   \
	({                                                                                         \
		unsigned loaded_;                                                                  \
                                                                                                   \
		__asm__ volatile("movzbl %%" segment_ ":(%1), %0"                                  \
				 : "=a"(loaded_)                                                   \
				 : "S"(from_)                                                      \
				 : "memory");                                                      \
		loaded_;                                                                           \
	})
#else
#define LOAD_BY(segment_, from_)                                                                   \
	({                                                                                         \
		(void)(from_);                                                                     \
		undecided("needs a processor with segments: x86");                                 \
		0U;                                                                                \
	})
#endif

CLAIM(each_leads_to_the_same_byte, "seg-01",
      "A load reaches the same byte through cs, ds, es and ss as without naming a segment")
{
	write_pattern(memory, LENGTH, 1);
	for (size_t i = 0; i < LENGTH; i++) {
		const unsigned char *byte = memory + i;

		assert_equals(LOAD_BY("cs", byte), load(byte), "the byte through cs");
		assert_equals(LOAD_BY("ds", byte), load(byte), "the byte through ds");
		assert_equals(LOAD_BY("es", byte), load(byte), "the byte through es");
		assert_equals(LOAD_BY("ss", byte), load(byte), "the byte through ss");
	}
}

CLAIM(they_may_be_no_segment_at_all, "seg-01",
      "In 64-bit mode ds and es may be null, and lead to every byte all the same")
{
	write_pattern(memory, LENGTH, 1);
#ifdef __x86_64__
	__asm__ volatile("movl %0, %%ds\n\tmovl %0, %%es" : : "r"(0));
#else
	undecided("needs a program in the 64-bit mode of an x86-64 processor");
#endif
	for (size_t i = 0; i < LENGTH; i++) {
		const unsigned char *byte = memory + i;

		assert_equals(LOAD_BY("ds", byte), load(byte), "the byte through ds");
		assert_equals(LOAD_BY("es", byte), load(byte), "the byte through es");
	}
}

CONTROL(gs_adds_its_base, "seg-01",
	"Once gs has a base a load through it reaches the byte that lies so much further on")
{
#if !defined(__x86_64__) || defined(__ILP32__)
	undecided("needs an x86-64 program, whose C library leaves gs to it");
#else
	write_pattern(memory, LENGTH, 1);
	for (unsigned long base = 0; base <= BASE; base += BASE) {
		if (syscall(SYS_arch_prctl, SET_GS, base) != 0) {
			undecided("needs arch_prctl(2): errno %d", errno);
		}
		for (size_t i = 0; i < LENGTH - BASE; i++) {
			assert_equals(LOAD_BY("gs", memory + i), load(memory + i + base),
				      "the byte through gs");
		}
	}
#endif
}
