/* SPDX-License-Identifier: MIT */
/*
 * Accesses through a segment: a visit of the 32-bit mode that lasts for one access.
 */
#include <touchstone/segments.h>

#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/memory.h>
#include <touchstone/outcome.h>

#include "instruments/text_file.h"

#if defined(__x86_64__) || defined(__i386__)

#include <cpuid.h>

unsigned char *low_page(void)
{
	void *area = mmap(NULL, page_size(), PROT_READ | PROT_WRITE,
			  MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);

	if (area == MAP_FAILED) {
		undecided("needs a page below 2 GiB: errno %d", errno);
	}
	write_pattern(area, page_size(), 1);
	return area;
}

enum { NO_ACCESS, ONE_LOAD, ONE_STORE };

struct order {
	unsigned access, selector, offset, byte;
};

#if defined(__x86_64__)

/*
 * Copied below 4 GiB, where 32-bit code can live. Nothing but the registers is relied on between the
 * two far jumps: the data and stack segments of the 64-bit mode are void there.
 */
__asm__(".pushsection .rodata\n"
	".balign 16\n"
	"touchstone_visit:\n"
	"	push %rbx\n	push %rbp\n	push %r12\n	push %r13\n	push %r14\n	"
	"push %r15\n"
	"	mov %rsp, 8f(%rip)\n"
	"	movl 9f(%rip), %ebx\n"
	"	movl 9f+4(%rip), %eax\n"
	"	movl 9f+8(%rip), %ecx\n"
	"	movl 9f+12(%rip), %edx\n"
	"	leal touchstone_visit_back(%rip), %esi\n"
	"	ljmp *touchstone_visit_there(%rip)\n"
	"	.code32\n"
	"touchstone_visit_32:\n"
	"	movl %eax, %gs\n"
	"	cmpl $1, %ebx\n"
	"	jb 2f\n"
	"	ja 1f\n"
	"	movzbl %gs:(%ecx), %edx\n"
	"	jmp 2f\n"
	"1:	movb %dl, %gs:(%ecx)\n"
	"2:	ljmp *%cs:(%esi)\n"
	"	.code64\n"
	"touchstone_visit_64:\n"
	"	mov 8f(%rip), %rsp\n"
	"	movl %edx, 9f+12(%rip)\n"
	"	xorl %eax, %eax\n"
	"	movl %eax, %gs\n"
	"	pop %r15\n	pop %r14\n	pop %r13\n	pop %r12\n	pop %rbp\n	"
	"pop %rbx\n"
	"	ret\n"
	"touchstone_visit_there:	.long 0\n	.long 0\n"
	"touchstone_visit_back:	.long 0\n	.long 0\n"
	"	.balign 8\n"
	"8:	.quad 0\n"
	"touchstone_visit_order:\n"
	"9:	.long 0, 0, 0, 0\n"
	"touchstone_visit_end:\n"
	"	.popsection\n");

extern const char touchstone_visit[], touchstone_visit_32[], touchstone_visit_64[],
	touchstone_visit_there[], touchstone_visit_back[], touchstone_visit_order[],
	touchstone_visit_end[];

struct far_pointer {
	uint32_t offset;
	uint32_t selector; /* 16 bits of it are used */
};

/* Where something of the visit is in its copy. */
static void *in_copy(char *copy, const char *part)
{
	return copy + (part - touchstone_visit);
}

static unsigned own_code_segment(void)
{
	unsigned selector;

	__asm__("mov %%cs, %0" : "=r"(selector));
	return selector;
}

static struct trap visit(struct order *order)
{
	size_t length = (size_t)(touchstone_visit_end - touchstone_visit);
	char *copy = mmap(NULL, length, PROT_READ | PROT_WRITE | PROT_EXEC,
			  MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);

	if (copy == MAP_FAILED) {
		undecided("needs memory below 2 GiB that may be executed: errno %d", errno);
	}
	memcpy(copy, touchstone_visit, length);

	struct far_pointer there = {(uint32_t)(uintptr_t)in_copy(copy, touchstone_visit_32),
				    CODE_SEGMENT << 3 | 7};
	struct far_pointer back = {(uint32_t)(uintptr_t)in_copy(copy, touchstone_visit_64),
				   own_code_segment()};

	memcpy(in_copy(copy, touchstone_visit_there), &there, sizeof there);
	memcpy(in_copy(copy, touchstone_visit_back), &back, sizeof back);
	memcpy(in_copy(copy, touchstone_visit_order), order, sizeof *order);

	struct trap trap = try_call(copy);

	memcpy(order, in_copy(copy, touchstone_visit_order), sizeof *order);
	munmap(copy, length);
	return trap;
}

/* The code segment: all of the 32-bit addresses, from 0. */
static void prepare(void)
{
	struct user_desc code = {.entry_number = CODE_SEGMENT,
				 .limit = 0xfffff,
				 .seg_32bit = 1,
				 .contents = MODIFY_LDT_CONTENTS_CODE,
				 .limit_in_pages = 1};
	struct order nothing = {.access = NO_ACCESS};

	if (syscall(SYS_modify_ldt, 1, &code, sizeof code) != 0) {
		undecided("needs modify_ldt(2), CONFIG_MODIFY_LDT_SYSCALL: errno %d", errno);
	}
	if (visit(&nothing).signal != 0) {
		undecided("needs a processor and a kernel that let a program enter 32-bit code");
	}
}

#else

static struct order *given;

static void access_now(void)
{
	if (given->access == ONE_STORE) {
		__asm__ volatile("movl %0, %%fs\n\tmovb %b2, %%fs:(%1)"
				 :
				 : "r"(given->selector), "r"(given->offset), "q"(given->byte)
				 : "memory");
	} else {
		__asm__ volatile("movl %1, %%fs\n\tmovzbl %%fs:(%2), %0"
				 : "=r"(given->byte)
				 : "r"(given->selector), "r"(given->offset)
				 : "memory");
	}
	__asm__ volatile("movl %0, %%fs" : : "r"(0));
}

static struct trap visit(struct order *order)
{
	given = order;
	return try_call((const void *)(uintptr_t)access_now);
}

static void prepare(void)
{
	if (syscall(SYS_modify_ldt, 0, NULL, 0) < 0) {
		undecided("needs modify_ldt(2), CONFIG_MODIFY_LDT_SYSCALL: errno %d", errno);
	}
}

#endif

/*
 * QEMU's emulation (TCG) adds a segment's base and heeds neither its limit nor its rights. It tells its
 * name; nothing else could tell it from a processor that is broken.
 */
static bool processor_heeds_no_segments(void)
{
	enum { HYPERVISOR = 0x40000000 };
	unsigned highest, name[3];

	__cpuid(HYPERVISOR, highest, name[0], name[1], name[2]);
	return highest >= HYPERVISOR && memcmp(name, "TCGTCGTCGTCG", sizeof name) == 0;
}

/*
 * user-mode-linux calls the handler of a signal in the mode that the signal has interrupted: what traps in 32-bit
 * code never comes back. It tells its name.
 */
static bool handlers_run_in_the_wrong_mode(void)
{
	char text[256];

	text_of_file("/proc/cpuinfo", text, sizeof text);
	return strstr(text, "User Mode Linux") != NULL;
}

static struct trap try_through(struct order order, enum access access)
{
	prepare();
	if (handlers_run_in_the_wrong_mode()) {
		undecided("needs a kernel that calls a handler in the mode of its program: "
			  "user-mode-linux does not");
	}
	if (processor_heeds_no_segments()) {
		undecided("needs a processor that heeds limits and rights of segments: QEMU's "
			  "emulation (TCG) does not, KVM and hardware do");
	}

	struct trap trap = visit(&order);

	trap.access = access;
	trap.target = (const void *)(uintptr_t)order.offset;
	trap.loaded = (unsigned char)order.byte;
	return trap;
}

struct trap try_load_through(unsigned selector, size_t offset)
{
	struct order order = {ONE_LOAD, selector, (unsigned)offset, 0};

	return try_through(order, LOAD);
}

struct trap try_store_through(unsigned selector, size_t offset, unsigned char value)
{
	struct order order = {ONE_STORE, selector, (unsigned)offset, value};

	return try_through(order, STORE);
}

#else

unsigned char *low_page(void)
{
	undecided("needs a processor with segments: x86");
}

struct trap try_load_through(unsigned selector, size_t offset)
{
	(void)selector, (void)offset;
	undecided("needs a processor with segments: x86");
}

struct trap try_store_through(unsigned selector, size_t offset, unsigned char value)
{
	(void)value;
	return try_load_through(selector, offset);
}

#endif
