/* SPDX-License-Identifier: MIT */
/*
 * Behind the last page of a file is a signal, until the file is longer
 * ====================================================================
 *
 * A mapping may be longer than the file. mmap(2) does not mind; the pages that lie wholly behind
 * the end are part of the area, with the same rights, but nothing can be brought for them, and
 * whoever touches one gets SIGBUS. (Not SIGSEGV: that is for addresses where there is no area, or
 * no right.) The border is not the end of the file but of its last page, and it is looked up at
 * each fault: when the file grows, the pages are there at once, in mappings that were made long
 * before.
 *
 *      area       |  page 0  |  page 1  |  page 2  |  page 3  |
 *      file       |###########**|                                     * zeros
 *                 | goes through        | SIGBUS   | SIGBUS   |
 *      longer by  |###########+++++++++++**********|
 *                 | goes through                   | SIGBUS   |
 *
 * Look with: a walk from the first byte until it is stopped; signal, code and address.
 * Read on:   mmap(2) "SIGBUS", sigaction(2) BUS_ADRERR, ftruncate(2); document 004 section 16.5.
 */
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("Behind the last page of a file is a signal, until the file is longer");

enum { PAGES = 4, SEED = 5 };

static int file_of(size_t length)
{
	int fd = scratch_file(PAGES, SEED);

	arrange(ftruncate(fd, (off_t)length) == 0);
	return fd;
}

/* Each access to these pages, at their first and last bytes, and each a second time. */
static void assert_behind_the_end(char *area, size_t first)
{
	for (size_t i = first; i < PAGES; i++) {
		char *ends[] = {page(area, i), page(area, i) + page_size() - 1};

		for (size_t end = 0; end < 2; end++) {
			for (size_t again = 0; again < 2; again++) {
				assert_trap(try_load(ends[end]), SIGBUS, BUS_ADRERR, ends[end]);
				assert_trap(try_store(ends[end], 1), SIGBUS, BUS_ADRERR, ends[end]);
			}
		}
	}
}

CLAIM(the_first_page_behind_the_end_is_a_signal, "mapfile-06",
      "A mapped page wholly behind the end of its file gives SIGBUS, from its first byte to its "
      "last")
{
	const size_t each[] = {
		0, 1, page_size() - 1, page_size(), page_size() + 1, 3 * page_size()};

	for (size_t i = 0; i < 6; i++) {
		size_t pages = (each[i] + page_size() - 1) / page_size();

		for (int shared = 0; shared < 2; shared++) {
			char *area = fresh_mapping(PAGES, shared ? MAP_SHARED : MAP_PRIVATE,
						   file_of(each[i]));

			assert_equals(bytes_until_trap(LOAD, area, PAGES * page_size(), 1),
				      pages * page_size(), "bytes that can be loaded");
			assert_behind_the_end(area, pages);
			assert_pattern(area, each[i], SEED, "the file");
		}
	}
}

CLAIM(the_kernel_gets_no_further, "mapfile-06",
      "System calls that reach into such a page fail with EFAULT, and nobody gets a signal")
{
	char *area = fresh_mapping(PAGES, MAP_SHARED, file_of(2 * page_size()));
	int other = scratch_file(1, SEED);

	assert_refused(pwrite(other, page(area, 2), 1, 0), EFAULT);
	assert_refused(pread(other, page(area, 2), 1, 0), EFAULT);
	assert_equals(pwrite(other, page(area, 2) - 1, 1, 0), 1, "bytes written from before it");
	assert_equals(pread(other, page(area, 2) - 1, 1, 0), 1, "bytes read to before it");
	assert_pattern(area, 2 * page_size(), SEED, "the file");
}

CLAIM(a_longer_file_is_there_at_once, "mapfile-25",
      "When the file grows, an older mapping has its new pages at once, up to the new last page")
{
	size_t lengths[] = {page_size() + 1, 2 * page_size(), 2 * page_size() + 1, 4 * page_size()};
	int fd = file_of(page_size() - 5);
	char *shared = fresh_mapping(PAGES, MAP_SHARED, fd);
	char *private = fresh_mapping(PAGES, MAP_PRIVATE, fd);

	assert_behind_the_end(shared, 1);
	assert_behind_the_end(private, 1);
	for (size_t i = 0; i < 4; i++) {
		size_t pages = (lengths[i] + page_size() - 1) / page_size();

		assert_accepted(ftruncate(fd, (off_t)lengths[i]));
		assert_equals(bytes_until_trap(LOAD, shared, PAGES * page_size(), 1),
			      pages * page_size(), "bytes of the shared mapping");
		assert_equals(bytes_until_trap(LOAD, private, PAGES * page_size(), 1),
			      pages * page_size(), "bytes of the private mapping");
		assert_behind_the_end(shared, pages);
		assert_pattern(private, page_size() - 5, SEED, "the old bytes");
		assert_all_bytes(private + page_size(), (pages - 1) * page_size(), 0,
				 "the new pages");
	}
}

CLAIM(what_is_appended_is_there_at_once, "mapfile-25",
      "Bytes that write(2) puts behind the end can be loaded from where SIGBUS came before")
{
	int fd = file_of(page_size());
	char *area = fresh_mapping(PAGES, MAP_SHARED, fd), *far = page(area, 2) + 9;

	assert_trap(try_load(far), SIGBUS, BUS_ADRERR, far);
	assert_equals(pwrite(fd, "far", 3, far - area), 3, "bytes written");
	assert_same_bytes(far, "far", 3, "what was written");
	assert_all_bytes(page(area, 1), (size_t)(far - page(area, 1)), 0, "the gap before it");
	assert_behind_the_end(area, 3);
}

CONTROL(the_same_area_over_a_longer_file, "mapfile-06 mapfile-25",
	"Over a file that is long enough the same area goes through to its last byte, either way")
{
	char *area = fresh_mapping(PAGES, MAP_SHARED, file_of(3 * page_size() + 1));

	assert_equals(bytes_until_trap(LOAD, area, PAGES * page_size(), 1), PAGES * page_size(),
		      "bytes that can be loaded");
	assert_equals(bytes_until_trap(STORE, area, PAGES * page_size(), 1), PAGES * page_size(),
		      "bytes that can be stored");
	assert_no_trap(try_load(page(area, PAGES) - 1));
}
