/* SPDX-License-Identifier: MIT */
/*
 * A waiting fault goes on when it is woken, and not before
 * ========================================================
 *
 * Whoever has touched a page that the program brings itself (userfaultfd(2)) sleeps inside the
 * page fault. UFFDIO_COPY enters a page and wakes; told DONTWAKE it only enters it, so that a
 * pager can put the page in order before anybody uses it. UFFDIO_WAKE only wakes.
 *
 *      load(page) --> event --> COPY, DONTWAKE: there is an 'a'        the load sleeps
 *                               store 'b'                              the load sleeps
 *                               WAKE                                   the load reads 'b'
 *
 * To be woken is no answer: the instruction is merely restarted, as after any fault. If the page
 * is still missing, it faults again, and there is a second event.
 *
 * Look with: a thread that reads the events and answers each in the way of the claim.
 * Read on:   userfaultfd(2), ioctl_userfaultfd(2) "UFFDIO_WAKE"; document 004 section 8.5.
 */
#include <touchstone/experiment.h>
#include <touchstone/userfault.h>

EXPERIMENT("A waiting fault goes on when it is woken, and not before");

enum { PAGES = 8, WAKES = 3 };

static struct {
	int faults; /* the descriptor of userfaultfd */
	void (*answer)(char *missing);
	char *area, *gift; /* pages filled with 'a' */
	volatile size_t events;
} pager;

static void copy(char *to, uint64_t mode)
{
	struct uffdio_copy copy = {.dst = (uintptr_t)to,
				   .src = (uintptr_t)pager.gift,
				   .len = page_size(),
				   .mode = mode};

	ioctl(pager.faults, UFFDIO_COPY, &copy);
}

static void wake(char *sleeping)
{
	struct uffdio_range one = {(uintptr_t)sleeping, page_size()};

	ioctl(pager.faults, UFFDIO_WAKE, &one);
}

static void copy_at_once(char *missing)
{
	copy(missing, 0);
}

static void copy_then_wake(char *missing)
{
	copy(missing, UFFDIO_COPY_MODE_DONTWAKE);
	memset(missing, 'b', page_size());
	wake(missing);
}

static void copy_when_asked_again(char *missing)
{
	if (pager.events % (WAKES + 1) != 0) {
		wake(missing);
	} else {
		copy(missing, 0);
	}
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
	pager.gift = fresh_pages(1, MAP_PRIVATE);
	memset(pager.gift, 'a', page_size());
	pager.area = fresh_pages(PAGES, MAP_PRIVATE);
	pager.faults = open_userfault(pager.area, PAGES * page_size(), UFFDIO_REGISTER_MODE_MISSING,
				      0);
	answer_userfaults(pager.faults, answer_event);
	return pager.area;
}

CLAIM(it_sleeps_until_it_is_woken, "uffd-06",
      "A page entered with DONTWAKE can be changed before UFFDIO_WAKE lets its reader see it",
      .needs = USERFAULTFD)
{
	char *area = paged_pages(copy_then_wake);

	for (size_t i = 0; i < PAGES; i++) {
		assert_byte(page(area, i + 1) - 1, 'b', "what the first load reads");
		assert_all_bytes(page(area, i), page_size(), 'b', "the page");
		assert_equals(pager.events, i + 1, "events");
	}
}

CLAIM(woken_without_a_page_it_asks_again, "uffd-06",
      "A load that is woken while its page is missing still is another event, each time",
      .needs = USERFAULTFD)
{
	char *area = paged_pages(copy_when_asked_again);

	for (size_t i = 0; i < PAGES; i++) {
		assert_byte(page(area, i), 'a', "what the first load reads");
		assert_equals(pager.events, (i + 1) * (WAKES + 1), "events");
	}
}

CONTROL(a_plain_copy_wakes_at_once, "uffd-06",
	"Without DONTWAKE the copy itself wakes its reader, and a page that is there asks nobody",
	.needs = USERFAULTFD)
{
	char *area = paged_pages(copy_at_once);

	for (size_t i = 0; i < PAGES; i += 2) {
		copy(page(area, i), 0);
	}
	assert_all_bytes(area, PAGES * page_size(), 'a', "the pages");
	assert_equals(pager.events, PAGES / 2, "events");
}
