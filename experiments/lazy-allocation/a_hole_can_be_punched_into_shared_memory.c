/* SPDX-License-Identifier: MIT */
/*
 * A hole can be punched into shared memory
 * ========================================
 *
 * Giving back shared memory with MADV_DONTNEED frees nothing: others may use it, and the object
 * keeps its pages. MADV_REMOVE means the object itself. Its pages go for everybody who maps or
 * reads it, what they held is lost, and the next touch from anywhere finds zeros; the file is as
 * long as before, but has a hole. So it demands the right to write the object.
 *
 *      one view        a b | c d | e f          a b | 0 0 | e f
 *      another view    a b | c d | e f    ->    a b | 0 0 | e f
 *      the file        [7]   [4]   [9]          [7]    -    [9]       as long as before
 *      a private copy  a b | x x | e f          a b | x x | e f       is no page of the file
 *
 * Look with: a second view, read(2), and the blocks that fstat(2) counts.
 * Read on:   madvise(2) MADV_REMOVE; fallocate(2) FALLOC_FL_PUNCH_HOLE, which is the same thing.
 */
#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include <touchstone/experiment.h>

EXPERIMENT("A hole can be punched into shared memory");

enum { PAGES = 6, HOLE = 2, HOLES = 2, BEHIND = HOLE + HOLES };

static void punch(char *area)
{
	if (madvise(page(area, HOLE), HOLES * page_size(), MADV_REMOVE) != 0) {
		if (errno == ENOSYS || errno == EOPNOTSUPP) {
			undecided("needs MADV_REMOVE for files in memory");
		}
		assert_accepted(madvise(page(area, HOLE), HOLES * page_size(), MADV_REMOVE));
	}
}

static void assert_hole(const char *area, bool punched, const char *what)
{
	char *whole = filled_pages(PAGES, MAP_PRIVATE, 1);

	if (punched) {
		memset(page(whole, HOLE), 0, HOLES * page_size());
	}
	assert_same_bytes(area, whole, PAGES * page_size(), what);
}

CLAIM(everybody_sees_the_hole, "madvise-24",
      "After MADV_REMOVE of some pages each view and read(2) find zeros there, and no others")
{
	int fd = memory_file(PAGES, 1);
	char *area = fresh_mapping(PAGES, MAP_SHARED, fd),
	     *other = fresh_mapping(PAGES, MAP_SHARED, fd);
	static char bytes[6 * 64 * 1024];

	arrange(PAGES * page_size() <= sizeof bytes);
	assert_hole(other, false, "another view, before");
	punch(area);
	assert_hole(area, true, "the view it was said of");
	assert_hole(other, true, "another view");
	read_at(fd, bytes, PAGES * page_size(), 0);
	assert_hole(bytes, true, "what read finds");
	store(page(other, HOLE), 'x');
	assert_byte(page(area, HOLE), 'x', "what another view stores into the hole");
}

CLAIM(memory_of_a_family_can_be_removed, "madvise-24",
      "What a child removes of the memory it shares with its parent is zeros in the parent")
{
	char *area = filled_pages(PAGES, MAP_SHARED, 1);

	IN_CHILD {
		punch(area);
	}
	assert_hole(area, true, "what the parent reads");
}

CLAIM(the_file_gives_up_the_blocks_not_the_length, "madvise-25",
      "The file has the same length afterwards, and as many blocks less as were removed")
{
	int fd = memory_file(PAGES, 1);
	struct stat before, after;

	need_single_pages(fd, PAGES);
	arrange(fstat(fd, &before) == 0);
	punch(fresh_mapping(PAGES, MAP_SHARED, fd));
	arrange(fstat(fd, &after) == 0);
	assert_equals(after.st_size, before.st_size, "bytes of the file");
	assert_equals(before.st_blocks - after.st_blocks, HOLES * page_size() / 512,
		      "blocks of 512 bytes that were given up");
}

CLAIM(private_copies_outlive_the_hole, "madvise-26",
      "A private view keeps the pages it has copied, and finds the hole where it has not")
{
	int fd = memory_file(PAGES, 1);
	char *area = fresh_mapping(PAGES, MAP_SHARED, fd),
	     *copy = fresh_mapping(PAGES, MAP_PRIVATE, fd);

	load_each(copy, PAGES);
	memset(page(copy, HOLE), 'c', page_size());
	punch(area);
	assert_all_bytes(page(copy, HOLE), page_size(), 'c', "the page that was copied");
	assert_all_bytes(page(copy, HOLE + 1), page_size(), 0, "the page that was not");
}

CLAIM(it_takes_a_shared_view_that_may_write, "madvise-27",
      "MADV_REMOVE says EINVAL where no file is, EACCES for private or read-only views")
{
	int fd = memory_file(PAGES, 1), readers;
	char *area = fresh_mapping(PAGES, MAP_SHARED, fd),
	     *view = fresh_mapping(PAGES, MAP_PRIVATE, fd);
	char *private = filled_pages(PAGES, MAP_PRIVATE, 1);

	punch(filled_pages(PAGES, MAP_SHARED, 1));
	assert_refused(madvise(private, page_size(), MADV_REMOVE), EINVAL);
	assert_pattern(private, PAGES * page_size(), 1, "private memory");
	assert_refused(madvise(view, page_size(), MADV_REMOVE), EACCES);
	assert_hole(view, false, "the private view");
	readers = open_again(fd, O_RDONLY);
	view = mmap(NULL, PAGES * page_size(), PROT_READ, MAP_SHARED, readers, 0);
	arrange(view != MAP_FAILED);
	assert_refused(madvise(view, page_size(), MADV_REMOVE), EACCES);
	assert_hole(area, false, "the file");
}

CONTROL(giving_back_punches_no_hole, "madvise-24 madvise-25 madvise-26 madvise-27",
	"MADV_DONTNEED of the same pages leaves the file, its blocks and all views as they are")
{
	int fd = memory_file(PAGES, 1);
	char *area = fresh_mapping(PAGES, MAP_SHARED, fd),
	     *other = fresh_mapping(PAGES, MAP_SHARED, fd);
	struct stat before, after;

	arrange(fstat(fd, &before) == 0);
	assert_accepted(madvise(page(area, HOLE), HOLES * page_size(), MADV_DONTNEED));
	arrange(fstat(fd, &after) == 0);
	assert_equals(after.st_blocks, before.st_blocks, "blocks of the file");
	assert_hole(area, false, "the view it was said of");
	assert_hole(other, false, "another view");
}
