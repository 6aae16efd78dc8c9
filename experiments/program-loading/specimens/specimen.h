/* SPDX-License-Identifier: MIT */
/*
 * What stands under a specimen: a program without a C library, so that nothing runs and nothing is
 * written before its own first line.
 *
 *     #include "specimen.h"
 *
 *     int specimen(long *stack)       stack is where execve(2) left it: argc, argv, envp, auxv
 *     {
 *             say("page_size", auxiliary_value(stack, AT_PAGESZ));      writes "page_size=4096\n"
 *             return 0;                                                 the exit status
 *     }
 *
 * Included by exactly one file of each specimen. Compile it with -ffreestanding and link it with
 * -nostdlib -static -no-pie. Below 64 bits and above, little-endian and big-endian alike.
 */
#ifndef SPECIMEN_H
#define SPECIMEN_H

#include <asm/unistd.h>
#include <linux/auxvec.h>

int specimen(long *stack);

/* Called by _start with the stack pointer as execve left it. */
__attribute__((noreturn, used)) void specimen_begin(long *stack);

/* A shared object is begun by its loader: it defines SPECIMEN_IS_A_LIBRARY, and has no _start. */
#ifdef SPECIMEN_IS_A_LIBRARY
#define START_CODE(...)
#else
#define START_CODE(...) __asm__(__VA_ARGS__)
#endif

/*
 * _start, system_call(number, a, b, c). A system call that fails yields a negative number, or,
 * on powerpc and mips, a positive errno that nobody here looks at.
 */
#if defined(__x86_64__)

START_CODE(".text\n.globl _start\n.type _start, @function\n"
	   "_start:\n\t"
	   "xorl %ebp, %ebp\n\t"
	   "movq %rsp, %rdi\n\t"
	   "andq $-16, %rsp\n\t"
	   "call specimen_begin\n\t"
	   "hlt\n");

static inline long system_call(long number, long a, long b, long c)
{
	long result;

	__asm__ volatile("syscall"
			 : "=a"(result)
			 : "a"(number), "D"(a), "S"(b), "d"(c)
			 : "rcx", "r11", "memory");
	return result;
}

#elif defined(__i386__)

START_CODE(".text\n.globl _start\n.type _start, @function\n"
	   "_start:\n\t"
	   "xorl %ebp, %ebp\n\t"
	   "movl %esp, %eax\n\t"
	   "andl $-16, %esp\n\t"
	   "subl $12, %esp\n\t" /* the call finds its argument on a 16-byte boundary */
	   "pushl %eax\n\t"
	   "call specimen_begin\n\t"
	   "hlt\n");

static inline long system_call(long number, long a, long b, long c)
{
	long result;

	__asm__ volatile("int $0x80"
			 : "=a"(result)
			 : "a"(number), "b"(a), "c"(b), "d"(c)
			 : "memory");
	return result;
}

#elif defined(__aarch64__)

START_CODE(".text\n.globl _start\n.type _start, %function\n"
	   "_start:\n\t"
	   "mov x29, #0\n\t"
	   "mov x30, #0\n\t"
	   "mov x0, sp\n\t" /* the kernel aligned it */
	   "bl specimen_begin\n\t"
	   "brk #0\n");

static inline long system_call(long number, long a, long b, long c)
{
	register long x8 __asm__("x8") = number;
	register long x0 __asm__("x0") = a;
	register long x1 __asm__("x1") = b;
	register long x2 __asm__("x2") = c;

	__asm__ volatile("svc #0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2) : "memory", "cc");
	return x0;
}

#elif defined(__arm__)

START_CODE(".text\n.globl _start\n.type _start, %function\n"
	   "_start:\n\t"
	   "mov fp, #0\n\t"
	   "mov lr, #0\n\t"
	   "mov r0, sp\n\t"
	   "and ip, r0, #-16\n\t" /* Thumb has no such operation on sp itself */
	   "mov sp, ip\n\t"
	   "bl specimen_begin\n\t"
	   "udf #0\n");

/* r7 has the number, and is Thumb's frame pointer: it is changed inside, and put back. */
static inline long system_call(long number, long a, long b, long c)
{
	register long r0 __asm__("r0") = a;
	register long r1 __asm__("r1") = b;
	register long r2 __asm__("r2") = c;
	register long r3 __asm__("r3") = number;

	__asm__ volatile("mov ip, r7\n\tmov r7, %1\n\tsvc #0\n\tmov r7, ip"
			 : "+r"(r0)
			 : "r"(r3), "r"(r1), "r"(r2)
			 : "ip", "memory", "cc");
	return r0;
}

#elif defined(__powerpc64__) && _CALL_ELF == 2

/* At a program's start r12 has the address of _start, from which the table of contents follows. */
START_CODE(".text\n.globl _start\n.type _start, @function\n"
	   "_start:\n\t"
	   "addis 2, 12, .TOC.-_start@ha\n\t"
	   "addi 2, 2, .TOC.-_start@l\n\t"
	   ".localentry _start, .-_start\n\t"
	   "mr 3, 1\n\t"
	   "clrrdi 1, 1, 4\n\t"
	   "li 0, 0\n\t"
	   "stdu 0, -32(1)\n\t"
	   "mtlr 0\n\t"
	   "bl specimen_begin\n\t"
	   "nop\n\t"
	   "trap\n");

static inline long system_call(long number, long a, long b, long c)
{
	register long r0 __asm__("r0") = number;
	register long r3 __asm__("r3") = a;
	register long r4 __asm__("r4") = b;
	register long r5 __asm__("r5") = c;

	__asm__ volatile("sc"
			 : "+r"(r0), "+r"(r3), "+r"(r4), "+r"(r5)
			 :
			 : "r6", "r7", "r8", "r9", "r10", "r11", "r12", "ctr", "cr0", "memory");
	return r3;
}

#elif defined(__s390x__)

START_CODE(".text\n.globl _start\n.type _start, @function\n"
	   "_start:\n\t"
	   "lgr %r2, %r15\n\t"
	   "aghi %r15, -160\n\t" /* the register save area that a caller provides */
	   "lghi %r0, 0\n\t"
	   "stg %r0, 0(%r15)\n\t"
	   "brasl %r14, specimen_begin\n\t"
	   "j .+2\n");

static inline long system_call(long number, long a, long b, long c)
{
	register long r1 __asm__("r1") = number;
	register long r2 __asm__("r2") = a;
	register long r3 __asm__("r3") = b;
	register long r4 __asm__("r4") = c;

	__asm__ volatile("svc 0" : "+d"(r2) : "d"(r1), "d"(r3), "d"(r4) : "memory", "cc");
	return r2;
}

#elif defined(__mips__) && defined(_ABI64) && _MIPS_SIM == _ABI64

/*
 * Code that keeps its addresses in a table (the usual kind here) wants $25 to be the address of
 * the function called, and finds the table from it. The word behind the jump, relative to its own
 * place, tells that address wherever the program was linked to.
 */
START_CODE(".set push\n.set noreorder\n.text\n.globl _start\n.globl __start\n"
	   ".type _start, @function\n.align 3\n"
	   "_start:\n"
	   "__start:\n\t" /* the linker's own name for it here */
	   "bal 1f\n\t"
	   "move $fp, $0\n"
	   "2:\t.dword specimen_begin - 2b\n"
	   "1:\t"
	   "ld $25, 0($31)\n\t"
	   "daddu $25, $25, $31\n\t"
	   "move $4, $29\n\t"
	   "li $2, -16\n\t"
	   "and $29, $29, $2\n\t"
	   "jalr $25\n\t"
	   "nop\n\t"
	   "break\n"
	   ".set pop\n");

static inline long system_call(long number, long a, long b, long c)
{
	register long v0 __asm__("$2") = number;
	register long a0 __asm__("$4") = a;
	register long a1 __asm__("$5") = b;
	register long a2 __asm__("$6") = c;
	register long a3 __asm__("$7");

	__asm__ volatile("syscall"
			 : "+r"(v0), "=r"(a3)
			 : "r"(a0), "r"(a1), "r"(a2)
			 : "$1", "$3", "$8", "$9", "$10", "$11", "$12", "$13", "$14", "$15", "$24",
			   "$25", "hi", "lo", "memory");
	return v0;
}

#elif defined(__riscv) && __riscv_xlen == 64

START_CODE(".text\n.globl _start\n.type _start, @function\n"
	   "_start:\n"
	   ".option push\n.option norelax\n\t"
	   "lla gp, __global_pointer$\n"
	   ".option pop\n\t"
	   "li fp, 0\n\t"
	   "mv a0, sp\n\t"
	   "andi sp, sp, -16\n\t"
	   "call specimen_begin\n\t"
	   "ebreak\n");

static inline long system_call(long number, long a, long b, long c)
{
	register long a7 __asm__("a7") = number;
	register long a0 __asm__("a0") = a;
	register long a1 __asm__("a1") = b;
	register long a2 __asm__("a2") = c;

	__asm__ volatile("ecall" : "+r"(a0) : "r"(a7), "r"(a1), "r"(a2) : "memory");
	return a0;
}

#else
#error "specimen.h knows no _start and no system call for this architecture: add them above"
#endif

static inline void leave(int status)
{
	for (;;) {
		system_call(__NR_exit_group, status, 0, 0);
	}
}

/* The program break: brk_now(0) asks, anything else moves it; yields where it is. */
static inline unsigned long brk_now(unsigned long wanted)
{
	return (unsigned long)system_call(__NR_brk, (long)wanted, 0, 0);
}

/* Writes "name=123\n" to standard output, by one system call. */
static inline void say(const char *name, unsigned long number)
{
	enum { LINE = 100, DIGITS = 20 };
	char line[LINE], digits[DIGITS];
	long length = 0, count = 0;

	while (name[length] && length < LINE - DIGITS - 2) {
		line[length] = name[length];
		length++;
	}
	line[length++] = '=';
	do {
		digits[count++] = (char)('0' + number % 10);
		number /= 10;
	} while (number);
	while (count) {
		line[length++] = digits[--count];
	}
	line[length++] = '\n';
	system_call(__NR_write, 1, (long)line, length);
}

static inline long argument_count(const long *stack)
{
	return stack[0];
}

static inline const char *argument(const long *stack, long number)
{
	return (const char *)stack[1 + number];
}

/* What the kernel told the program in its auxiliary vector (getauxval(3)); 0 where it is not there. */
static inline unsigned long auxiliary_value(const long *stack, unsigned long type)
{
	const long *at = stack + 1 + argument_count(stack) + 1; /* behind argv's NULL: envp */

	while (*at) {
		at++;
	}
	for (at++; at[0] != AT_NULL; at += 2) {
		if ((unsigned long)at[0] == type) {
			return (unsigned long)at[1];
		}
	}
	return 0;
}

#ifndef SPECIMEN_IS_A_LIBRARY
void specimen_begin(long *stack)
{
	leave(specimen(stack));
	__builtin_unreachable();
}
#endif

#endif
