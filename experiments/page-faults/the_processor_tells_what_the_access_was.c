/* SPDX-License-Identifier: MIT */
/*
 * The processor tells what the access was
 * =======================================
 *
 * siginfo_t tells where a fault happened, and not whether it was a load or a store. The processor
 * knew: with a page fault x86 hands the kernel an error code, and Linux hands it on in the context
 * of the handler (ucontext_t, REG_ERR).
 *
 *      bit      4        2       1        0
 *             fetch    user    store    present       0: there is no entry   1: it forbids this
 *
 *      load from a closed page      00100             a page without rights has no entry that
 *      store to a closed page       00110             the processor would look at
 *      store to a read-only page    00111
 *      call of data                 10101             the bit that document 004 (14.3) calls NX
 *
 * A user-level pager needs this: a page that was only read is clean, and need not be saved.
 *
 * Look with: REG_ERR and REG_TRAPNO of uc_mcontext.
 * Read on:   sigaction(2), getcontext(3); document 004 sections 6.5, 14.2 and 14.3.
 */
#include <signal.h>
#include <sys/mman.h>
#include <ucontext.h>

#include <touchstone/experiment.h>

EXPERIMENT("The processor tells what the access was");

enum { PAGE_FAULT = 14, PRESENT = 1, WRITE = 2, USER = 4, FETCH = 16 };

static char *closed; /* a page without any rights */
static volatile int calls;
static volatile long error_code, trap_number;

static void close_it(int rights)
{
	closed = closed ? closed : fresh_pages(1, MAP_PRIVATE);
	arrange(mprotect(closed, page_size(), rights) == 0);
	calls = 0;
}

/* Notes what the processor said of the access, and opens the page, to run code as well. */
static void read_error_code(int signal, siginfo_t *info, void *context)
{
	const ucontext_t *interrupted = context;

	(void)info;
	(void)interrupted;
	calls++;
#if defined(__x86_64__) || defined(__i386__)
	trap_number = interrupted->uc_mcontext.gregs[REG_TRAPNO];
	error_code = interrupted->uc_mcontext.gregs[REG_ERR];
#endif
	if (mprotect(closed, page_size(), PROT_READ | PROT_WRITE | PROT_EXEC) != 0) {
		sigaction(signal, &(struct sigaction){.sa_handler = SIG_DFL}, NULL);
	}
}

/* A page that says so when it is touched, closed but for these rights. */
static void install(int rights)
{
	struct sigaction action = {.sa_sigaction = read_error_code, .sa_flags = SA_SIGINFO};

	sigemptyset(&action.sa_mask);
	arrange(sigaction(SIGSEGV, &action, NULL) == 0);
	close_it(PROT_NONE);
	load(closed);
	if (trap_number != PAGE_FAULT) {
		undecided("needs an x86 processor, and a kernel that passes its error code on");
	}
	close_it(rights);
}

CLAIM(it_tells_stores_from_loads, "sigact-13",
      "In the error code of a refused load the bit for stores is clear, in that of a store it is "
      "set",
      .needs = EXECUTABLE_MEMORY)
{
	for (int round = 0; round < 3; round++) {
		install(PROT_NONE);
		load(closed);
		assert_equals(error_code, USER, "error code of a refused load");
		close_it(PROT_NONE);
		store(closed, 's');
		assert_equals(error_code, USER | WRITE, "error code of a refused store");
		close_it(PROT_READ);
		store(closed, 's');
		assert_equals(error_code, USER | WRITE | PRESENT, "the same, where one may read");
	}
}

CLAIM(it_tells_fetches_from_loads, "sigact-13",
      "In the error code of a refused call the bit for instruction fetches is set",
      .needs = EXECUTABLE_MEMORY | NO_EXECUTE)
{
	for (int round = 0; round < 3; round++) {
		install(PROT_READ | PROT_WRITE);
		arrange(copy_return_function(closed) > 0);
		((void (*)(void))(uintptr_t)closed)();
		assert_equals(calls, 1, "calls of the handler");
		assert_equals(error_code, USER | FETCH | PRESENT, "error code of a refused call");
		close_it(PROT_READ);
		((void (*)(void))(uintptr_t)closed)();
		assert_equals(error_code, USER | FETCH | PRESENT, "the same, read-only");
	}
}

CONTROL(what_is_permitted_is_not_told, "sigact-13",
	"The same accesses to an open page tell nothing, for there is no fault that the program "
	"sees",
	.needs = EXECUTABLE_MEMORY)
{
	install(PROT_READ | PROT_WRITE | PROT_EXEC);
	arrange(copy_return_function(closed) > 0);
	((void (*)(void))(uintptr_t)closed)();
	store(closed, load(closed));
	assert_equals(calls, 0, "calls of the handler");
}
