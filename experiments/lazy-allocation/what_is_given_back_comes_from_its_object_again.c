/* SPDX-License-Identifier: MIT */
/*
 * What is given back comes from its object again, as that is by then
 * ==================================================================
 *
 * MADV_DONTNEED takes away what a process has mapped, not what it maps. What the next touch brings
 * therefore depends on what stands behind the area: nothing, and it is zeros; a file, and it is the
 * file's bytes of that day, with whatever others have written there meanwhile; shared memory, and
 * nothing was lost at all. It also asks for no right: a page that nobody may write, or even
 * read, can be emptied. And it takes from the caller alone: a child that gives back its inheritance
 * leaves the parent's where it is.
 *
 *      the file             f f f f           F F F F  (written by somebody)
 *      a private view       f f p p           f f p p    ->  DONTNEED  ->  F F F F
 *
 * Look with: nothing but eyes.
 * Read on:   madvise(2) MADV_DONTNEED; document 001 "Lazy Allocation Explained".
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("What is given back comes from its object again, as that is by then");

enum { PAGES = 4, GIVEN = 1 };

static int give_back(char *area)
{
	return madvise(page(area, GIVEN), page_size(), MADV_DONTNEED);
}

/* Writes the pattern to the file, as if somebody else did. */
static void write_file(int fd, unsigned seed)
{
	static char bytes[64 * 1024];

	arrange(page_size() <= sizeof bytes);
	for (size_t i = 0; i < PAGES; i++) {
		pattern_bytes(bytes, page_size(), seed, i * page_size());
		write_at(fd, bytes, page_size(), i * page_size());
	}
}

CLAIM(a_private_view_shows_the_file_as_it_is_now, "madvise-17",
      "A page given back of a private view shows the file as it is now, not as it was")
{
	int fd = memory_file(PAGES, 1);
	char *area = fresh_mapping(PAGES, MAP_PRIVATE, fd),
	     *now = fresh_mapping(PAGES, MAP_SHARED, fd);

	for (unsigned round = 2; round < 4; round++) {
		memset(area, 'p', PAGES * page_size());
		write_file(fd, round);
		assert_all_bytes(area, PAGES * page_size(), 'p', "the private view");
		assert_accepted(give_back(area));
		assert_all_bytes(area, GIVEN * page_size(), 'p', "the page before");
		assert_same_bytes(page(area, GIVEN), page(now, GIVEN), page_size(),
				  "the page given back");
		assert_all_bytes(page(area, GIVEN + 1), (PAGES - GIVEN - 1) * page_size(), 'p',
				 "the pages behind it");
		assert_pattern(now, PAGES * page_size(), round, "the file");
	}
}

CLAIM(shared_views_lose_nothing, "madvise-18",
      "What was stored through a shared view and given back is still there, for this view and "
      "others")
{
	int fd = memory_file(PAGES, 1);
	char *area = fresh_mapping(PAGES, MAP_SHARED, fd),
	     *other = fresh_mapping(PAGES, MAP_SHARED, fd);

	for (unsigned round = 2; round < 5; round++) {
		write_pattern(area, PAGES * page_size(), round);
		assert_accepted(madvise(area, PAGES * page_size(), MADV_DONTNEED));
		assert_pattern(area, PAGES * page_size(), round, "the view given back");
		assert_pattern(other, PAGES * page_size(), round, "another view");
	}
	write_file(fd, 7);
	assert_accepted(give_back(area));
	assert_pattern(area, PAGES * page_size(), 7, "what somebody else wrote");
}

CLAIM(no_right_is_needed, "madvise-19",
      "Pages that may not be written, or not even read, are given back like any others")
{
	const int rights[] = {PROT_NONE, PROT_READ, PROT_READ | PROT_WRITE};

	for (size_t i = 0; i < 3; i++) {
		char *area = filled_pages(PAGES, MAP_PRIVATE, 1);

		arrange(mprotect(area, PAGES * page_size(), rights[i]) == 0);
		assert_accepted(give_back(area));
		arrange(mprotect(area, PAGES * page_size(), PROT_READ) == 0);
		assert_pattern(area, GIVEN * page_size(), 1, "the page before");
		assert_all_bytes(page(area, GIVEN), page_size(), 0, "the page given back");
		arrange(try_store(page(area, GIVEN), 'x').signal != 0);
	}
}

CLAIM(each_process_gives_back_its_own, "madvise-20",
      "What a child gives back is gone in the child alone, and what its parent does in the parent")
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1);
	struct child other;

	START_CHILD(other) {
		assert_accepted(give_back(area));
		assert_all_bytes(page(area, GIVEN), page_size(), 0, "what the child gave back");
		hand_over();
		assert_pattern(area, GIVEN * page_size(), 1, "what the parent gave back");
	}
	assert_pattern(area, PAGES * page_size(), 1, "what the parent reads");
	assert_accepted(madvise(area, GIVEN * page_size(), MADV_DONTNEED));
	assert_all_bytes(area, GIVEN * page_size(), 0, "what the parent gave back, in the parent");
	end_child(&other);
}

CONTROL(what_is_kept_stays_as_it_was_stored, "madvise-17 madvise-18 madvise-19 madvise-20",
	"Without the call a private view keeps its own bytes, whatever is written to the file")
{
	int fd = memory_file(PAGES, 1);
	char *area = fresh_mapping(PAGES, MAP_PRIVATE, fd);

	write_pattern(area, PAGES * page_size(), 2);
	write_file(fd, 3);
	assert_pattern(area, PAGES * page_size(), 2, "the private view");
	IN_CHILD {
		assert_pattern(area, PAGES * page_size(), 2, "the private view, in a child");
	}
}
