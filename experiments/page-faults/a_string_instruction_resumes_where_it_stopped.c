/* SPDX-License-Identifier: MIT */
/*
 * A string instruction resumes where it stopped
 * =============================================
 *
 * After a fault the kernel can "resume the faulting instruction" (document 004, 11.3). Most of
 * them have done nothing yet when they fault, and start anew. An instruction that fills two
 * pages could not: it would fill the first page over and over. On x86 "rep stosb" keeps its
 * place in two registers, where the next byte goes and how many are left. At a fault they stand
 * exactly where it stopped, and there it goes on.
 *
 *      rep stosb        | page 0      | page 1      | page 2      |
 *      start                     x
 *      faults at                 1     2             3
 *      rdi                       x     page 1        page 2           next byte
 *      rcx                       n     n - a         n - a - b        bytes left
 *
 * A handler of SIGSEGV opens one page at a time, and notes the registers it was given.
 *
 * Look with: the third argument of a signal handler, the interrupted program's registers.
 * Read on:   sigaction(2), getcontext(3); document 004 sections 6.5 and 11.3.
 */
#include <signal.h>
#include <ucontext.h>

#include <touchstone/experiment.h>

EXPERIMENT("A string instruction resumes where it stopped");

enum { PAGES = 8, SPANNED = 3, SEED = 5, FILLING = 0x5a };

static struct {
	volatile size_t calls;
	size_t bytes_left[PAGES];
	char *next_byte[PAGES], *fault_address[PAGES];
	char *start;
	struct sigaction earlier;
} pager;

#if defined(__x86_64__)
enum { COUNTER = REG_RCX, TARGET = REG_RDI };
#elif defined(__i386__)
enum { COUNTER = REG_ECX, TARGET = REG_EDI };
#endif

static void open_the_page(int signal, siginfo_t *info, void *context)
{
	char *wanted = page_of(info->si_addr);

	if (wanted < pager.start || wanted >= page(pager.start, PAGES) || pager.calls == PAGES) {
		sigaction(signal, &pager.earlier, NULL); /* not ours: it will trap again, there */
		return;
	}
#if defined(__x86_64__) || defined(__i386__)
	const ucontext_t *interrupted = context;

	pager.bytes_left[pager.calls] = (size_t)interrupted->uc_mcontext.gregs[COUNTER];
	pager.next_byte[pager.calls] = (char *)(uintptr_t)interrupted->uc_mcontext.gregs[TARGET];
#else
	(void)context;
#endif
	pager.fault_address[pager.calls++] = info->si_addr;
	mprotect(wanted, page_size(), PROT_READ | PROT_WRITE);
}

static void fill(char *start, size_t length)
{
#if defined(__x86_64__) || defined(__i386__)
	__asm__ volatile("rep stosb" : "+D"(start), "+c"(length) : "a"(FILLING) : "memory");
#else
	(void)start, (void)length;
	undecided("needs an instruction that fills memory and can be interrupted: x86");
#endif
}

/* Pages with a pattern, of which none can be written unless the handler opens it. */
static char *paged_pages(int rights)
{
	struct sigaction action = {.sa_sigaction = open_the_page, .sa_flags = SA_SIGINFO};

	pager.calls = 0;
	pager.start = filled_pages(PAGES, MAP_PRIVATE, SEED);
	arrange(mprotect(pager.start, PAGES * page_size(), rights) == 0);
	arrange(sigaction(SIGSEGV, &action, &pager.earlier) == 0);
	return pager.start;
}

/* So many bytes from here were filled, and no byte beside them. */
static void assert_filled(char *area, size_t from, size_t length)
{
	static char was[PAGES * 64 * 1024];

	arrange(PAGES * page_size() <= sizeof was);
	arrange(mprotect(area, PAGES * page_size(), PROT_READ) == 0);
	pattern_bytes(was, PAGES * page_size(), SEED, 0);
	assert_same_bytes(area, was, from, "the bytes before");
	assert_all_bytes(area + from, length, FILLING, "the bytes that were to be filled");
	assert_same_bytes(area + from + length, was + from + length,
			  PAGES * page_size() - from - length, "the bytes behind");
}

CLAIM(it_faults_once_a_page_and_is_complete, "fault-07",
      "One rep stosb over closed pages faults once on each, and has filled every byte, and no "
      "other")
{
	const size_t offsets[] = {0, 1, page_size() / 2 + 3, page_size() - 1};

	for (size_t i = 0; i < 4; i++) {
		char *area = paged_pages(i % 2 ? PROT_NONE : PROT_READ);
		size_t from = page_size() + offsets[i];
		size_t length = SPANNED * page_size() - offsets[i] - i;

		fill(area + from, length);
		assert_equals(pager.calls, SPANNED, "calls of the handler");
		assert_filled(area, from, length);
	}
}

CLAIM(its_registers_tell_where_it_stopped, "fault-07",
      "At each fault the registers stand at the first byte of the closed page, and the rest is "
      "left")
{
	char *area = paged_pages(PROT_READ), *start = page(area, 1) + page_size() / 2 + 3;
	size_t length = (size_t)(page(area, 1 + SPANNED) - start) - 1;

	fill(start, length);
	assert_equals(pager.calls, SPANNED, "calls of the handler");
	for (size_t i = 0; i < SPANNED; i++) {
		char *stopped = i ? page(area, 1 + i) : start;

		assert_address(pager.fault_address[i], stopped, "the address of the fault");
		assert_address(pager.next_byte[i], stopped, "the register of the next byte");
		assert_equals(pager.bytes_left[i], length - (size_t)(stopped - start),
			      "the register of the bytes left");
	}
}

CONTROL(open_pages_do_not_stop_it, "fault-07",
	"Over pages that are open already the same instruction calls no handler")
{
	char *area = paged_pages(PROT_READ | PROT_WRITE);

	fill(page(area, 1) + 1, SPANNED * page_size() - 1);
	assert_equals(pager.calls, 0, "calls of the handler");
	assert_filled(area, page_size() + 1, SPANNED * page_size() - 1);
}
