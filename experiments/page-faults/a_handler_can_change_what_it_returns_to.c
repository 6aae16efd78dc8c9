/* SPDX-License-Identifier: MIT */
/*
 * A handler can change what it returns to
 * =======================================
 *
 * Before it calls a handler the kernel writes down the whole state of the program that was
 * interrupted, on the handler's stack: registers, instruction pointer, signal mask. When the handler
 * returns the program goes on from what is written there. The third argument of a
 * handler (ucontext_t) leads to it, and it may be read and changed.
 *
 *      program                    frame on the stack              handler
 *      load (closed) --trap-->    pc, registers, mask   <------   sees what happened,
 *           ^                          |                          changes pc or registers
 *           +------ sigreturn ---------+
 *
 * That is how a debugger skips an instruction, and how a Java machine turns a fault into an exception.
 *
 * Look with: uc_mcontext, and where the program goes on.
 * Read on:   sigaction(2), sigreturn(2), getcontext(3); document 004 sections 6.5 and 14.2.
 */
#include <signal.h>
#include <sys/mman.h>
#include <ucontext.h>

#include <touchstone/experiment.h>

EXPERIMENT("A handler can change what it returns to");

/* A function of one load, whose result a handler may supply, and the place behind that load. */
#if defined(__x86_64__)
__asm__(".text\nload_or_be_told:\nload_of_closed:\n\tmovzbl (%rdi), %eax\nbehind_load:\n\tret\n");
#define INSTRUCTION(context) (context)->uc_mcontext.gregs[REG_RIP]
#define RESULT(context)      (context)->uc_mcontext.gregs[REG_RAX]
#elif defined(__i386__)
__asm__(".text\nload_or_be_told:\n\tmovl 4(%esp), %ecx\n"
	"load_of_closed:\n\tmovzbl (%ecx), %eax\nbehind_load:\n\tret\n");
#define INSTRUCTION(context) (context)->uc_mcontext.gregs[REG_EIP]
#define RESULT(context)      (context)->uc_mcontext.gregs[REG_EAX]
#elif defined(__aarch64__)
__asm__(".text\nload_or_be_told:\nload_of_closed:\n\tldrb w0, [x0]\nbehind_load:\n\tret\n");
#define INSTRUCTION(context) (context)->uc_mcontext.pc
#define RESULT(context)      (context)->uc_mcontext.regs[0]
#elif defined(__arm__)
__asm__(".text\n.arm\n.type load_or_be_told, %function\nload_or_be_told:\nload_of_closed:\n\tldrb "
	"r0, [r0]\nbehind_load:\n\tbx lr\n");
#define INSTRUCTION(context) (context)->uc_mcontext.arm_pc
#define RESULT(context)      (context)->uc_mcontext.arm_r0
#elif defined(__s390x__)
__asm__(".text\nload_or_be_told:\nload_of_closed:\n\tllgc %r2, 0(%r2)\nbehind_load:\n\tbr %r14\n");
#define INSTRUCTION(context) (context)->uc_mcontext.psw.addr
#define RESULT(context)      (context)->uc_mcontext.gregs[2]
#elif defined(__powerpc64__)
__asm__(".text\nload_or_be_told:\nload_of_closed:\n\tlbz 3, 0(3)\nbehind_load:\n\tblr\n");
#define INSTRUCTION(context) (context)->uc_mcontext.gp_regs[32]
#define RESULT(context)      (context)->uc_mcontext.gp_regs[3]
#elif defined(__riscv)
__asm__(".text\nload_or_be_told:\nload_of_closed:\n\tlbu a0, 0(a0)\nbehind_load:\n\tret\n");
#define INSTRUCTION(context) (context)->uc_mcontext.__gregs[0]
#define RESULT(context)      (context)->uc_mcontext.__gregs[10]
#else
#define REGISTERS_ARE_UNKNOWN                                                                      \
	undecided("needs an x86, ARM, POWER, s390 or RISC-V processor, whose registers are known " \
		  "here")
#endif

#ifndef REGISTERS_ARE_UNKNOWN
#define HIDDEN __attribute__((visibility("hidden")))
extern const char load_of_closed[] HIDDEN, behind_load[] HIDDEN;
extern unsigned load_or_be_told(const char *address) HIDDEN;

enum { SUPPLIED = 1000, ENDLESS = 100 };

static char *closed; /* a page without any rights */
static volatile int calls;

static void close_a_page(void)
{
	closed = closed ? closed : fresh_pages(1, MAP_PRIVATE);
	arrange(mprotect(closed, page_size(), PROT_NONE) == 0);
	calls = 0;
}

static void install(void (*handler)(int, siginfo_t *, void *))
{
	struct sigaction action = {.sa_sigaction = handler, .sa_flags = SA_SIGINFO};

	sigemptyset(&action.sa_mask);
	arrange(sigaction(SIGSEGV, &action, NULL) == 0);
}

static void open_the_page(int signal, siginfo_t *info, void *context)
{
	(void)signal;
	(void)info;
	(void)context;
	calls++;
	mprotect(closed, page_size(), PROT_READ | PROT_WRITE);
}

static void skip_the_load(int signal, siginfo_t *info, void *context)
{
	ucontext_t *interrupted = context;

	(void)signal;
	(void)info;
	calls++;
	if ((uintptr_t)INSTRUCTION(interrupted) == (uintptr_t)load_of_closed && calls < ENDLESS) {
		INSTRUCTION(interrupted) = (uintptr_t)behind_load;
		RESULT(interrupted) = SUPPLIED;
	} else {
		mprotect(closed, page_size(), PROT_READ | PROT_WRITE);
	}
}
#endif

CLAIM(the_registers_it_leaves_are_the_programs, "sigact-12",
      "The program goes on where the context says, with the registers that it says")
{
#ifndef REGISTERS_ARE_UNKNOWN
	install(skip_the_load);
	close_a_page();
	for (int round = 1; round <= 3; round++) {
		assert_equals(load_or_be_told(closed), SUPPLIED, "what the load yields");
		assert_equals(calls, round, "calls of the handler");
	}
	assert_byte(closed, 0, "what another load yields, for which the page is opened");
	assert_equals(calls, 4, "calls of the handler");
	assert_equals(load_or_be_told(closed), 0, "what the load yields then");
#else
	REGISTERS_ARE_UNKNOWN;
#endif
}

CONTROL(an_untouched_context_changes_nothing, "sigact-12",
	"A handler that leaves the context alone returns to the same instruction, which is "
	"repeated")
{
#ifndef REGISTERS_ARE_UNKNOWN
	install(open_the_page);
	for (int round = 0; round < 3; round++) {
		close_a_page();
		assert_equals(load_or_be_told(closed), round, "what the load yields");
		assert_equals(calls, 1, "calls of the handler");
		store(closed, (unsigned char)(round + 1));
	}
#else
	REGISTERS_ARE_UNKNOWN;
#endif
}
