/* SPDX-License-Identifier: MIT */
/*
 * A fault restarts its instruction, and nothing is lost or done twice
 * ===================================================================
 *
 * When a page fault has been repaired "the page table is updated", and the program goes on;
 * document 004 (6.5, 8.5) leaves out where. Not behind the instruction that faulted, for that has
 * not happened: the processor carries it out anew. So a store that met an absent page is not
 * lost, an addition is added once, and a copy that was interrupted at each page is complete.
 *
 *      add 1, (page)  --trap-->  kernel, or a handler of SIGSEGV
 *            ^                        makes the page accessible
 *            |__________ return ______________|
 *      add 1, (page)             this time it goes through: +1, not +2, not +0
 *
 * A handler of SIGSEGV that opens the page and returns stands in for the kernel's, and counts.
 *
 * Look with: a counting signal handler; the bytes.
 * Read on:   sigaction(2), mprotect(2); documents 003, 004 sections 6.5 and 8.5.
 */
#include <signal.h>

#include <touchstone/experiment.h>

EXPERIMENT("A fault restarts its instruction, and nothing is lost or done twice");

enum { PAGES = 16, SEED = 6 };

/* A page fault handler in user space, as garbage collectors and user-level pagers have one. */
static struct {
	char *start, *end; /* the pages that it opens */
	int reluctance;    /* so many calls it returns from without having repaired anything */
	volatile int calls;
	struct sigaction earlier;
} pager;

static void open_the_page(int signal, siginfo_t *info, void *context)
{
	char *wanted = page_of(info->si_addr);

	(void)context;
	if (wanted < pager.start || wanted >= pager.end) {
		sigaction(signal, &pager.earlier, NULL); /* not ours: it will trap again, there */
		return;
	}
	if (++pager.calls > pager.reluctance) {
		mprotect(wanted, page_size(), PROT_READ | PROT_WRITE);
	}
}

/* Pages with a pattern, closed but for these rights, and the handler that opens them. */
static char *paged_pages(int rights)
{
	struct sigaction action = {.sa_sigaction = open_the_page, .sa_flags = SA_SIGINFO};

	pager.calls = 0;
	pager.start = fresh_pages(PAGES, MAP_PRIVATE);
	pager.end = page(pager.start, PAGES);
	write_pattern(pager.start, PAGES * page_size(), SEED);
	arrange(mprotect(pager.start, PAGES * page_size(), rights) == 0);
	arrange(sigaction(SIGSEGV, &action, &pager.earlier) == 0);
	return pager.start;
}

CLAIM(an_addition_is_added_once, "fault-06",
      "However often its page stays closed, an atomic addition is added once when it is opened")
{
	for (size_t i = 0; i < 4; i++) {
		char *area = paged_pages(i % 2 ? PROT_NONE : PROT_READ);
		unsigned before, *number = (unsigned *)page(area, 1);

		pattern_bytes(&before, sizeof before, SEED, page_size());
		pager.reluctance = i < 2 ? 0 : 5;
		for (unsigned times = 0; times < 2; times++) {
			assert_equals(__atomic_fetch_add(number, 1, __ATOMIC_SEQ_CST),
				      before + times, "what the addition found");
			assert_equals(*number, before + times + 1, "the number after it");
			assert_equals(pager.calls, pager.reluctance + 1, "calls of the handler");
		}
	}
}

struct __attribute__((packed)) anywhere {
	uint64_t word;
};

CLAIM(a_store_across_two_pages_is_complete, "fault-06",
      "A store of eight bytes that meets two closed pages calls the handler twice, and is whole")
{
	const uint64_t stored = UINT64_C(0x1122334455667788);

	for (size_t before = 1; before < sizeof stored; before++) {
		char *area = paged_pages(PROT_READ), *border = page(area, 1), expected[64];

		pattern_bytes(expected, sizeof expected, SEED, page_size() - sizeof expected / 2);
		memcpy(expected + sizeof expected / 2 - before, &stored, sizeof stored);
		((volatile struct anywhere *)(border - before))->word = stored;
		assert_equals(pager.calls, 2, "calls of the handler");
		assert_same_bytes(border - sizeof expected / 2, expected, sizeof expected,
				  "the bytes around the border");
	}
}

CLAIM(a_long_copy_is_complete, "fault-06",
      "A copy from and to closed pages calls the handler once for each of them, and is whole")
{
	const size_t length = PAGES / 2 * page_size();
	char *from = paged_pages(PROT_NONE), *to = from + length;
	unsigned char first, last;

	pattern_bytes(&first, 1, SEED, length);
	pattern_bytes(&last, 1, SEED, 2 * length - 1);
	memcpy(to + 1, from + 1, length - 2);
	assert_equals(pager.calls, PAGES, "calls of the handler");
	assert_pattern(from, length, SEED, "what was copied");
	assert_same_bytes(to + 1, from + 1, length - 2, "the copy");
	assert_byte(to, first, "the byte before the copy");
	assert_byte(to + length - 1, last, "the byte behind it");
}

CLAIM(the_kernel_restarts_it_too, "fault-06",
      "An addition that is the first touch of a page leaves 1 there, in every page and every kind")
{
	for (size_t i = 0; i < 2 * PAGES; i++) {
		char *area = fresh_pages(1, i % 2 ? MAP_PRIVATE : MAP_SHARED);
		unsigned *number = (unsigned *)area + i;

		assert_equals(__atomic_fetch_add(number, 1, __ATOMIC_SEQ_CST), 0,
			      "what the addition found");
		assert_equals(*number, 1, "the number after it");
	}
}

CONTROL(who_jumps_over_it_loses_it, "fault-06",
	"A store whose handler jumps away instead of returning never happens, repaired or not")
{
	char *area = paged_pages(PROT_READ);

	/* try_store has such a handler: the harness's own, which stood there before. */
	arrange(sigaction(SIGSEGV, &pager.earlier, NULL) == 0);
	for (size_t i = 0; i < PAGES; i++) {
		char *closed = page(area, i);

		assert_trap(try_store(closed, (unsigned char)~load(closed)), SIGSEGV, SEGV_ACCERR,
			    closed);
		arrange(mprotect(closed, page_size(), PROT_READ | PROT_WRITE) == 0);
	}
	assert_pattern(area, PAGES * page_size(), SEED, "every page, opened");
}
