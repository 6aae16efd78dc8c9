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
 *           ^                          |                          changes pc or mask
 *           +------ sigreturn ---------+
 *
 * That is how a debugger skips an instruction, how a Java machine turns a fault into an exception, and
 * how a program learns from the processor itself what the access was: x86 says in its error code
 * whether the page was there, and whether the access was a write or a fetch of code.
 *
 * Look with: ucontext_t, and where the program goes on.
 * Read on:   sigaction(2), sigreturn(2), getcontext(3); document 004 sections 6.5 and 14.2.
 */
#include <signal.h>
#include <sys/mman.h>
#include <ucontext.h>

#include <touchstone/experiment.h>

EXPERIMENT("A handler can change what it returns to");

enum { PAGE_FAULT = 14, PRESENT = 1, WRITE = 2, USER = 4, FETCH = 16 }; /* of x86 */
enum { SUPPLIED = 1000, ENDLESS = 100 };

static char *closed; /* a page without any rights */
static volatile int calls;
static volatile bool adds_to_mask;

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

/* Opens the page, and has a signal blocked or unblocked in what it returns to. */
static void change_mask(int signal, siginfo_t *info, void *context)
{
	ucontext_t *interrupted = context;

	(void)signal;
	(void)info;
	calls++;
	if (adds_to_mask) {
		sigaddset(&interrupted->uc_sigmask, SIGUSR1);
	} else {
		sigdelset(&interrupted->uc_sigmask, SIGUSR1);
	}
	mprotect(closed, page_size(), PROT_READ | PROT_WRITE);
}

static bool is_blocked(int signal)
{
	sigset_t blocked;

	arrange(sigprocmask(SIG_SETMASK, NULL, &blocked) == 0);
	return sigismember(&blocked, signal);
}

CLAIM(the_mask_it_leaves_holds, "sigact-11",
      "The signals that the context says are blocked when the handler returns are blocked then")
{
	install(change_mask);
	for (int round = 0; round < 4; round++) {
		close_a_page();
		adds_to_mask = round % 2 == 0;
		store(closed, 's');
		assert_equals(calls, 1, "calls of the handler");
		assert_equals(is_blocked(SIGUSR1), adds_to_mask, "whether SIGUSR1 is blocked");
		assert_equals(is_blocked(SIGSEGV), false, "whether SIGSEGV is blocked");
		assert_byte(closed, 's', "what was stored");
	}
}

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
#endif

#ifdef INSTRUCTION
#define HIDDEN __attribute__((visibility("hidden")))
extern const char load_of_closed[] HIDDEN, behind_load[] HIDDEN;
extern unsigned load_or_be_told(const char *address) HIDDEN;

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
#ifdef INSTRUCTION
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
	undecided("needs an x86 or a 64-bit ARM processor, whose registers are known here");
#endif
}

#if defined(__x86_64__) || defined(__i386__)
static volatile long error_code, trap_number;

/* Notes what the processor said of the access, and opens the page, to run code as well. */
static void read_error_code(int signal, siginfo_t *info, void *context)
{
	const ucontext_t *interrupted = context;

	(void)signal;
	(void)info;
	calls++;
	trap_number = interrupted->uc_mcontext.gregs[REG_TRAPNO];
	error_code = interrupted->uc_mcontext.gregs[REG_ERR];
	if (mprotect(closed, page_size(), PROT_READ | PROT_WRITE | PROT_EXEC) != 0) {
		sigaction(signal, &(struct sigaction){.sa_handler = SIG_DFL}, NULL);
	}
}
#endif

CLAIM(the_processors_word_is_passed_on, "sigact-13",
      "On x86 the context has the error code: page there or not, load or store, data or code",
      .needs = NO_EXECUTE | EXECUTABLE_MEMORY)
{
#if defined(__x86_64__) || defined(__i386__)
	install(read_error_code);
	for (int round = 0; round < 2; round++) {
		close_a_page();
		load(closed);
		if (trap_number != PAGE_FAULT) {
			undecided("needs a kernel that passes the processor's error code on");
		}
		/* The entry of a page without rights says "not present", so nothing is "violated". */
		assert_equals(error_code, USER, "error code of a refused load");
		close_a_page();
		store(closed, 0);
		assert_equals(error_code, USER | WRITE, "error code of a refused store");
		arrange(copy_return_function(closed) > 0);
		arrange(mprotect(closed, page_size(), PROT_READ) == 0);
		store(closed, load(closed));
		assert_equals(error_code, USER | WRITE | PRESENT,
			      "the same, of a page that may be read");
		arrange(mprotect(closed, page_size(), PROT_READ) == 0);
		((void (*)(void))(uintptr_t)closed)();
		assert_equals(error_code, USER | FETCH | PRESENT, "error code of a refused call");
	}
#else
	undecided("needs an x86 processor, whose error code is known here");
#endif
}

CONTROL(an_untouched_context_changes_nothing, "sigact-11 sigact-12 sigact-13",
	"A handler that leaves the context alone returns to the same instruction with the same "
	"mask")
{
	sigset_t before, after;

	arrange(sigprocmask(SIG_SETMASK, NULL, &before) == 0);
	install(open_the_page);
	for (int round = 0; round < 3; round++) {
		close_a_page();
#ifdef INSTRUCTION
		assert_equals(load_or_be_told(closed), round, "what the load yields");
#else
		assert_byte(closed, round, "what the load yields");
#endif
		assert_equals(calls, 1, "calls of the handler");
		store(closed, (unsigned char)(round + 1));
		arrange(sigprocmask(SIG_SETMASK, NULL, &after) == 0);
		for (int signal = 1; signal < 32; signal++) {
			assert_equals(sigismember(&after, signal), sigismember(&before, signal),
				      "whether a signal is blocked");
		}
	}
}
