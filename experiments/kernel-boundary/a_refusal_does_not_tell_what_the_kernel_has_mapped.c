/* SPDX-License-Identifier: MIT */
/*
 * A refusal does not tell what the kernel has mapped
 * ==================================================
 *
 * A program that touches a kernel address gets a signal. The processor tells the kernel more than it
 * passes on: for a page that is mapped, but not for users, that the rights were at fault; for
 * nothing at all, that there was nothing. A program that could tell the two apart would learn where
 * the kernel lies, which is kept secret by chance on purpose (KASLR). So the kernel answers as
 * if nothing were mapped in its half at all.
 *
 *      touched                        told: user addresses       kernel addresses
 *
 *      a page that is closed          SEGV_ACCERR                \  the same,
 *      nothing                        SEGV_MAPERR                /  whatever it is
 *
 * On x86-64 one page of the kernel has a fixed address: the table of interrupts at fffffe0000000000.
 * The last page of all is never mapped.
 *
 * Look with: si_code, the address, and the processor's error code in the handler's third argument.
 * Read on:   sigaction(2); the kernel's x86_64/mm.rst; document 004 section 17.2.
 */
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <sys/mman.h>
#include <ucontext.h>

#include <touchstone/experiment.h>

EXPERIMENT("A refusal does not tell what the kernel has mapped");

static struct report {
	int signal, code;
	bool address_is_right;
	unsigned long error; /* the processor's error code, as far as the kernel passes it on */
} report;
static sigjmp_buf back;
static const char *volatile target;

static void note(int signal, siginfo_t *info, void *context)
{
	report = (struct report){signal, info->si_code, info->si_addr == target, 0};
#ifdef __x86_64__
	report.error = (unsigned long)((ucontext_t *)context)->uc_mcontext.gregs[REG_ERR];
#else
	(void)context;
#endif
	siglongjmp(back, 1);
}

/* The handler leaves it at once. */
static void try_target(enum access access)
{
	if (sigsetjmp(back, 1) == 0) {
		if (access == STORE) {
			store((void *)(uintptr_t)target, 1);
		} else {
			load(target);
		}
	}
}

/* What a program is told of a load, or of a store. */
static struct report told_of(uint64_t address, enum access access)
{
	struct sigaction action = {.sa_sigaction = note, .sa_flags = SA_SIGINFO}, before;

	target = (const char *)(uintptr_t)address;
	report = (struct report){0};
	arrange(sigaction(SIGSEGV, &action, &before) == 0);
	try_target(access);
	arrange(sigaction(SIGSEGV, &before, NULL) == 0);
	return report;
}

/* The kernel's first instruction, for who may know it; else the table of interrupts. */
static uint64_t mapped_address(bool text)
{
	uint64_t address = 0xfffffe0000000000;

#ifndef __x86_64__
	undecided("needs an x86-64 kernel, where an address is known at which it has a page");
#endif
	if (text) {
		FILE *symbols = fopen("/proc/kallsyms", "re");
		char line[300], name[200];

		address = 0;
		while (symbols && !address && fgets(line, sizeof line, symbols)) {
			unsigned long long value;

			if (sscanf(line, "%llx %*c %199s", &value, name) == 2 &&
			    strcmp(name, "_stext") == 0) {
				address = value;
			}
		}
		if (symbols) {
			fclose(symbols);
		}
		if (address == 0) {
			undecided("needs /proc/kallsyms with addresses: root, kptr_restrict < 2");
		}
	}
	return address;
}

static void assert_same_report(uint64_t mapped)
{
	const uint64_t unmapped = ~(uint64_t)page_size() + 1;

	for (enum access access = LOAD; access <= STORE; access++) {
		struct report one = told_of(mapped, access), other = told_of(unmapped, access);

		assert_equals(other.signal, SIGSEGV, "the signal where nothing is mapped");
		assert_equals(one.signal, other.signal, "the signal where the kernel has a page");
		assert_equals(one.code, other.code, "its si_code");
		assert_equals(one.address_is_right, other.address_is_right,
			      "whether it tells where");
		assert_equals(one.error, other.error, "the processor's error code");
	}
}

CLAIM(a_page_and_a_hole_are_told_alike, "kernel-02",
      "A page that the kernel has at a known address is refused in the same words as its last page")
{
	assert_same_report(mapped_address(false));
	assert_same_report(mapped_address(false) + 1027);
}

CLAIM(its_code_is_told_alike, "kernel-02",
      "The kernel's own code is refused in the same words as a place where nothing is")
{
	assert_same_report(mapped_address(true));
}

CONTROL(among_its_own_a_program_is_told_which, "kernel-02",
	"At addresses of its own a program is told a closed page from a missing one, by two codes")
{
	char *area = reserve(1);
	struct trap closed = try_load(area);

	assert_trap(closed, SIGSEGV, SEGV_ACCERR, area);
	arrange(munmap(area, page_size()) == 0);
	assert_trap(try_load(area), SIGSEGV, SEGV_MAPERR, area);
	assert_equals(told_of((uintptr_t)area, LOAD).code, try_load(area).code, "by either eye");
}
