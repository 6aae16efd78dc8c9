/* SPDX-License-Identifier: MIT */
/*
 * A fault restarts its instruction, and nothing is lost or done twice
 * ===================================================================
 *
 * When a page fault has been repaired "the page table is updated", and the program goes on;
 * document 004 (6.5, 8.5) leaves out where. Not behind the instruction that faulted: it has not
 * happened. The processor goes back to it and carries it out anew. So a store that met an absent
 * page is not lost, an addition is added once, and a copy that was interrupted at each page is
 * complete.
 *
 *      add 1, (page)  --trap-->  kernel, or a handler of SIGSEGV
 *            ^                        makes the page accessible
 *            |__________ return ______________|
 *      add 1, (page)             this time it goes through: +1, not +2, not +0
 *
 * A program can watch that itself. A handler of SIGSEGV that opens the page and returns stands in
 * for the kernel's own fault handler, and counts how often it was called. This is how
 * garbage collectors and user-level pagers work.
 *
 * Look with: a counting signal handler; the bytes.
 * Read on:   sigaction(2), mprotect(2); documents 003, 004 sections 6.5 and 8.5.
 */
#include <signal.h>
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("A fault restarts its instruction, and nothing is lost or done twice");

enum { PAGES = 16, SEED = 6 };

/* What the handler knows, and what it has seen. */
static struct {
	uintptr_t start, end; /* the pages that it opens */
	int rights;
	int reluctance; /* so many calls it returns from without having repaired anything */
	volatile int calls;
	const void *volatile address;
	struct sigaction earlier;
} pager;

/* A page fault handler in user space. */
static void open_the_page(int signal, siginfo_t *info, void *context)
{
	uintptr_t address = (uintptr_t)info->si_addr;

	(void)context;
	if (address < pager.start || address >= pager.end) {
		sigaction(signal, &pager.earlier, NULL); /* not ours: it will trap again, there */
		return;
	}
	pager.calls++;
	pager.address = info->si_addr;
	if (pager.calls > pager.reluctance) {
		mprotect(page_of(info->si_addr), page_size(), pager.rights);
	}
}

/* Pages with a pattern, closed, and a handler that opens the page that an access wants. */
static char *paged_pages(int closed, int opened)
{
	char *area = mmap(reserve(PAGES), PAGES * page_size(), PROT_READ | PROT_WRITE,
			  MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
	struct sigaction action = {.sa_sigaction = open_the_page, .sa_flags = SA_SIGINFO};

	arrange(area != MAP_FAILED);
	write_pattern(area, PAGES * page_size(), SEED);
	arrange(mprotect(area, PAGES * page_size(), closed) == 0);
	pager.start = (uintptr_t)area;
	pager.end = pager.start + PAGES * page_size();
	pager.rights = opened;
	arrange(sigaction(SIGSEGV, &action, &pager.earlier) == 0);
	return area;
}

CLAIM(an_addition_is_added_once, "fault-06",
      "An atomic addition to a page that a handler opens first is added exactly once")
{
	const int closed[] = {PROT_NONE, PROT_READ};

	for (size_t i = 0; i < 2; i++) {
		char *area = paged_pages(closed[i], PROT_READ | PROT_WRITE);
		unsigned before, *number = (unsigned *)page(area, 1);

		pattern_bytes(&before, sizeof before, SEED, page_size());
		pager.calls = 0;
		assert_equals(__atomic_fetch_add(number, 1, __ATOMIC_SEQ_CST), before,
			      "what the addition found");
		assert_equals(*number, before + 1, "the number after it");
		assert_equals(pager.calls, 1, "calls of the handler");
		__atomic_fetch_add(number, 1, __ATOMIC_SEQ_CST);
		assert_equals(*number, before + 2, "the number after a second addition");
		assert_equals(pager.calls, 1, "calls of the handler still");
	}
}

CLAIM(it_restarts_as_often_as_it_takes, "fault-06",
      "While the handler repairs nothing the access traps again and again, then happens once")
{
	char *area = paged_pages(PROT_NONE, PROT_READ | PROT_WRITE);
	unsigned before, *number = (unsigned *)page(area, 2);

	pattern_bytes(&before, sizeof before, SEED, 2 * page_size());
	pager.reluctance = 5;
	__atomic_fetch_add(number, 1, __ATOMIC_SEQ_CST);
	assert_equals(pager.calls, 6, "calls of the handler");
	assert_address(page_of(pager.address), page(area, 2), "the page of the last trap");
	assert_equals(*number, before + 1, "the number after it");
}

CLAIM(a_load_reads_what_it_came_for, "fault-06",
      "A load of a page that was closed yields its contents, for each offset in it")
{
	char *area = paged_pages(PROT_NONE, PROT_READ);

	for (size_t i = 0; i < PAGES; i++) {
		size_t offset = i * page_size() + i * (page_size() - 1) / (PAGES - 1);
		unsigned char expected;

		pattern_bytes(&expected, 1, SEED, offset);
		assert_equals(load(area + offset), expected, "the byte that was loaded");
		assert_equals(pager.calls, i + 1, "calls of the handler");
	}
	assert_pattern(area, PAGES * page_size(), SEED, "every page, opened");
}

struct __attribute__((packed)) anywhere {
	uint64_t word;
};

CLAIM(a_store_across_two_pages_is_complete, "fault-06",
      "A store of eight bytes that meets two closed pages calls the handler twice, and is whole")
{
	const uint64_t stored = UINT64_C(0x1122334455667788);

	for (size_t before = 1; before < sizeof stored; before++) {
		char *area = paged_pages(PROT_READ, PROT_READ | PROT_WRITE);
		char *border = page(area, 1), expected[64];

		pattern_bytes(expected, sizeof expected, SEED, page_size() - sizeof expected / 2);
		memcpy(expected + sizeof expected / 2 - before, &stored, sizeof stored);
		pager.calls = 0;
		((volatile struct anywhere *)(border - before))->word = stored;
		assert_equals(pager.calls, 2, "calls of the handler");
		assert_same_bytes(border - sizeof expected / 2, expected, sizeof expected,
				  "the bytes around the border");
	}
}

CLAIM(a_long_copy_is_complete, "fault-06",
      "A copy over many closed pages calls the handler once for each of them, and is whole")
{
	char *area = paged_pages(PROT_NONE, PROT_READ | PROT_WRITE);
	static char source[64 * 1024 * PAGES];

	arrange(PAGES * page_size() <= sizeof source);
	write_pattern(source, PAGES * page_size(), SEED + 1);
	memcpy(area + 1, source + 1, PAGES * page_size() - 2);
	assert_equals(pager.calls, PAGES, "calls of the handler");
	assert_same_bytes(area + 1, source + 1, PAGES * page_size() - 2, "the copy");

	char first, last;

	pattern_bytes(&first, 1, SEED, 0);
	pattern_bytes(&last, 1, SEED, PAGES * page_size() - 1);
	assert_byte(area, (unsigned char)first, "the byte before the copy");
	assert_byte(area + PAGES * page_size() - 1, (unsigned char)last, "the byte behind it");
}

/* The kernel as the handler: nobody is called, and the effect is the same. */
CLAIM(the_kernel_restarts_it_too, "fault-06",
      "An addition that is the first touch of a page leaves 1 there, in every page and every kind")
{
	const int kinds[] = {MAP_PRIVATE, MAP_SHARED};

	for (size_t kind = 0; kind < 2; kind++) {
		char *area = mmap(NULL, PAGES * page_size(), PROT_READ | PROT_WRITE,
				  kinds[kind] | MAP_ANONYMOUS, -1, 0);

		arrange(area != MAP_FAILED);
		for (size_t i = 0; i < PAGES; i++) {
			unsigned *number = (unsigned *)page(area, i) + i;

			assert_equals(__atomic_fetch_add(number, 1, __ATOMIC_SEQ_CST), 0,
				      "what the addition found");
			assert_equals(*number, 1, "the number after it");
		}
	}
}

CONTROL(who_jumps_over_it_loses_it, "fault-06",
	"A store whose handler jumps away instead of returning never happens, repaired or not")
{
	char *area = paged_pages(PROT_READ, PROT_READ | PROT_WRITE);

	/* try_store has such a handler: the harness's own, which stood there before. */
	arrange(sigaction(SIGSEGV, &pager.earlier, NULL) == 0);
	for (size_t i = 0; i < PAGES; i++) {
		char *closed = page(area, i);

		assert_trap(try_store(closed, (unsigned char)~load(closed)), SIGSEGV, SEGV_ACCERR,
			    closed);
		arrange(mprotect(closed, page_size(), pager.rights) == 0);
	}
	assert_pattern(area, PAGES * page_size(), SEED, "every page, opened");
}
