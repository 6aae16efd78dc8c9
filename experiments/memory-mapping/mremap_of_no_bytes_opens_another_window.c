/* SPDX-License-Identifier: MIT */
/*
 * mremap of no bytes opens another window
 * =======================================
 *
 * An odd corner that is documented: with an old length of 0, nothing is moved, and what the address
 * shows is mapped once more. It needs no descriptor, so that even shared memory without a file
 * gets a second window. Private memory cannot have two; the kernel refuses with EINVAL.
 *
 *      old  | a | b | c | d |              old  | a | b | c | d |   stays
 *                 mremap(old + 1 page, 0, 2 pages, MAYMOVE)
 *                                          new      | b | c |       the same object
 *
 * The manual says that EINVAL is the answer, too, if MREMAP_MAYMOVE is missing. Linux answers
 * ENOMEM; but refused it is.
 *
 * Look with: stores through one window, loads through the other.
 * Read on:   mremap(2) "If the value of old_size is zero", BUGS.
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("mremap of no bytes opens another window");

enum { PAGES = 4 };

static size_t bytes(size_t pages)
{
	return pages * page_size();
}

/* Both show the same pages, in both directions, to the last byte. */
static void assert_one_object(char *one, char *other, size_t pages)
{
	assert_same_bytes(other, one, bytes(pages), "one window, against the other");
	write_pattern(one, bytes(pages), 2);
	assert_pattern(other, bytes(pages), 2, "what was stored through the other window");
	write_pattern(other, bytes(pages), 3);
	assert_pattern(one, bytes(pages), 3, "what was stored through this window");
}

CLAIM(shared_memory_gets_a_second_window, "mremap-09",
      "Of shared memory and of a shared file a second window is opened, and the first one stays")
{
	char *areas[] = {filled_pages(PAGES, MAP_SHARED, 1),
			 fresh_mapping(PAGES, MAP_SHARED, memory_file(PAGES, 1))};

	for (size_t i = 0; i < 2; i++) {
		char *window = mremap(areas[i], 0, bytes(PAGES), MREMAP_MAYMOVE);

		ck_assert_ptr_ne(window, MAP_FAILED);
		ck_assert_ptr_ne(window, areas[i]);
		assert_pattern(window, bytes(PAGES), 1, "the second window");
		assert_one_object(areas[i], window, PAGES);
	}
}

CLAIM(a_window_starts_where_it_is_told, "mremap-09",
      "The window shows what lies at the address that was given, at the place that was ordered")
{
	char *area = filled_pages(PAGES, MAP_SHARED, 1), *to = filled_pages(PAGES, MAP_PRIVATE, 4);
	int order = MREMAP_MAYMOVE | MREMAP_FIXED;

	assert_address(mremap(page(area, 1), 0, bytes(2), order, page(to, 2)), page(to, 2),
		       "the window");
	assert_pattern(to, bytes(2), 4, "what lies below the window");
	assert_one_object(page(area, 1), page(to, 2), 2);
	assert_accepted(munmap(page(area, 1), bytes(2)));
	assert_pattern(page(to, 2), bytes(2), 3, "the window, when the old place has gone");
}

CLAIM(private_memory_has_no_second_window, "mremap-10",
      "For private memory, and private mappings of files, it is refused with EINVAL")
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1);
	char *file = fresh_mapping(PAGES, MAP_PRIVATE, memory_file(PAGES, 2));

	assert_refused(mremap(area, 0, bytes(PAGES), MREMAP_MAYMOVE), EINVAL);
	assert_refused(mremap(page(area, 1), 0, 1, MREMAP_MAYMOVE), EINVAL);
	assert_refused(mremap(file, 0, bytes(PAGES), MREMAP_MAYMOVE), EINVAL);
	assert_pattern(area, bytes(PAGES), 1, "the memory");
	assert_pattern(file, bytes(PAGES), 2, "the file");
}

CLAIM(a_window_needs_leave_to_move, "mremap-10",
      "Without MREMAP_MAYMOVE no window is opened, and no length of it either is refused with "
      "EINVAL")
{
	char *area = filled_pages(PAGES, MAP_SHARED, 1);

	assert_refused_either(mremap(area, 0, bytes(PAGES), 0), EINVAL, ENOMEM);
	assert_refused(mremap(area, 0, 0, MREMAP_MAYMOVE), EINVAL);
	assert_pattern(area, bytes(PAGES), 1, "the memory");
}

CONTROL(with_a_length_the_window_moves, "mremap-09 mremap-10",
	"With its length instead of 0 the only window moves, and private memory moves as well")
{
	char *areas[] = {filled_pages(PAGES, MAP_SHARED, 1), filled_pages(PAGES, MAP_PRIVATE, 1)};
	int order = MREMAP_MAYMOVE | MREMAP_FIXED;

	for (size_t i = 0; i < 2; i++) {
		char *to = reserve(PAGES);

		assert_address(mremap(areas[i], bytes(PAGES), bytes(PAGES), order, to), to,
			       "the new place");
		assert_pattern(to, bytes(PAGES), 1, "the memory");
		assert_trap(try_load(areas[i]), SIGSEGV, SEGV_MAPERR, areas[i]);
	}
}
