/* SPDX-License-Identifier: MIT */
/*
 * A store can wait for leave
 * ==========================
 *
 * mprotect(2) makes a store to a page a signal. userfaultfd(2) can do better: it takes the right
 * to write from pages that are there (UFFDIO_WRITEPROTECT), and a store to one of them becomes
 * an event. Who stores stands still; who reads the event can save the page, as it was, and then
 * gives leave. So a snapshot of a program is taken while it runs.
 *
 *      pages                 w  w  p  p  w  w       p: write-protected
 *      load, store to a w    goes through
 *      store to a p    -->   event, flags WP and WRITE: the old bytes can still be read
 *                      <--   UFFDIO_WRITEPROTECT without its mode WP: the store is done, for good
 *
 * Look with: a thread that reads struct uffd_msg, copies the page and gives leave.
 * Read on:   userfaultfd(2), ioctl_userfaultfd(2) "UFFDIO_WRITEPROTECT"; document 004 section 8.5.
 */
#include <touchstone/experiment.h>
#include <touchstone/userfault.h>

EXPERIMENT("A store can wait for leave");

enum { PAGES = 8, FROM = 2, PROTECTED = 4, BEHIND = FROM + PROTECTED, SEED = 4 };

static struct {
	int faults;         /* the descriptor of userfaultfd */
	char *area, *saved; /* what each page held when somebody wanted to store to it */
	volatile size_t events;
	struct uffd_msg volatile last;
} pager;

static int protect(char *first, size_t count, uint64_t mode)
{
	struct uffdio_writeprotect wanted = {.range = {(uintptr_t)first, count * page_size()},
					     .mode = mode};

	return ioctl(pager.faults, UFFDIO_WRITEPROTECT, &wanted);
}

static void save_and_give_leave(const struct uffd_msg *told)
{
	char *wanted = page_told(told);

	pager.last = *told;
	pager.events++;
	memcpy(pager.saved + (wanted - pager.area), wanted, page_size());
	protect(wanted, 1, 0);
}

/* Pages with a pattern, of which the middle ones are write-protected. */
static char *protected_pages(void)
{
	pager.area = filled_pages(PAGES, MAP_PRIVATE, SEED);
	pager.saved = filled_pages(PAGES, MAP_PRIVATE, SEED);
	pager.faults = open_userfault(pager.area, PAGES * page_size(), UFFDIO_REGISTER_MODE_WP,
				      UFFD_FEATURE_PAGEFAULT_FLAG_WP);
	answer_userfaults(pager.faults, save_and_give_leave);
	assert_accepted(protect(page(pager.area, FROM), PROTECTED, UFFDIO_WRITEPROTECT_MODE_WP));
	return pager.area;
}

CLAIM(a_store_is_told, "uffd-09",
      "A first store to a protected page is one event, with its page and the flags WP and WRITE",
      .needs = WRITE_PROTECT_EVENTS)
{
	char *area = protected_pages();

	for (size_t i = 0; i < PROTECTED; i++) {
		char *stored = page(area, FROM + i * 3 % PROTECTED) + page_size() - 1 - i;

		for (int round = 0; round < 2; round++) {
			store(stored, 's');
			assert_equals(pager.events, i + 1, "events");
		}
		assert_address((uintptr_t)pager.last.arg.pagefault.address, page_of(stored),
			       "the address that was told");
		assert_equals(pager.last.arg.pagefault.flags,
			      UFFD_PAGEFAULT_FLAG_WP | UFFD_PAGEFAULT_FLAG_WRITE, "flags");
	}
}

CLAIM(the_store_waits_for_leave, "uffd-10",
      "At the event the page holds its old bytes, each of them; after leave the store is done",
      .needs = WRITE_PROTECT_EVENTS)
{
	char *area = protected_pages();

	memset(page(pager.saved, FROM), 0, PROTECTED * page_size());
	for (size_t i = FROM; i < BEHIND; i++) {
		unsigned char old = load(page(area, i) + i);

		store(page(area, i) + i, (unsigned char)~old);
		assert_byte(page(area, i) + i, (unsigned char)~old, "the byte that was stored");
		store(page(area, i) + i, old);
	}
	assert_pattern(pager.saved, PAGES * page_size(), SEED, "what was saved at the events");
	assert_pattern(area, PAGES * page_size(), SEED, "the pages, with their bytes restored");
	assert_equals(pager.events, PROTECTED, "events");
}

CLAIM(protection_comes_back_when_asked_for, "uffd-10",
      "A page that is protected once more is an event once more", .needs = WRITE_PROTECT_EVENTS)
{
	char *area = protected_pages(), *last = page(area, BEHIND - 1);

	for (size_t round = 1; round <= 3; round++) {
		store_each(last, 1, 's');
		assert_equals(pager.events, round, "events");
		assert_accepted(protect(last, 1, UFFDIO_WRITEPROTECT_MODE_WP));
	}
}

CONTROL(loads_and_neighbours_go_through, "uffd-09 uffd-10",
	"Loads of protected pages, and stores to the bytes beside them, are no events",
	.needs = WRITE_PROTECT_EVENTS)
{
	char *area = protected_pages(), *below = page(area, FROM) - 1, *above = page(area, BEHIND);

	assert_pattern(area, PAGES * page_size(), SEED, "what is loaded");
	store(below, load(below));
	store(above, load(above));
	assert_equals(pager.events, 0, "events");
	store(below + 1, 's');
	store(above - 1, 's');
	assert_equals(pager.events, 2, "events after stores next to those");
}
