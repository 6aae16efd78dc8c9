/* SPDX-License-Identifier: MIT */
/*
 * A waiting fault goes on when it is woken, and not before
 * ========================================================
 *
 * Whoever has touched a page that the program brings itself (userfaultfd(2)) sleeps inside the
 * page fault. Four calls end that. UFFDIO_COPY and UFFDIO_ZEROPAGE enter a page and wake; told
 * DONTWAKE they only enter it, so that a pager can put a page in order before anybody
 * uses it. UFFDIO_WAKE only wakes. UFFDIO_UNREGISTER gives the range back to the kernel.
 *
 *      load(page) --> event --> COPY, DONTWAKE: there is an 'a'        the load sleeps
 *                               store 'b'                              the load sleeps
 *                               WAKE                                   the load reads 'b'
 *
 * To be woken is no answer: the instruction is merely restarted, as after any fault. If the page is
 * still missing, it faults again, and there is a second event.
 *
 * Look with: a thread that reads the events and answers each in the way of the claim.
 * Read on:   userfaultfd(2), ioctl_userfaultfd(2) "UFFDIO_WAKE"; document 004 section 8.5.
 */
#include <fcntl.h>
#include <linux/userfaultfd.h>
#include <pthread.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <touchstone/experiment.h>

#ifndef UFFD_USER_MODE_ONLY
#define UFFD_USER_MODE_ONLY 1
#endif

EXPERIMENT("A waiting fault goes on when it is woken, and not before");

enum { PAGES = 8, WAKES = 3 };
enum answer { ZEROPAGE, COPY_THEN_WAKE, WAKE_FIRST, UNREGISTER };

static struct {
	int faults; /* the descriptor of userfaultfd */
	enum answer answer;
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

static void answer(char *missing)
{
	struct uffdio_range one = {(uintptr_t)missing, page_size()};
	struct uffdio_range all = {(uintptr_t)pager.area, PAGES * page_size()};
	struct uffdio_zeropage zeros = {.range = one};

	switch (pager.answer) {
	case ZEROPAGE:
		ioctl(pager.faults, UFFDIO_ZEROPAGE, &zeros);
		break;
	case COPY_THEN_WAKE:
		copy(missing, UFFDIO_COPY_MODE_DONTWAKE);
		memset(missing, 'b', page_size());
		ioctl(pager.faults, UFFDIO_WAKE, &one);
		break;
	case WAKE_FIRST:
		if (pager.events % (WAKES + 1) != 0) {
			ioctl(pager.faults, UFFDIO_WAKE, &one);
		} else {
			copy(missing, 0);
		}
		break;
	case UNREGISTER:
		ioctl(pager.faults, UFFDIO_UNREGISTER, &all);
	}
}

static void *answer_events(void *nothing)
{
	struct uffd_msg told;

	while (read(pager.faults, &told, sizeof told) == (ssize_t)sizeof told) {
		pager.events++;
		answer(page_of((char *)(uintptr_t)told.arg.pagefault.address));
	}
	return nothing;
}

/* Fresh pages that a pager brings in this way. */
static char *paged_pages(enum answer way)
{
	struct uffdio_api api = {.api = UFFD_API};
	struct uffdio_register wanted = {.mode = UFFDIO_REGISTER_MODE_MISSING};
	pthread_t thread;

	pager.answer = way;
	pager.gift = fresh_pages(1, MAP_PRIVATE);
	memset(pager.gift, 'a', page_size());
	pager.area = fresh_pages(PAGES, MAP_PRIVATE);
	wanted.range.start = (uintptr_t)pager.area;
	wanted.range.len = PAGES * page_size();
	pager.faults = (int)syscall(SYS_userfaultfd, O_CLOEXEC | UFFD_USER_MODE_ONLY);
	arrange(pager.faults >= 0 && ioctl(pager.faults, UFFDIO_API, &api) == 0);
	arrange(ioctl(pager.faults, UFFDIO_REGISTER, &wanted) == 0);
	errno = pthread_create(&thread, NULL, answer_events, NULL);
	arrange(errno == 0);
	return pager.area;
}

CLAIM(it_sleeps_until_it_is_woken, "uffd-06",
      "A page entered with DONTWAKE can be changed before UFFDIO_WAKE lets its reader see it",
      .needs = USERFAULTFD)
{
	char *area = paged_pages(COPY_THEN_WAKE);

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
	char *area = paged_pages(WAKE_FIRST);

	for (size_t i = 0; i < PAGES; i++) {
		assert_byte(page(area, i), 'a', "what the first load reads");
		assert_equals(pager.events, (i + 1) * (WAKES + 1), "events");
	}
}

CLAIM(zeros_need_no_source, "uffd-07",
      "UFFDIO_ZEROPAGE gives a page of zeros, that can be written, and wakes who waits for it",
      .needs = USERFAULTFD)
{
	char *area = paged_pages(ZEROPAGE);

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
	char *area = paged_pages(UNREGISTER);

	assert_all_bytes(area, PAGES * page_size(), 0, "the pages");
	assert_equals(pager.events, 1, "events");
}

CONTROL(a_page_that_is_there_asks_nobody, "uffd-06 uffd-07 uffd-08",
	"Pages that were there before the range was registered are no event", .needs = USERFAULTFD)
{
	char *area = paged_pages(ZEROPAGE);

	for (size_t i = 0; i < PAGES; i += 2) {
		copy(page(area, i), 0);
	}
	for (size_t i = 0; i < PAGES; i++) {
		assert_all_bytes(page(area, i), page_size(), i % 2 ? 0 : 'a', "a page");
	}
	assert_equals(pager.events, PAGES / 2, "events");
}
