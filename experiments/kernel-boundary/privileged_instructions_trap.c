/* SPDX-License-Identifier: MIT */
/*
 * Privileged instructions trap
 * ============================
 *
 * What keeps a program from switching page tables, or from switching off the interrupt that ends its
 * turn? Not the kernel, which does not run while the program does. The processor itself knows two
 * modes, and "user mode cannot execute privileged instructions" (document 004, section 14.3). The
 * instruction traps, the kernel takes over, and has no use for it but a signal.
 *
 *      hlt               stop until an interrupt comes
 *      cli               let no interrupt come
 *      mov %cr3, %rax    where are the page tables
 *      mov %rax, %cr3    and use others
 *      in, out           talk to a device
 *
 * Look with: the signal and its si_code.
 * Read on:   sigaction(2), iopl(2); document 004 section 14.3.
 */
#include <touchstone/experiment.h>

EXPERIMENT("Privileged instructions trap");

enum { UNTOUCHED = 0x5a5a };

#if defined(__x86_64__) || defined(__i386__)
#ifdef __x86_64__
#define ACCUMULATOR "%%rax"
#else
#define ACCUMULATOR "%%eax"
#endif

static volatile unsigned long result;

static void halt(void)
{
	__asm__ volatile("hlt");
}

static void forbid_interrupts(void)
{
	__asm__ volatile("cli");
}

static void read_table_address(void)
{
	unsigned long address;

	__asm__ volatile("mov %%cr3, " ACCUMULATOR : "=a"(address));
	result = address;
}

static void change_tables(void)
{
	__asm__ volatile("mov " ACCUMULATOR ", %%cr3" : : "a"(0UL));
}

/* Port 0x80, which means nothing on any machine. */
static void read_port(void)
{
	unsigned char byte;

	__asm__ volatile("inb %%dx, %%al" : "=a"(byte) : "d"(0x80));
	result = byte;
}

static void write_port(void)
{
	__asm__ volatile("outb %%al, %%dx" : : "a"(0), "d"(0x80));
}

static void (*const privileged[])(void) = {halt,          forbid_interrupts, read_table_address,
					   change_tables, read_port,         write_port};

/* One that asks the processor as well, and may. */
static void ask_processor(void)
{
	unsigned leaf = 0, b, c, d;

	__asm__ volatile("cpuid" : "+a"(leaf), "=b"(b), "=c"(c), "=d"(d));
	result = leaf;
}
#else
static unsigned long result;

static void nothing(void)
{
	undecided("needs an x86 processor, whose privileged instructions are known here");
}

static void (*const privileged[])(void) = {nothing};
#define ask_processor nothing
#endif

CLAIM(each_ends_in_a_signal, "kernel-04",
      "Each privileged instruction is refused by the processor: SIGSEGV without an address, each "
      "time")
{
	result = UNTOUCHED;
	for (int round = 0; round < 2; round++) {
		for (size_t i = 0; i < sizeof privileged / sizeof *privileged; i++) {
			struct trap trap = try_call((const void *)(uintptr_t)privileged[i]);

			assert_trap(trap, SIGSEGV, SI_KERNEL, NULL);
		}
	}
	assert_equals(result, UNTOUCHED, "what would hold an answer");
}

CONTROL(others_are_executed, "kernel-04",
	"An instruction that any program may use goes through, and answers")
{
	result = UNTOUCHED;
	assert_no_trap(try_call((const void *)(uintptr_t)ask_processor));
	assert_differs(result, UNTOUCHED, "what the processor answered");
}
