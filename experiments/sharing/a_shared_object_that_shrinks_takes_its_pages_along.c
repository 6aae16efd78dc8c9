/* SPDX-License-Identifier: MIT */
/*
 * A shared object that shrinks takes its pages along
 * ==================================================
 *
 * A mapping is a promise about addresses, not about the object behind them. Anybody who may write a
 * shared object may also shorten it, and then the pages beyond its new end are gone from under every
 * mapping, in every process, however often they were used before. The areas stay, and the next touch is a
 * SIGBUS. This is the price of sharing memory with someone one does not trust; seals
 * (memfd_create(2)) are the remedy.
 *
 *      before   | a | b | c | d |        both processes have mapped four pages
 *      ftruncate to a page and a half
 *      after    | a | b.|###|###|        ### SIGBUS      . what is left of the page: zeros
 *
 * Look with: loads and stores that may trap, on both sides of the new end, in both processes.
 * Read on:   ftruncate(2), mmap(2) SIGBUS, shm_open(3); document 004 section 15.
 */
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("A shared object that shrinks takes its pages along");

enum { PAGES = 4 };

static size_t length(void)
{
	return PAGES * page_size();
}

static int new_object(void)
{
	const char *name = guard_shared_name();
	int fd = shm_open(name, O_RDWR | O_CREAT | O_EXCL, 0600);

	arrange(fd >= 0 && shm_unlink(name) == 0);
	arrange(ftruncate(fd, (off_t)length()) == 0);
	arrange(fallocate(fd, 0, 0, (off_t)length()) == 0);
	return fd;
}

/* The pages from the given one on are gone, and those before it are not. */
static void assert_ends_at(char *area, size_t first_gone)
{
	assert_pattern(area, first_gone * page_size() - page_size() / 2, 1,
		       "what is left of the object");
	for (size_t i = first_gone; i < PAGES; i++) {
		char *start = page(area, i), *last = page(area, i + 1) - 1;

		assert_trap(try_load(start), SIGBUS, BUS_ADRERR, start);
		assert_trap(try_load(last), SIGBUS, BUS_ADRERR, last);
		assert_trap(try_store(start, 'x'), SIGBUS, BUS_ADRERR, start);
	}
}

CLAIM(pages_beyond_the_new_end_are_gone, "shm-09",
      "After ftruncate each page wholly beyond the new end gets SIGBUS, though it was used before",
      .needs = POSIX_MEMORY)
{
	int fd = new_object();
	char *area = fresh_mapping(PAGES, MAP_SHARED, fd);

	write_pattern(area, length(), 1);
	for (size_t left = PAGES - 1; left >= 1; left--) {
		assert_accepted(ftruncate(fd, (off_t)(left * page_size())));
		assert_ends_at(area, left);
	}
}

CLAIM(they_are_gone_from_every_process, "shm-09",
      "A process that has done nothing loses the pages that another one cuts off",
      .needs = POSIX_MEMORY)
{
	int fd = new_object();
	char *area = fresh_mapping(PAGES, MAP_SHARED, fd);
	struct child other;

	write_pattern(area, length(), 1);
	START_CHILD(other) {
		assert_pattern(area, length(), 1, "the object before it shrinks");
		hand_over();
		assert_ends_at(area, 2);
	}
	/* Half of the second page stays within the object. */
	assert_accepted(ftruncate(fd, (off_t)(page_size() + page_size() / 2)));
	end_child(&other);
	assert_ends_at(area, 2);
}

CLAIM(what_comes_back_is_zero, "shm-09",
      "When the object grows again its former bytes beyond the cut are zeros, to the very first",
      .needs = POSIX_MEMORY)
{
	int fd = new_object();
	size_t kept = page_size() + page_size() / 2 + 1;
	char *area = fresh_mapping(PAGES, MAP_SHARED, fd);

	write_pattern(area, length(), 1);
	assert_accepted(ftruncate(fd, (off_t)kept));
	assert_accepted(ftruncate(fd, (off_t)length()));
	arrange(fallocate(fd, 0, 0, (off_t)length()) == 0);
	IN_CHILD {
		assert_pattern(area, kept, 1, "what was never cut off");
		assert_all_bytes(area + kept, length() - kept, 0, "what was cut off and came back");
	}
}

CONTROL(an_object_that_grows_takes_nothing, "shm-09",
	"The same mapping of the same object, made longer instead of shorter, keeps every byte",
	.needs = POSIX_MEMORY)
{
	int fd = new_object();
	char *area = fresh_mapping(PAGES, MAP_SHARED, fd);

	write_pattern(area, length(), 1);
	assert_accepted(ftruncate(fd, (off_t)(length() + page_size())));
	assert_accepted(ftruncate(fd, (off_t)length()));
	assert_pattern(area, length(), 1, "the object");
	assert_no_trap(try_load(page(area, PAGES) - 1));
}
