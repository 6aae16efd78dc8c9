/* SPDX-License-Identifier: MIT */
/*
 * The program can bring a missing page itself
 * ===========================================
 *
 * What a page fault means, says document 004 (8.5), the hardware leaves to the operating system.
 * And the operating system can leave it to the program. userfaultfd(2) hands the faults of a
 * range to whoever reads its descriptor: this page is missing, and that is how it was touched.
 * Nobody knows yet what will be in it. Who touched it stands still until the bytes have been
 * given, and then reads them, as if they had always been there.
 *
 *      toucher                       kernel                     pager
 *      load(page 3)  --trap-->   not there: tells  --event-->   page 3, by a load
 *         waits                                                 decides what it holds
 *      reads it      <---------   enters the page  <--ioctl--   UFFDIO_COPY
 *
 * Virtual machines that move while they run, and checkpoints, fetch their memory so. Here the
 * pager decides what a page holds only when it has been asked: it cannot be known any earlier.
 *
 * Look with: a thread that reads struct uffd_msg and counts.
 * Read on:   userfaultfd(2), ioctl_userfaultfd(2); document 004 sections 8.5 and 11.
 */
#include <touchstone/experiment.h>
#include <touchstone/userfault.h>

EXPERIMENT("The program can bring a missing page itself");

enum { PAGES = 64, LARGEST_PAGE = 64 * 1024 };

/* Who brings the pages, what it was told, and what it does. Its thread only ever records. */
static struct {
	int faults; /* the descriptor of userfaultfd */
	char *start;
	unsigned seed;
	char given[LARGEST_PAGE];
	volatile size_t events;
	struct uffd_msg volatile last;
} pager;

/* The answer to an event: the page's share of the pattern that holds from now on. */
static void give(char *missing)
{
	struct uffdio_copy copy = {
		.dst = (uintptr_t)missing, .src = (uintptr_t)pager.given, .len = page_size()};

	pattern_bytes(pager.given, page_size(), pager.seed, (size_t)(missing - pager.start));
	ioctl(pager.faults, UFFDIO_COPY, &copy);
}

static void answer_event(const struct uffd_msg *told)
{
	pager.last = *told;
	pager.events++;
	give(page_told(told));
}

/* Fresh pages; what is missing in the first count of them is asked of the pager. */
static char *paged_pages(size_t count)
{
	arrange(page_size() <= sizeof pager.given);
	pager.start = fresh_pages(PAGES, MAP_PRIVATE);
	pager.faults = open_userfault(pager.start, count * page_size(),
				      UFFDIO_REGISTER_MODE_MISSING, 0);
	answer_userfaults(pager.faults, answer_event);
	return pager.start;
}

CLAIM(the_pager_is_told_page_and_access, "fault-19 uffd-01",
      "A first touch is told once, with the address of its page, and the flag WRITE if it stores",
      .needs = USERFAULTFD)
{
	char *area = paged_pages(PAGES);
	const size_t places[] = {0, page_size() / 2 + 5, page_size() - 1};

	for (size_t i = 0; i < PAGES; i++) {
		size_t at = i * 5 % PAGES; /* each once, and none beside the last */
		bool stores = i / 2 % 2;
		char *touched = page(area, at) + places[i % 3];

		if (stores) {
			store(touched, 's');
			assert_byte(touched, 's', "the byte that was stored");
		} else {
			load(touched);
		}
		assert_equals(pager.events, i + 1, "events");
		assert_equals(pager.last.event, UFFD_EVENT_PAGEFAULT, "kind of the last one");
		assert_address((uintptr_t)pager.last.arg.pagefault.address, page(area, at),
			       "the address that was told");
		assert_equals(pager.last.arg.pagefault.flags,
			      stores ? UFFD_PAGEFAULT_FLAG_WRITE : 0, "its flags");
	}
}

CLAIM(what_is_given_then_is_what_is_read, "fault-19 uffd-02 uffd-03",
      "Who touches a page waits for it, and reads the bytes that were given then, each of them",
      .needs = USERFAULTFD)
{
	char *area = paged_pages(PAGES);

	for (unsigned round = 1; round <= 3; round++) {
		pager.seed = round;
		assert_pattern(area, PAGES * page_size(), round, "what the pager gave when asked");
		assert_equals(pager.events, round * PAGES, "events");
		arrange(madvise(area, PAGES * page_size(), MADV_DONTNEED) == 0);
	}
}

CONTROL(who_is_not_registered_is_served_by_the_kernel, "fault-19 uffd-01 uffd-02 uffd-03",
	"Pages behind the registered ones are no event, and come from the kernel, full of zeros",
	.needs = USERFAULTFD)
{
	char *area = paged_pages(PAGES / 2), *behind = page(area, PAGES / 2);

	pager.seed = 7;
	assert_all_bytes(behind, PAGES / 2 * page_size(), 0, "what was never asked for");
	store_each(behind, PAGES / 2, 's');
	assert_equals(pager.events, 0, "events");
	assert_pattern(area, PAGES / 2 * page_size(), pager.seed, "what was asked for");
	assert_equals(pager.events, PAGES / 2, "events");
}
