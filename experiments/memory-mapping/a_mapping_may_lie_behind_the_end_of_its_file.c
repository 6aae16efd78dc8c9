/* SPDX-License-Identifier: MIT */
/*
 * A mapping may lie behind the end of its file
 * ============================================
 *
 * mmap(2) does not compare offset and length with the size of the file: the file may grow. It compares
 * them with the size that a file may have at most, and answers EOVERFLOW where their sum is
 * beyond. (The manual knows this error on 32-bit machines only; on 64 bits it comes as well, at the
 * largest offset of all.) Memory without a file has no offset: whatever is given is ignored.
 *
 *      0         size of the file                          the largest offset
 *      |  data  |                  ...                              |
 *                  |  mapping  |                                    granted
 *                                                    |  mapping  |  granted
 *                                                        |  mapping  |  EOVERFLOW
 *
 * Look with: errno; SIGBUS, which comes when such a page is touched.
 * Read on:   mmap(2) EOVERFLOW, MAP_ANONYMOUS.
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("A mapping may lie behind the end of its file");

static char *map_at(int fd, int flags, off_t offset, size_t pages)
{
	return mmap(NULL, pages * page_size(), PROT_READ, flags, fd, offset);
}

/* The offset of the last page that mmap can be told at all. */
static off_t last_offset(void)
{
	/* Below 64 bits the kernel is told pages of 4 KiB, in 32 bits. */
	uint64_t end = sizeof(long) == 8 ? (uint64_t)INT64_MAX : (uint64_t)UINT32_MAX << 12;

	if (sizeof(off_t) < 8 || (sizeof(long) < 8 && page_size() > 1 << 12)) {
		undecided("needs offsets of 64 bits, or pages of 4 KiB");
	}
	return (off_t)(end - end % page_size());
}

CLAIM(an_offset_behind_the_end_is_granted, "mmap-20",
      "A mapping far behind the end of its file is granted; its pages trap with SIGBUS if touched")
{
	off_t far = (off_t)(100 * page_size());
	int fd = memory_file(1, 1), sharing[] = {MAP_PRIVATE, MAP_SHARED};

	for (size_t i = 0; i < 2; i++) {
		char *area = (char *)assert_accepted(map_at(fd, sharing[i], far, 2));

		assert_trap(try_load(area), SIGBUS, BUS_ADRERR, area);
		assert_trap(try_load(page(area, 2) - 1), SIGBUS, BUS_ADRERR, page(area, 2) - 1);
	}
}

CLAIM(an_end_behind_the_largest_offset_is_refused, "mmap-21",
      "A mapping that ends behind the largest possible offset is refused with EOVERFLOW")
{
	off_t last = last_offset(), size = (off_t)page_size();
	int fd = memory_file(1, 1);

	assert_refused(map_at(fd, MAP_SHARED, last, 2), EOVERFLOW);
	assert_refused(map_at(fd, MAP_PRIVATE, last, 2), EOVERFLOW);
	assert_refused(map_at(fd, MAP_SHARED, last - size, 4), EOVERFLOW);
}

CLAIM(memory_has_no_offset, "mmap-22",
      "With MAP_ANONYMOUS an offset on a page is ignored: the memory is zeros, to its first page")
{
	const size_t offsets[] = {1, 100, 1 << 18};

	for (size_t i = 0; i < 3; i++) {
		off_t offset = (off_t)(offsets[i] * page_size());
		char *private =
			(char *)assert_accepted(map_at(-1, MAP_PRIVATE | MAP_ANONYMOUS, offset, 2));
		char *shared =
			(char *)assert_accepted(map_at(-1, MAP_SHARED | MAP_ANONYMOUS, offset, 2));

		assert_all_bytes(private, 2 * page_size(), 0, "private memory");
		assert_all_bytes(shared, 2 * page_size(), 0, "shared memory");
	}
}

CONTROL(an_end_before_it_is_granted, "mmap-20 mmap-21",
	"A mapping that ends a page before the largest offset is granted, and one of the data "
	"shows them")
{
	off_t last = last_offset(), size = (off_t)page_size();
	int fd = memory_file(1, 1);
	char *area = (char *)assert_accepted(map_at(fd, MAP_SHARED, last - size, 1));

	assert_trap(try_load(area), SIGBUS, BUS_ADRERR, area);
	assert_pattern((char *)assert_accepted(map_at(fd, MAP_SHARED, 0, 1)), page_size(), 1,
		       "the file");
}

CONTROL(a_file_has_an_offset, "mmap-22",
	"Without MAP_ANONYMOUS the same offset leads to another page of the file")
{
	char *first = (char *)assert_accepted(map_at(memory_file(2, 1), MAP_PRIVATE, 0, 1));
	char *second = (char *)assert_accepted(
		map_at(memory_file(2, 1), MAP_PRIVATE, (off_t)page_size(), 1));

	assert_differs(memcmp(first, second, page_size()), 0, "the comparison of two pages");
}
