/* SPDX-License-Identifier: MIT */
/*
 * Programs cannot reach their tables
 * ==================================
 *
 * Whoever can write page tables owns the machine: one entry more, and any frame can be read. So
 * document 004 (section 8.5) gives them to the kernel alone, and has the hardware enforce what the
 * kernel has decided. Three doors have to be shut:
 *
 *      the tables' addresses      a bit in each entry says "supervisor": a program's load from
 *                                 the kernel's half of the address space traps
 *      the register to the top    mov to and from cr3 is a privileged instruction: it traps
 *      the frames themselves      no frame that serves as a table is mapped for a program
 *
 * Look with: a signal's si_code and si_addr; /proc/kpageflags, where bit 26 marks page tables.
 * Read on:   the kernel's x86 mm.rst and pagemap.rst; document 004 sections 8.1, 8.5, 14.3.
 */
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("Programs cannot reach their tables");

enum { BY_INSTRUCTION = 0x80 }; /* si_code of a trap without an address: SI_KERNEL */
enum { PAGE_TABLE = 26, WORDS = 8, TURNS = 64, MAPPED = 16, CODE = 16 };

/* Runs a few bytes of x86-64 machine code, and a return behind them. */
static struct trap run(const void *code, size_t length)
{
#ifndef __x86_64__
	undecided("needs x86-64, whose machine code these claims are written in");
#endif
	char *area = fresh_pages(1, MAP_PRIVATE);

	memcpy(area, code, length);
	area[length] = (char)0xc3; /* ret */
	arrange(mprotect(area, page_size(), PROT_READ | PROT_EXEC) == 0);
	return try_call(area);
}

/* mov $address, %rax; then a load from there (8a) or a store to it (88). */
static struct trap access_by_code(uint64_t address, unsigned char access)
{
	unsigned char code[CODE] = {0x48, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, access, 0x00};

	memcpy(code + 2, &address, sizeof address);
	return run(code, 12);
}

CLAIM(kernel_addresses_are_refused, "ptable-12",
      "Loads from and stores to kernel addresses trap, and look as if there were nothing at all",
      .needs = EXECUTABLE_MEMORY)
{
	/* Where all of memory is mapped (unless at random), the kernel's code, and the last page. */
	const uint64_t each[] = {0xffff888000000000, 0xffffffff81000000, 0xfffffffffffff000};
	const unsigned char accesses[] = {0x8a, 0x88};

	for (size_t i = 0; i < 6; i++) {
		uint64_t address = each[i / 2];
		struct trap trap = access_by_code(address, accesses[i % 2]);

		if (trap.signal == SIGSEGV && trap.code == BY_INSTRUCTION) {
			/* A processor that looks at the address alone (LASS) tells no address. */
			assert_trap(trap, SIGSEGV, BY_INSTRUCTION, NULL);
		} else {
			assert_trap(trap, SIGSEGV, SEGV_MAPERR, (void *)(uintptr_t)address);
		}
	}
}

CLAIM(the_register_to_the_top_is_refused, "ptable-14",
      "The instructions that read and set the tables' register, or drop a translation, trap",
      .needs = EXECUTABLE_MEMORY)
{
	assert_trap(run("\x0f\x20\xd8", 3), SIGSEGV, BY_INSTRUCTION, NULL); /* mov %cr3, %rax */
	assert_trap(run("\x0f\x22\xd8", 3), SIGSEGV, BY_INSTRUCTION, NULL); /* mov %rax, %cr3 */
	assert_trap(run("\x0f\x01\x38", 3), SIGSEGV, BY_INSTRUCTION, NULL); /* invlpg (%rax) */
}

static uint64_t flags_of_frame(int flags, uint64_t frame)
{
	uint64_t word = 0;

	arrange(pread(flags, &word, sizeof word, (off_t)(frame * sizeof word)) == sizeof word);
	return word;
}

CLAIM(no_frame_of_a_program_is_a_table, "ptable-14",
      "Behind code, constants, data, stack and mapped memory there is no frame of a page table",
      .needs = FRAME_NUMBERS | PAGE_FLAGS)
{
	static const char constant[] = "constant";
	static char data = 'd';
	char local = 'l', *area = filled_pages(MAPPED, MAP_PRIVATE, 1);
	const void *each[] = {(const void *)(uintptr_t)run, constant, &data, &local};
	int flags = open("/proc/kpageflags", O_RDONLY | O_CLOEXEC);
	struct pages seen = observe_pages("mapped", area, MAPPED);

	for (size_t i = 0; i < MAPPED; i++) {
		assert_equals(flags_of_frame(flags, page_frame(seen, i)) >> PAGE_TABLE & 1, 0,
			      "the flag of page tables, mapped memory");
	}
	for (size_t i = 0; i < 4; i++) {
		load(each[i]);
		seen = observe_pages("code, constant, data, stack", page_of(each[i]), 1);
		assert_equals(flags_of_frame(flags, page_frame(seen, 0)) >> PAGE_TABLE & 1, 0,
			      "the flag of page tables");
	}
}

CONTROL(the_same_code_reaches_its_own_memory, "ptable-12",
	"The same code reads a byte of the program's own, and traps otherwise where it is "
	"forbidden",
	.needs = EXECUTABLE_MEMORY)
{
	char *own = filled_pages(1, MAP_PRIVATE, 1);

	assert_no_trap(access_by_code((uintptr_t)own, 0x8a));
	assert_no_trap(access_by_code((uintptr_t)own, 0x88));
	arrange(mprotect(own, page_size(), PROT_NONE) == 0);
	assert_trap(access_by_code((uintptr_t)own, 0x8a), SIGSEGV, SEGV_ACCERR, own);
}

CONTROL(some_frames_are_tables, "ptable-14",
	"Among all the frames of the machine some have the flag of page tables",
	.needs = FRAME_NUMBERS | PAGE_FLAGS)
{
	uint64_t words[WORDS];
	int flags = open("/proc/kpageflags", O_RDONLY | O_CLOEXEC);
	size_t tables = 0;

	/* Tables lie in heaps. So a few words here and there come first, then those beside them. */
	for (size_t turn = 0; turn < TURNS && tables == 0; turn++) {
		for (size_t i = turn; tables == 0; i += TURNS) {
			ssize_t got = pread(flags, words, sizeof words, (off_t)(i * sizeof words));

			if (got <= 0) {
				break;
			}
			for (size_t word = 0; word < (size_t)got / sizeof *words; word++) {
				tables += words[word] >> PAGE_TABLE & 1;
			}
		}
	}
	assert_at_least(tables, 1, "frames with the flag, among those looked at");
}
