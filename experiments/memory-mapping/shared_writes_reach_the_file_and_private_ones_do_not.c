/* SPDX-License-Identifier: MIT */
/*
 * A write into a shared mapping is a write to the file; one into a private is not
 * ===============================================================================
 *
 * A shared mapping of a file is the file: what is stored there is read by read(2), by other
 * mappings and by other processes at once, and reaches the disk in time. A private mapping gives a
 * copy of a page to whoever writes to it; that copy is hidden from everybody, and goes with its
 * owner.
 *
 *       through MAP_SHARED                        through MAP_PRIVATE
 *
 *      store        load     read(2)             store        load     read(2)
 *        |            |         |                  |            |         |
 *        v            v         v                  v            v         v
 *     +----------------------------+            +-----+      +--------------+
 *     |            new             |            | new |      |     old      |
 *     +----------------------------+            +-----+      +--------------+
 *                the file                      the copy          the file
 *
 * Look with: every byte of the file, from every side: the writer's mapping, mappings older and
 *            newer than the write, another descriptor, another process, read(2).
 * Read on:   mmap(2), msync(2); documents 002 "Shared Objects Revisited", 004 section 16.
 */
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("A write into a shared mapping is a write to the file, one into a private is not");

/* The fillings: what was there first, and what two writers make of it. */
enum { OLD = 1, NEW, NEWER };

enum { PAGES = 4, LARGEST_PAGE = 64 * 1024 };

static size_t length(void)
{
	return PAGES * page_size();
}

static char *map_with(int prot, int sharing, int fd)
{
	char *area = mmap(NULL, length(), prot, sharing, fd, 0);

	arrange(area != MAP_FAILED);
	return area;
}

/* What is written: a piece as long as a page, that begins inside page 1 and ends inside page 2. */
static size_t piece(void)
{
	return page_size() + page_size() / 3;
}

/* Every byte of the four pages: the piece as it was filled last, and all around it still OLD. */
static void assert_content(const char *seen, unsigned seed, const char *what)
{
	static char expected[PAGES * LARGEST_PAGE];

	arrange(length() <= sizeof expected);
	pattern_bytes(expected, length(), OLD, 0);
	pattern_bytes(expected + piece(), page_size(), seed, piece());
	assert_same_bytes(seen, expected, length(), what);
}

static void assert_file(int fd, unsigned seed, const char *what)
{
	static char content[PAGES * LARGEST_PAGE];

	arrange(length() <= sizeof content);
	read_at(fd, content, length(), 0);
	assert_content(content, seed, what);
}

/* Whoever looks from outside: through what was there before the write, and through what is new. */
static void assert_everybody_sees(int fd, const char *earlier, unsigned seed)
{
	int anew = open_again(fd, O_RDONLY);

	assert_content(earlier, seed, "an earlier shared mapping");
	assert_file(fd, seed, "read(2) of the file");
	assert_file(anew, seed, "read(2) through another descriptor");
	assert_content(map_with(PROT_READ, MAP_SHARED, anew), seed, "a new shared mapping");
	assert_content(map_with(PROT_READ, MAP_PRIVATE, anew), seed, "a new private mapping");
	IN_CHILD {
		assert_content(map_with(PROT_READ, MAP_PRIVATE, anew), seed,
			       "what another process maps");
	}
}

/* A process writes through a mapping of its own, synchronises it with the file, and ends. */
static void write_through(int sharing, unsigned others_see)
{
	int fd = scratch_file(PAGES, OLD);
	char *earlier = fresh_mapping(PAGES, MAP_SHARED, fd);

	assert_everybody_sees(fd, earlier, OLD);
	IN_CHILD {
		char *area = fresh_mapping(PAGES, sharing, fd);

		assert_content(area, OLD, "what the writer maps");
		pattern_bytes(area + piece(), page_size(), NEW, piece());
		assert_content(area, NEW, "what the writer reads");
		assert_everybody_sees(fd, earlier, others_see);
		assert_accepted(msync(area, length(), MS_SYNC));
		assert_everybody_sees(fd, earlier, others_see);
		assert_content(area, NEW, "what the writer reads after msync(2)");
	}
	arrange(fsync(fd) == 0);
	assert_everybody_sees(fd, earlier, others_see);
}

CLAIM(a_shared_write_reaches_everybody, "map-10",
      "A write through a shared mapping reaches the file and whoever looks at it, and stays there")
{
	write_through(MAP_SHARED, NEW);
}

CLAIM(a_private_write_reaches_nobody, "cow-05 map-10",
      "A write through a private mapping reaches neither the file nor anybody who looks at it")
{
	write_through(MAP_PRIVATE, OLD);
}

CONTROL(the_flag_alone_decides, "map-10 cow-05",
	"The same bytes at the same place, through either flag: only one write leaves the mapping")
{
	int fd = scratch_file(PAGES, OLD);
	char *private = fresh_mapping(PAGES, MAP_PRIVATE, fd),
	     *shared = fresh_mapping(PAGES, MAP_SHARED, fd);

	pattern_bytes(private + piece(), page_size(), NEW, piece());
	assert_file(fd, OLD, "the file after the private write");
	pattern_bytes(shared + piece(), page_size(), NEWER, piece());
	assert_file(fd, NEWER, "the file after the shared write");
	assert_content(private, NEW, "what the private mapping shows now");

	arrange(madvise(private, length(), MADV_DONTNEED) == 0);
	assert_content(private, NEWER, "what it shows once its copies are thrown away");
}
