/* SPDX-License-Identifier: MIT */
/*
 * A missing page can be left to the kernel
 * ========================================
 *
 * A program that brings its own pages (userfaultfd(2)) need not have bytes for each.
 * UFFDIO_ZEROPAGE enters what the kernel would have brought, its page of zeros. And with
 * UFFDIO_UNREGISTER the program gives the range back: whoever waits in it is woken, faults once
 * more, and is served as ever.
 *
 *      touch --> event --> ZEROPAGE       one page of zeros; the next page is an event
 *      touch --> event --> UNREGISTER     pages of zeros, and no event any more
 *
 * In both cases nobody can tell afterwards who it was that brought the page.
 *
 * Look with: a thread that reads the events and answers each in the way of the claim.
 * Read on:   ioctl_userfaultfd(2) "UFFDIO_ZEROPAGE", "UFFDIO_UNREGISTER"; document 004 section 8.5.
 */
#include <touchstone/experiment.h>
#include <touchstone/userfault.h>

EXPERIMENT("A missing page can be left to the kernel");

enum { PAGES = 8 };

static struct {
	int faults; /* the descriptor of userfaultfd */
	void (*answer)(char *missing);
	char *area;
	volatile size_t events;
} pager;

static void give_zeros(char *missing)
{
	struct uffdio_zeropage zeros = {.range = {(uintptr_t)missing, page_size()}};

	ioctl(pager.faults, UFFDIO_ZEROPAGE, &zeros);
}

static void give_up(char *missing)
{
	struct uffdio_range all = {(uintptr_t)pager.area, PAGES * page_size()};

	(void)missing;
	ioctl(pager.faults, UFFDIO_UNREGISTER, &all);
}

static void answer_event(const struct uffd_msg *told)
{
	pager.events++;
	pager.answer(page_told(told));
}

/* Fresh pages whose missing ones are answered in this way. */
static char *paged_pages(void (*answer)(char *missing))
{
	pager.answer = answer;
	pager.area = fresh_pages(PAGES, MAP_PRIVATE);
	pager.faults = open_userfault(pager.area, PAGES * page_size(), UFFDIO_REGISTER_MODE_MISSING,
				      0);
	answer_userfaults(pager.faults, answer_event);
	return pager.area;
}

CLAIM(zeros_need_no_source, "uffd-07",
      "UFFDIO_ZEROPAGE gives a page of zeros, that can be written, and wakes who waits for it",
      .needs = USERFAULTFD)
{
	char *area = paged_pages(give_zeros);

	for (size_t i = 0; i < PAGES; i++) {
		if (i % 2) {
			store(page(area, i), 0);
		}
		assert_all_bytes(page(area, i), page_size(), 0, "the page");
		store(page(area, i), 's');
		assert_byte(page(area, i), 's', "what was stored there");
		assert_equals(pager.events, i + 1, "events");
	}
	for (size_t i = 0; i < PAGES; i++) {
		assert_byte(page(area, i), 's', "what was stored there");
		assert_all_bytes(page(area, i) + 1, page_size() - 1, 0, "the rest of the page");
	}
}

CLAIM(unregistered_it_is_the_kernels_again, "uffd-08",
      "UFFDIO_UNREGISTER wakes who waits, and from then on the kernel brings zeros, unasked",
      .needs = USERFAULTFD)
{
	char *area = paged_pages(give_up);

	assert_all_bytes(area, PAGES * page_size(), 0, "the pages");
	assert_equals(pager.events, 1, "events");
}

CONTROL(a_page_that_is_there_asks_nobody, "uffd-07 uffd-08",
	"A page of zeros that was given before anybody asked is no event, the next one is",
	.needs = USERFAULTFD)
{
	char *area = paged_pages(give_zeros);

	for (size_t i = 0; i < PAGES; i += 2) {
		give_zeros(page(area, i));
	}
	assert_all_bytes(area, PAGES * page_size(), 0, "the pages");
	assert_equals(pager.events, PAGES / 2, "events");
}
