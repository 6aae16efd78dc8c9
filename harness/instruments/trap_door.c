/* SPDX-License-Identifier: MIT */
/*
 * The trap instrument: sigsetjmp before one access, siglongjmp out of the handler of its signal.
 */
#include <setjmp.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <touchstone/traps.h>

#include "instruments/trap_door.h"
#include "instruments/named_numbers.h"
#include "instruments/page_size.h"

/* The accesses are meant to be wrong, and their pages are none the sanitizers know. */
#define RAW_ACCESS __attribute__((noinline, no_sanitize("address", "undefined")))

/* A frame with AVX-512 and AMX state has some 11 KiB; the rest is for unexpected(). */
#define STACK_SIZE (256 * 1024)

static const int signals[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE};
#define SIGNALS (sizeof signals / sizeof *signals)

static bool opened;
static void (*volatile on_unexpected)(int signal, const siginfo_t *info);

static _Thread_local struct {
	volatile sig_atomic_t armed;
	volatile int signal, code;
	const void *volatile address;
	sigjmp_buf back;
} door;

static void on_trap(int signal, siginfo_t *info, void *context)
{
	struct sigaction fallback = {.sa_handler = SIG_DFL};

	(void)context;
	if (door.armed) {
		door.armed = 0;
		door.signal = signal;
		door.code = info->si_code;
		door.address = info->si_addr;
		siglongjmp(door.back, 1);
	}
	if (on_unexpected != NULL) {
		on_unexpected(signal, info);
	}

	/* Returning repeats the access, which then ends the process; what was sent does not repeat.
	 */
	sigaction(signal, &fallback, NULL);
	if (info->si_code <= 0) {
		raise(signal);
	}
}

/* The alternate stack belongs to one thread: the first, which is the one that may overflow. */
static void stand_on_alternate_stack(void)
{
	static char stack[STACK_SIZE] __attribute__((aligned(64)));
	stack_t alternate = {.ss_sp = stack, .ss_size = sizeof stack};

	if (syscall(SYS_gettid) == getpid()) {
		sigaltstack(&alternate, NULL);
	}
}

void trap_door_open(void (*unexpected)(int signal, const siginfo_t *info))
{
	/*
	 * With SA_NODEFER the mask is the same before and in the handler, so jumping out of it
	 * has no mask to restore, and a trap costs no system call but the signal's own.
	 */
	struct sigaction action = {.sa_sigaction = on_trap,
				   .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER};
	sigset_t set;

	on_unexpected = unexpected;
	stand_on_alternate_stack();
	sigemptyset(&action.sa_mask);
	sigemptyset(&set);
	for (size_t i = 0; i < SIGNALS; i++) {
		sigaction(signals[i], &action, NULL);
		sigaddset(&set, signals[i]);
	}
	pthread_sigmask(SIG_UNBLOCK, &set, NULL);
	opened = true;
}

/* What the access under the door needs and yields. */
struct attempt {
	const void *target;
	unsigned char value;
	unsigned char loaded;
	enum access access;
	size_t length;
	int direction;
	volatile size_t passed; /* still true after a jump out of the walk */
};

RAW_ACCESS static void load_byte(struct attempt *attempt)
{
	attempt->loaded = *(const volatile unsigned char *)attempt->target;
}

RAW_ACCESS static void store_byte(struct attempt *attempt)
{
	*(volatile unsigned char *)(uintptr_t)attempt->target = attempt->value;
}

RAW_ACCESS static void call_code(struct attempt *attempt)
{
	void (*volatile function)(void) = (void (*)(void))(uintptr_t)attempt->target;

	function();
}

RAW_ACCESS static void walk_bytes(struct attempt *attempt)
{
	uintptr_t at = (uintptr_t)attempt->target;

	for (size_t i = 0; i < attempt->length; i++) {
		volatile unsigned char *byte = (volatile unsigned char *)at;

		if (attempt->access == STORE) {
			*byte = attempt->value;
		} else {
			(void)*byte;
		}
		attempt->passed = i + 1;
		at = attempt->direction < 0 ? at - 1 : at + 1;
	}
}

/* Does it with the door armed. False when it trapped; the thread's door then holds how. */
static bool pass(void (*access)(struct attempt *attempt), struct attempt *attempt)
{
	if (!opened) {
		trap_door_open(NULL);
	}
	if (sigsetjmp(door.back, 0) != 0) {
		return false;
	}
	door.armed = 1;
	access(attempt);
	door.armed = 0;
	return true;
}

static struct trap try_access(enum access kind, void (*access)(struct attempt *attempt),
			      const void *target, unsigned char value)
{
	struct attempt attempt = {.target = target, .value = value};
	struct trap trap = {.access = kind, .target = target};

	if (pass(access, &attempt)) {
		trap.loaded = attempt.loaded;
	} else {
		trap.signal = door.signal;
		trap.code = door.code;
		trap.address = door.address;
	}
	return trap;
}

struct trap try_load(const void *address)
{
	return try_access(LOAD, load_byte, address, 0);
}

struct trap try_store(void *address, unsigned char value)
{
	return try_access(STORE, store_byte, address, value);
}

struct trap try_call(const void *code)
{
	return try_access(CALL, call_code, code, 0);
}

size_t bytes_until_trap(enum access access, void *start, size_t length, int direction)
{
	struct attempt attempt = {.target = start,
				  .value = 'A',
				  .access = access,
				  .length = length,
				  .direction = direction};

	if (access == CALL) {
		return 0;
	}
	pass(walk_bytes, &attempt);
	return attempt.passed;
}

size_t copy_return_function(void *to)
{
	/* Bytes where code has one byte order whatever data has, words where it follows the data's.
	 */
#if defined(__x86_64__) || defined(__i386__)
	static const uint8_t code[] = {0xc3}; /* ret */
#elif defined(__aarch64__)
	static const uint8_t code[] = {0xc0, 0x03, 0x5f, 0xd6}; /* ret */
#elif defined(__arm__)
	static const uint8_t code[] = {0x1e, 0xff, 0x2f, 0xe1}; /* bx lr */
#elif defined(__powerpc64__) && defined(_CALL_ELF) && _CALL_ELF == 2
	static const uint32_t code[] = {0x4e800020}; /* blr */
#elif defined(__powerpc__) && !defined(__powerpc64__)
	static const uint32_t code[] = {0x4e800020}; /* blr */
#elif defined(__s390x__)
	static const uint8_t code[] = {0x07, 0xfe}; /* br %r14 */
#elif defined(__mips__) && defined(__mips_isa_rev) && __mips_isa_rev >= 6
	static const uint32_t code[] = {0x03e00009, 0}; /* jalr $zero, $ra; nop */
#elif defined(__mips__)
	static const uint32_t code[] = {0x03e00008, 0}; /* jr $ra; nop */
#elif defined(__riscv)
	static const uint8_t code[] = {0x67, 0x80, 0x00, 0x00}; /* ret */
#elif defined(__loongarch__)
	static const uint8_t code[] = {0x20, 0x00, 0x00, 0x4c}; /* ret */
#else
#define NO_RETURN_FUNCTION
#endif
#ifdef NO_RETURN_FUNCTION
	(void)to;
	return 0;
#else
	memcpy(to, code, sizeof code);
	return sizeof code;
#endif
}

static bool codes_told, bytes_told;

/* Some byte that is neither a page's first nor aligned to anything. */
#define ODD_BYTE 1027

static void probe_once(void)
{
	static bool probed;
	size_t page = machine_page_size();
	struct trap refused, absent;
	char *fresh;

	if (probed) {
		return;
	}
	probed = true;
	fresh = mmap(NULL, page, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (fresh == MAP_FAILED) {
		return;
	}
	refused = try_load(fresh + ODD_BYTE);
	munmap(fresh, page);
	absent = try_load(fresh + ODD_BYTE);
	codes_told = refused.signal == SIGSEGV && refused.code == SEGV_ACCERR &&
		     absent.signal == SIGSEGV && absent.code == SEGV_MAPERR;
	bytes_told = refused.signal != 0 && refused.address == fresh + ODD_BYTE &&
		     absent.signal != 0 && absent.address == fresh + ODD_BYTE;
}

bool trap_door_tells_codes(void)
{
	probe_once();
	return codes_told;
}

bool trap_door_tells_bytes(void)
{
	probe_once();
	return bytes_told;
}

/* "signal 99": by hand, for a handler may want it, and snprintf is not for handlers. */
static const char *numbered(char *text, const char *word, int number)
{
	unsigned left = number < 0 ? 0u - (unsigned)number : (unsigned)number;
	char digits[12];
	size_t count = 0, at = strlen(word);

	memcpy(text, word, at);
	text[at++] = ' ';
	if (number < 0) {
		text[at++] = '-';
	}
	do {
		digits[count++] = (char)('0' + left % 10);
		left /= 10;
	} while (left > 0);
	while (count > 0) {
		text[at++] = digits[--count];
	}
	text[at] = '\0';
	return text;
}

const char *trap_signal_name(int signal)
{
	static const struct named_number names[] = {
		NAMED(SIGHUP),    NAMED(SIGINT),  NAMED(SIGQUIT), NAMED(SIGILL),   NAMED(SIGTRAP),
		NAMED(SIGABRT),   NAMED(SIGBUS),  NAMED(SIGFPE),  NAMED(SIGKILL),  NAMED(SIGUSR1),
		NAMED(SIGSEGV),   NAMED(SIGUSR2), NAMED(SIGPIPE), NAMED(SIGALRM),  NAMED(SIGTERM),
		NAMED(SIGCHLD),   NAMED(SIGCONT), NAMED(SIGSTOP), NAMED(SIGTSTP),  NAMED(SIGTTIN),
		NAMED(SIGTTOU),   NAMED(SIGURG),  NAMED(SIGXCPU), NAMED(SIGXFSZ),  NAMED(SIGPROF),
		NAMED(SIGVTALRM), NAMED(SIGIO),   NAMED(SIGPWR),  NAMED(SIGWINCH), NAMED(SIGSYS),
	};
	static char text[24];
	const char *name = NAME_OF(names, signal);

	return name != NULL ? name : numbered(text, "signal", signal);
}

const char *trap_code_name(int signal, int code)
{
	static const struct named_number any[] = {
		NAMED(SI_USER),  NAMED(SI_KERNEL),  NAMED(SI_QUEUE), NAMED(SI_TIMER),
		NAMED(SI_MESGQ), NAMED(SI_ASYNCIO), NAMED(SI_SIGIO), NAMED(SI_TKILL),
	};
	/* Numbers where older libcs lack the constant. */
	static const struct named_number segv[] = {
		NAMED(SEGV_MAPERR),  NAMED(SEGV_ACCERR),  {3, "SEGV_BNDERR"},  {4, "SEGV_PKUERR"},
		{5, "SEGV_ACCADI"},  {6, "SEGV_ADIDERR"}, {7, "SEGV_ADIPERR"}, {8, "SEGV_MTEAERR"},
		{9, "SEGV_MTESERR"}, {10, "SEGV_CPERR"},
	};
	static const struct named_number bus[] = {
		NAMED(BUS_ADRALN),    NAMED(BUS_ADRERR),    NAMED(BUS_OBJERR),
		{4, "BUS_MCEERR_AR"}, {5, "BUS_MCEERR_AO"},
	};
	static const struct named_number ill[] = {
		NAMED(ILL_ILLOPC), NAMED(ILL_ILLOPN), NAMED(ILL_ILLADR), NAMED(ILL_ILLTRP),
		NAMED(ILL_PRVOPC), NAMED(ILL_PRVREG), NAMED(ILL_COPROC), NAMED(ILL_BADSTK),
	};
	static const struct named_number fpe[] = {
		NAMED(FPE_INTDIV), NAMED(FPE_INTOVF), NAMED(FPE_FLTDIV), NAMED(FPE_FLTOVF),
		NAMED(FPE_FLTUND), NAMED(FPE_FLTRES), NAMED(FPE_FLTINV), NAMED(FPE_FLTSUB),
	};
	static char text[24];
	const char *name = NAME_OF(any, code);

	if (name == NULL && signal == SIGSEGV) {
		name = NAME_OF(segv, code);
	} else if (name == NULL && signal == SIGBUS) {
		name = NAME_OF(bus, code);
	} else if (name == NULL && signal == SIGILL) {
		name = NAME_OF(ill, code);
	} else if (name == NULL && signal == SIGFPE) {
		name = NAME_OF(fpe, code);
	}
	return name != NULL ? name : numbered(text, "code", code);
}
