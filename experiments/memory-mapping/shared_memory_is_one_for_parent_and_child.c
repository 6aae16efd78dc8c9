/* SPDX-License-Identifier: MIT */
/*
 * Parent and child have one shared memory, and two private ones
 * =============================================================
 *
 * Two mappings look alike until somebody writes. One flag of mmap(2) decides what becomes of the
 * write. MAP_SHARED: after fork(2) parent and child still use the very same
 * memory, and each sees at once what the other writes. MAP_PRIVATE: whoever writes first gets a
 * copy of the page, and from then on there are two. No other access tells them apart.
 *
 *            MAP_SHARED                            MAP_PRIVATE
 *
 *        parent      child                     parent      child, which writes
 *       [ page ]    [ page ]                  [ page ]    [ page ]
 *            \        /                           |           |
 *           +----------+                     +--------+  +--------+
 *           |   new    |                     |  old   |  |  new   |
 *           +----------+                     +--------+  +--------+
 *
 * Document 002 says that fork flags each area of both processes as private copy-on-write. That is
 * true of private areas only: had fork done so to a shared one, it would no longer be shared.
 *
 * Look with: the bytes, every one of them, from both sides and in both directions.
 * Read on:   mmap(2), fork(2); documents 002 "Shared Objects Revisited" and "The fork Function
 *            Revisited", 003.
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("Parent and child have one shared memory, and two private ones");

/* The fillings: what was there first, and what each of two writers makes of it. */
enum { OLD = 1, CHILDS, PARENTS };

enum { PAGES = 4, LARGEST_PAGE = 64 * 1024 };

static size_t length(void)
{
	return PAGES * page_size();
}

/* The child writes and the parent looks; then the parent writes and the child looks. */
static void write_on_both_sides_of_a_fork(char *area, bool travels)
{
	struct child writer, reader;

	START_CHILD(writer) {
		assert_pattern(area, length(), OLD, "what the child inherits");
		write_pattern(area, length(), CHILDS);
		assert_pattern(area, length(), CHILDS, "what the child reads after its write");
		hand_over();
		assert_pattern(area, length(), travels ? PARENTS : CHILDS,
			       "what the child reads after its parent's write");
	}
	assert_pattern(area, length(), travels ? CHILDS : OLD,
		       "what the parent reads after its child's write");
	START_CHILD(reader) {
		assert_pattern(area, length(), travels ? CHILDS : OLD,
			       "what another child inherits");
		hand_over();
		assert_pattern(area, length(), travels ? PARENTS : OLD,
			       "what a child that never wrote reads after its parent's write");
	}
	write_pattern(area, length(), PARENTS);
	give_turn(&writer);
	give_turn(&reader);
	end_child(&writer);
	end_child(&reader);
	assert_pattern(area, length(), PARENTS, "what the parent reads in the end");
}

static void assert_file(int fd, unsigned seed, const char *what)
{
	static char content[PAGES * LARGEST_PAGE];

	arrange(length() <= sizeof content);
	read_at(fd, content, length(), 0);
	assert_pattern(content, length(), seed, what);
}

CLAIM(private_memory_becomes_two, "map-10 cow-05",
      "In private anonymous memory neither parent nor child sees what the other one writes")
{
	write_on_both_sides_of_a_fork(filled_pages(PAGES, MAP_PRIVATE, OLD), false);
}

CLAIM(shared_memory_stays_one, "map-10",
      "In shared anonymous memory parent and child see each write of the other")
{
	write_on_both_sides_of_a_fork(filled_pages(PAGES, MAP_SHARED, OLD), true);
}

CLAIM(a_private_file_mapping_becomes_two, "map-10 cow-05",
      "In a private mapping of a file neither sees the other's writes, nor does the file")
{
	int fd = scratch_file(PAGES, OLD);

	write_on_both_sides_of_a_fork(fresh_mapping(PAGES, MAP_PRIVATE, fd), false);
	assert_file(fd, OLD, "what is in the file after all those writes");
}

CLAIM(a_shared_file_mapping_stays_one, "map-10",
      "In a shared mapping of a file each sees the other's writes, and the file keeps the last")
{
	int fd = scratch_file(PAGES, OLD);

	write_on_both_sides_of_a_fork(fresh_mapping(PAGES, MAP_SHARED, fd), true);
	assert_file(fd, PARENTS, "what is in the file after all those writes");
}

CLAIM(pages_first_touched_after_the_fork_obey_the_flag_too, "map-10",
      "A page that nobody had touched before the fork is shared, or private, all the same")
{
	char *ours = fresh_pages(PAGES, MAP_SHARED);
	char *mine = fresh_pages(PAGES, MAP_PRIVATE);

	IN_CHILD {
		write_pattern(ours, length(), CHILDS);
		write_pattern(mine, length(), CHILDS);
	}
	assert_pattern(ours, length(), CHILDS, "shared memory that the child was first to touch");
	assert_all_bytes(mine, length(), 0, "private memory that the child was first to touch");
}

CONTROL(the_flag_alone_decides, "map-10 cow-05",
	"One child writes to one file through either flag: its parent sees just one of the writes")
{
	int fd = scratch_file(PAGES, OLD);
	char *shared = fresh_mapping(PAGES, MAP_SHARED, fd);
	char *private = fresh_mapping(PAGES, MAP_PRIVATE, fd);
	size_t half = length() / 2;

	IN_CHILD {
		write_pattern(shared, half, CHILDS);
		write_pattern(private + half, half, CHILDS);
		assert_pattern(private, half, CHILDS, "private pages the child has not written");
	}
	assert_pattern(shared, half, CHILDS, "what the child wrote through the shared mapping");
	assert_pattern(private, half, CHILDS, "the same, seen through the private mapping");

	static char original[PAGES * LARGEST_PAGE];

	arrange(length() <= sizeof original);
	pattern_bytes(original, half, OLD, half);
	assert_same_bytes(private + half, original, half, "what it wrote through the private one");
	assert_same_bytes(shared + half, original, half, "the same, seen through the shared one");
}
