/* SPDX-License-Identifier: MIT */
/*
 * A longer mapping shows more of a file, but memory does not grow with it
 * =======================================================================
 *
 * mremap(2) makes the window longer, and never the object behind it. Behind a file's window there may be
 * more of the file, and that is what the new pages show, also of a private mapping. Behind private
 * memory there are always zeros. But shared memory without a file is an object as well, of the
 * length it was made with: the mapping grows, and the new pages trap with SIGBUS when touched.
 *
 *                           before            after
 *      a file of 4 pages    | 0 | 1 |         | 0 | 1 | 2 | 3 | SIGBUS
 *      private memory       | a | b |         | a | b | 0 | 0 | 0
 *      shared memory        | a | b |         | a | b | SIGBUS
 *
 * Look with: every byte, and the first one that traps.
 * Read on:   mremap(2), mmap(2) SIGBUS.
 */
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("A longer mapping shows more of a file, but memory does not grow with it");

enum { FILE_PAGES = 4, SHOWN = 2, LONGER = 6 };

static size_t bytes(size_t pages)
{
	return pages * page_size();
}

static char *longer(char *area)
{
	return (char *)assert_accepted(mremap(area, bytes(SHOWN), bytes(LONGER), MREMAP_MAYMOVE));
}

static void assert_ends_at(char *area, size_t pages)
{
	char *end = page(area, pages), *last = page(area, LONGER) - 1;

	assert_equals(bytes_until_trap(LOAD, area, bytes(pages), 1), bytes(pages), "bytes");
	assert_trap(try_load(end), SIGBUS, BUS_ADRERR, end);
	assert_trap(try_store(last, 'x'), SIGBUS, BUS_ADRERR, last);
}

CLAIM(more_of_the_file_shows, "mremap-16",
      "A longer mapping of a file shows the next pages of the file, and traps behind its end")
{
	int sharing[] = {MAP_SHARED, MAP_PRIVATE};

	for (size_t i = 0; i < 2; i++) {
		int fd = memory_file(FILE_PAGES, 1);
		char *area = longer(fresh_mapping(SHOWN, sharing[i], fd));

		assert_pattern(area, bytes(FILE_PAGES), 1, "the file");
		assert_ends_at(area, FILE_PAGES);
		arrange(ftruncate(fd, (off_t)bytes(LONGER)) == 0);
		assert_all_bytes(page(area, FILE_PAGES), bytes(LONGER - FILE_PAGES), 0,
				 "what the file has grown by");
	}
}

CLAIM(copies_are_kept, "mremap-16",
      "Pages of a private mapping that were written stay as they were written, beside the new ones")
{
	static char content[FILE_PAGES * 64 * 1024];
	int fd = memory_file(FILE_PAGES, 1);
	char *area = fresh_mapping(SHOWN, MAP_PRIVATE, fd);

	arrange(bytes(FILE_PAGES) <= sizeof content);
	read_at(fd, content, bytes(FILE_PAGES), 0);
	write_pattern(area, bytes(SHOWN), 2);
	area = longer(area);
	assert_pattern(area, bytes(SHOWN), 2, "what was written");
	assert_same_bytes(page(area, SHOWN), page(content, SHOWN), bytes(FILE_PAGES - SHOWN),
			  "more of the file");
	read_at(fd, content, bytes(FILE_PAGES), 0);
	assert_pattern(content, bytes(FILE_PAGES), 1, "the file itself");
}

CLAIM(shared_memory_does_not_grow, "mremap-17",
      "Shared memory without a file stays as long as it was made: behind that a mapping traps")
{
	char *area = longer(filled_pages(SHOWN, MAP_SHARED, 1));

	assert_pattern(area, bytes(SHOWN), 1, "what was there");
	assert_ends_at(area, SHOWN);
	IN_CHILD {
		write_pattern(area, bytes(SHOWN), 2);
	}
	assert_pattern(area, bytes(SHOWN), 2, "what a child has stored");
}

CONTROL(private_memory_always_has_more, "mremap-16 mremap-17",
	"Private memory that is made longer has zeros in every new page, and takes stores")
{
	char *area = longer(filled_pages(SHOWN, MAP_PRIVATE, 1));

	assert_pattern(area, bytes(SHOWN), 1, "what was there");
	assert_all_bytes(page(area, SHOWN), bytes(LONGER - SHOWN), 0, "what is new");
	write_pattern(area, bytes(LONGER), 2);
}
