/* SPDX-License-Identifier: MIT */
/*
 * specimen flags: -nostdlib -static -no-pie -fno-pie -ffreestanding -O1 -Wno-unused-command-line-argument
 *
 * A program whose file ends in the middle of a page of its data segment:
 *
 *     one page of the file            the pages that follow are not in the file
 *     |dddddddddddddd...............|.......................|.............      |
 *      .data          ^ file_end     bss                    bss     memory_end
 *                     the tail: bss too, although the page came from the file
 *
 * At its first line it looks at every byte from the start of .data to memory_end, before anything
 * can have written there, and says what it found.
 */
#include "specimen.h"

#include <linux/elf.h>

#if __SIZEOF_POINTER__ == 8
typedef Elf64_Phdr program_header;
#else
typedef Elf32_Phdr program_header;
#endif

enum { LARGEST_PAGE = 65536, BSS_PAGES = 3, STEP = 64 };

/* No byte is 0, and the period is no power of 2. */
#define PATTERN(i) ((unsigned char)((i) % 251 + 1))
#define PATTERN_8(i)                                                                               \
	PATTERN(i), PATTERN((i) + 1), PATTERN((i) + 2), PATTERN((i) + 3), PATTERN((i) + 4),        \
		PATTERN((i) + 5), PATTERN((i) + 6), PATTERN((i) + 7)
#define PATTERN_64(i)                                                                              \
	PATTERN_8(i), PATTERN_8((i) + 8), PATTERN_8((i) + 16), PATTERN_8((i) + 24),                \
		PATTERN_8((i) + 32), PATTERN_8((i) + 40), PATTERN_8((i) + 48), PATTERN_8((i) + 56)

/*
 * 323 bytes from a multiple of 64: they end 3 beyond a multiple of 64, which no page does, however
 * large. (Where an assembler or a linker adds something behind them, shares_page tells whether
 * it worked.)
 */
__attribute__((aligned(STEP))) static volatile unsigned char data[] = {
	PATTERN_64(0),   PATTERN_64(64), PATTERN_64(128), PATTERN_64(192),
	PATTERN_64(256), PATTERN(320),   PATTERN(321),    PATTERN(322)};

/* Begins where .data ends, and goes on for pages of any size. */
static volatile unsigned char bss[(BSS_PAGES + 1) * LARGEST_PAGE];

/* Addresses are numbers here: the compiler must not know what it is that they point into. */
static unsigned long count_nonzero(unsigned long from, unsigned long to)
{
	unsigned long nonzero = 0;

	for (unsigned long at = from; at < to; at++) {
		nonzero += *(const volatile unsigned char *)at != 0;
	}
	return nonzero;
}

static unsigned long count_wrong_data(void)
{
	unsigned long wrong = 0;

	for (unsigned long i = 0; i < sizeof data; i++) {
		wrong += data[i] != PATTERN(i);
	}
	return wrong;
}

/* The last segment that is loaded and may be written: .data and .bss. */
static const program_header *data_segment(const long *stack)
{
	unsigned long at = auxiliary_value(stack, AT_PHDR);
	unsigned long count = auxiliary_value(stack, AT_PHNUM);
	unsigned long size = auxiliary_value(stack, AT_PHENT);
	const program_header *found = 0;

	for (unsigned long i = 0; i < count; i++) {
		const program_header *header = (const program_header *)(at + i * size);

		if (header->p_type == PT_LOAD && (header->p_flags & PF_W)) {
			found = header;
		}
	}
	return found;
}

int specimen(long *stack)
{
	const program_header *segment = data_segment(stack);
	unsigned long page_size = auxiliary_value(stack, AT_PAGESZ);

	if (!segment || !page_size) {
		return 1;
	}

	unsigned long file_end = segment->p_vaddr + segment->p_filesz;
	unsigned long memory_end = segment->p_vaddr + segment->p_memsz;
	unsigned long shared_end = (file_end + page_size - 1) & ~(page_size - 1);
	unsigned long data_end = (unsigned long)data + sizeof data;
	unsigned long bss_start = (unsigned long)bss;

	/* First look, then speak. */
	unsigned long data_wrong = count_wrong_data();
	unsigned long tail_nonzero = count_nonzero(file_end, shared_end);
	unsigned long behind_data_nonzero = count_nonzero(data_end, shared_end);
	unsigned long bss_nonzero = count_nonzero(shared_end, memory_end);

	say("page_size", page_size);
	say("data_start", (unsigned long)data);
	say("data_bytes", sizeof data);
	say("data_wrong", data_wrong);
	say("file_size", segment->p_filesz);
	say("memory_size", segment->p_memsz);
	say("file_end", file_end);
	say("memory_end", memory_end);
	say("shares_page", data_end <= file_end && file_end < shared_end &&
				   data_end > shared_end - page_size && bss_start < shared_end &&
				   bss_start + sizeof bss <= memory_end);
	say("tail_bytes", shared_end - file_end);
	say("tail_nonzero", tail_nonzero);
	say("behind_data_nonzero", behind_data_nonzero);
	say("bss_bytes", memory_end - shared_end);
	say("bss_nonzero", bss_nonzero);
	return 0;
}
