/* SPDX-License-Identifier: MIT */
/*
 * A missing page is given once, to whoever is registered
 * ======================================================
 *
 * A program that brings its own pages (userfaultfd(2)) gives each by UFFDIO_COPY, which copies
 * the bytes and enters the page in one step. Because two threads may ask for the same page, the
 * second gift has to be refused. If it went through, it would undo what was stored meanwhile.
 *
 *      page 0 missing   UFFDIO_COPY  ->  it is there
 *      page 0 there     UFFDIO_COPY  ->  EEXIST, and no byte changes
 *
 *      pages    0   1   2     one UFFDIO_COPY of all three
 *               .   #   .     ->  EAGAIN: one page copied, up to the one that was there
 *
 * Look with: errno, and the field copy of struct uffdio_copy, which tells how much was done.
 * Read on:   ioctl_userfaultfd(2) "UFFDIO_COPY", "UFFDIO_ZEROPAGE"; document 004 section 8.5.
 */
#include <touchstone/experiment.h>
#include <touchstone/userfault.h>

EXPERIMENT("A missing page is given once, to whoever is registered");

enum { PAGES = 8, GIFTS = 3, OLD = 1, NEW = 2 };

/* Pages whose missing ones would be events of the descriptor, if anybody touched them. */
static int registered(char *area)
{
	return open_userfault(area, PAGES * page_size(), UFFDIO_REGISTER_MODE_MISSING, 0);
}

static struct uffdio_copy copy_of(const char *from, const char *to, size_t length)
{
	return (struct uffdio_copy){
		.dst = (uintptr_t)to, .src = (uintptr_t)from, .len = length, .copy = 1};
}

CLAIM(a_page_that_is_there_is_not_given_again, "uffd-04",
      "UFFDIO_COPY and UFFDIO_ZEROPAGE of a page that is there say EEXIST and change no byte",
      .needs = USERFAULTFD)
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE), *gift = filled_pages(PAGES, MAP_PRIVATE, OLD);
	char *other = filled_pages(PAGES, MAP_PRIVATE, NEW);
	int fd = registered(area);

	for (size_t i = 0; i < PAGES; i++) {
		struct uffdio_copy first = copy_of(page(gift, i), page(area, i), page_size());

		assert_accepted(ioctl(fd, UFFDIO_COPY, &first));
		assert_equals(first.copy, page_size(), "bytes given, as the call tells");
		for (int again = 0; again < 2; again++) {
			struct uffdio_copy copy = copy_of(page(other, i), page(area, i),
							  page_size());
			struct uffdio_zeropage zeros = {
				.range = {(uintptr_t)page(area, i), page_size()}, .zeropage = 1};

			assert_refused(ioctl(fd, UFFDIO_COPY, &copy), EEXIST);
			assert_equals(copy.copy, -EEXIST, "what the call tells");
			assert_refused(ioctl(fd, UFFDIO_ZEROPAGE, &zeros), EEXIST);
			assert_equals(zeros.zeropage, -EEXIST, "what the call tells");
		}
	}
	assert_pattern(area, PAGES * page_size(), OLD, "what was given first");
}

CLAIM(a_gift_ends_at_the_first_page_that_is_there, "uffd-04",
      "A gift of several pages ends with EAGAIN before the first that is there, and tells how far",
      .needs = USERFAULTFD | PAGE_STATES)
{
	char *gift = filled_pages(PAGES, MAP_PRIVATE, OLD);

	for (size_t there = 1; there < GIFTS; there++) {
		char *area = fresh_pages(PAGES, MAP_PRIVATE);
		struct uffdio_copy copy = copy_of(gift, area, GIFTS * page_size());

		store(page(area, there), 's');

		int fd = registered(area);

		assert_refused(ioctl(fd, UFFDIO_COPY, &copy), EAGAIN);
		assert_equals(copy.copy, there * page_size(), "bytes given, as the call tells");
		assert_pattern(area, there * page_size(), OLD, "the pages that were given");
		assert_byte(page(area, there), 's', "the page that was there");
		assert_strip(observe_pages("behind", page(area, there + 1), PAGES - there - 1),
			     ".");
	}
}

CLAIM(only_whole_registered_pages_are_given, "uffd-05",
      "Half a page and a crooked address are EINVAL, and a page that is not registered ENOENT",
      .needs = USERFAULTFD | PAGE_STATES)
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE), *gift = filled_pages(PAGES, MAP_PRIVATE, OLD);
	char *stranger = fresh_pages(PAGES, MAP_PRIVATE);
	int fd = registered(area);
	const struct {
		char *to;
		size_t length;
		int error;
	} wrong[] = {
		{area, page_size() / 2, EINVAL},
		{area, 0, EINVAL},
		{area + 1, page_size(), EINVAL},
		{stranger, page_size(), ENOENT},
		{page(area, PAGES), page_size(), ENOENT},
		{page(area, PAGES - 1), 2 * page_size(), ENOENT},
	};

	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		struct uffdio_copy copy = copy_of(gift, wrong[i].to, wrong[i].length);

		assert_refused(ioctl(fd, UFFDIO_COPY, &copy), wrong[i].error);
	}
	assert_strip(observe_pages("registered", area, PAGES), ".");
	assert_strip(observe_pages("not registered", stranger, PAGES), ".");
}

CONTROL(a_page_given_back_is_given_anew, "uffd-04 uffd-05",
	"When it has been dropped by MADV_DONTNEED, the same page is given a second time",
	.needs = USERFAULTFD)
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE);
	int fd = registered(area);

	for (unsigned seed = OLD; seed <= NEW; seed++) {
		struct uffdio_copy copy = copy_of(filled_pages(PAGES, MAP_PRIVATE, seed), area,
						  PAGES * page_size());

		assert_accepted(ioctl(fd, UFFDIO_COPY, &copy));
		assert_equals(copy.copy, PAGES * page_size(), "bytes given, as the call tells");
		assert_pattern(area, PAGES * page_size(), seed, "what was given");
		arrange(madvise(area, PAGES * page_size(), MADV_DONTNEED) == 0);
	}
}
