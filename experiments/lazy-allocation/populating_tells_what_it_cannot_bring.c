/* SPDX-License-Identifier: MIT */
/*
 * Populating tells what it cannot bring
 * =====================================
 *
 * MAP_POPULATE is a wish: when a page cannot be brought nobody is told. MADV_POPULATE_READ and
 * MADV_POPULATE_WRITE are orders. They do beforehand what a load, or a store, would have done to
 * each page, change not a byte by it, and where the access would have ended in a signal they
 * answer with an error instead. Behind a hole older kernels go on, and newer ones do not.
 *
 *      what a touch would meet              it raises      populating says
 *      nothing mapped                       SIGSEGV        ENOMEM; what lies before it is brought
 *      no right to read, or to write        SIGSEGV        EINVAL
 *      no page of the file any more         SIGBUS         EFAULT
 *
 * Look with: /proc/PID/pagemap; errno.
 * Read on:   madvise(2) MADV_POPULATE_READ, MADV_POPULATE_WRITE and ERRORS.
 */
#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("Populating tells what it cannot bring");

#ifndef MADV_POPULATE_WRITE /* Linux 5.14 */
#define MADV_POPULATE_READ  22
#define MADV_POPULATE_WRITE 23
#endif

enum { PAGES = 8, BEYOND = 5 };

static const int each[] = {MADV_POPULATE_READ, MADV_POPULATE_WRITE};

static int populate(char *area, int how)
{
	if (madvise(fresh_pages(1, MAP_PRIVATE), page_size(), how) != 0) {
		undecided("needs MADV_POPULATE_READ and MADV_POPULATE_WRITE: Linux 5.14 or later");
	}
	return madvise(area, PAGES * page_size(), how);
}

CLAIM(a_hole_is_told_by_enomem, "madvise-28",
      "At a hole populating says ENOMEM, and what lies before it was brought, and perhaps the rest",
      .needs = PAGE_STATES)
{
	for (size_t i = 0; i < 2; i++) {
		char *area = fresh_pages(PAGES, MAP_PRIVATE);

		arrange(munmap(page(area, BEYOND), page_size()) == 0);
		assert_refused(populate(area, each[i]), ENOMEM);
		assert_strip(observe_pages("populated", area, PAGES), "ppppp.??");
	}
}

CLAIM(a_missing_right_is_told_by_einval, "madvise-29",
      "Populating says EINVAL for pages that may not be read, or not be written, as was asked")
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1);
	size_t length = PAGES * page_size();

	arrange(mprotect(area, length, PROT_READ) == 0);
	assert_accepted(populate(area, MADV_POPULATE_READ));
	assert_refused(populate(area, MADV_POPULATE_WRITE), EINVAL);
	arrange(mprotect(area, length, PROT_NONE) == 0);
	assert_refused(populate(area, MADV_POPULATE_READ), EINVAL);
	assert_refused(populate(area, MADV_POPULATE_WRITE), EINVAL);
	arrange(mprotect(area, length, PROT_READ) == 0);
	assert_pattern(area, length, 1, "what the pages hold");
}

CLAIM(the_end_of_a_file_is_told_by_efault, "madvise-30",
      "Behind the last page of a file populating says EFAULT, where a touch would get SIGBUS")
{
	for (size_t i = 0; i < 2; i++) {
		int fd = memory_file(PAGES, 1);
		char *area = fresh_mapping(PAGES, MAP_SHARED, fd);

		assert_accepted(populate(area, each[i]));
		arrange(ftruncate(fd, (off_t)(BEYOND * page_size())) == 0);
		assert_refused(populate(area, each[i]), EFAULT);
		assert_equals(try_load(page(area, BEYOND)).signal, SIGBUS, "signal of a touch");
		assert_pattern(area, BEYOND * page_size(), 1, "what the file still has");
	}
}

CLAIM(populating_for_writing_changes_no_byte, "madvise-31",
      "Populating for writing leaves each byte as it was, and copies the pages of a private view",
      .needs = PAGE_STATES)
{
	int fd = memory_file(PAGES, 1);
	char *file = fresh_mapping(PAGES, MAP_SHARED, fd),
	     *view = fresh_mapping(PAGES, MAP_PRIVATE, fd);

	assert_accepted(populate(view, MADV_POPULATE_READ));
	assert_equals(count_of_file(observe_pages("for reading", view, PAGES)), PAGES,
		      "pages of the file after populating for reading");
	assert_accepted(populate(view, MADV_POPULATE_WRITE));
	assert_equals(count_present(observe_pages("for writing", view, PAGES)), PAGES,
		      "pages present after populating for writing");
	assert_equals(count_of_file(observe_pages("for writing", view, PAGES)), 0,
		      "pages of the file after populating for writing");
	assert_pattern(view, PAGES * page_size(), 1, "the private view");
	assert_accepted(populate(file, MADV_POPULATE_WRITE));
	memset(file, 'f', PAGES * page_size());
	assert_pattern(view, PAGES * page_size(), 1, "the copies, once the file has changed");
}

CONTROL(without_an_obstacle_nothing_is_told, "madvise-28 madvise-29 madvise-30 madvise-31",
	"With everything mapped, permitted and long enough both are accepted, and bring all pages",
	.needs = PAGE_STATES)
{
	for (size_t i = 0; i < 2; i++) {
		char *area = fresh_pages(PAGES, MAP_PRIVATE),
		     *shared = fresh_pages(PAGES, MAP_SHARED);

		assert_strip(observe_pages("before", area, PAGES), ".");
		assert_accepted(populate(area, each[i]));
		assert_strip(observe_pages("populated", area, PAGES), "p");
		assert_accepted(populate(shared, each[i]));
		assert_strip(observe_pages("populated", shared, PAGES), "p");
		assert_all_bytes(area, PAGES * page_size(), 0, "what was brought");
	}
}
