/* SPDX-License-Identifier: MIT */
/*
 * mremap can leave the old place mapped, and empty
 * ================================================
 *
 * Usually a move leaves nothing behind. With MREMAP_DONTUNMAP (Linux 5.7) the old addresses stay an
 * area, but without its pages, which have gone to the new address. Who touches the old place
 * finds a fresh page. So a garbage collector can take a heap away from under its program in one
 * step, and hand the pages back one by one.
 *
 *      before                 after
 *      old  | a | b | c |     old  | 0 | 0 | 0 |   an area still, of zeros
 *                             new  | a | b | c |   the very frames
 *
 * The manual says: private anonymous memory only. That was so before Linux 5.13. Now shared memory
 * and files can be moved like that as well; then both places show the same object.
 *
 * Look with: every byte at both places; pagemap, for the frames.
 * Read on:   mremap(2) MREMAP_DONTUNMAP, userfaultfd(2).
 */
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("mremap can leave the old place mapped, and empty");

#ifndef MREMAP_DONTUNMAP
#define MREMAP_DONTUNMAP 4
#endif

enum { PAGES = 4, LEAVE = MREMAP_MAYMOVE | MREMAP_DONTUNMAP };

static size_t length(void)
{
	return PAGES * page_size();
}

/* The kernel's own call: not every libc passes an address with this flag. */
static char *leave(char *from, size_t old, size_t new, int flags, char *to)
{
	return (char *)syscall(SYS_mremap, from, old, new, flags, to);
}

/* Four filled pages, where they can be moved like that. */
static char *movable_pages(void)
{
	if (leave(filled_pages(1, MAP_PRIVATE, 1), page_size(), page_size(), LEAVE, NULL) ==
		    MAP_FAILED &&
	    errno == EINVAL) {
		undecided("needs MREMAP_DONTUNMAP: Linux 5.7 or later");
	}
	return filled_pages(PAGES, MAP_PRIVATE, 1);
}

CLAIM(the_old_place_is_empty, "mremap-06",
      "The pages are at the new address, and the old place is zeros that can be written to")
{
	char *area = movable_pages(), *moved = leave(area, length(), length(), LEAVE, NULL);

	ck_assert_ptr_ne(moved, MAP_FAILED);
	ck_assert_ptr_ne(moved, area);
	assert_pattern(moved, length(), 1, "the new place");
	assert_all_bytes(area, length(), 0, "the old place");
	write_pattern(area, length(), 2);
	assert_pattern(moved, length(), 1, "the new place, after stores to the old one");
	write_pattern(moved, length(), 3);
	assert_pattern(area, length(), 2, "the old place, after stores to the new one");
}

CLAIM(it_obeys_an_order, "mremap-06",
      "With MREMAP_FIXED as well, a part goes where it is ordered, and its neighbours stay")
{
	char *area = movable_pages(), *to = fresh_pages(PAGES, MAP_PRIVATE);
	static char pages[PAGES * 64 * 1024]; /* as they were */

	arrange(length() <= sizeof pages);
	memcpy(pages, area, length());
	assert_address(leave(page(area, 1), 2 * page_size(), 2 * page_size(), LEAVE | MREMAP_FIXED,
			     page(to, 2)),
		       page(to, 2), "the new address");
	assert_same_bytes(page(to, 2), pages + page_size(), 2 * page_size(), "the new place");
	assert_all_bytes(to, 2 * page_size(), 0, "the pages below it");
	assert_all_bytes(page(area, 1), 2 * page_size(), 0, "the old place");
	assert_same_bytes(area, pages, page_size(), "the page that was below");
}

CLAIM(the_frames_have_gone, "mremap-06",
      "Right after the move the old place has no frames, and the new one has those of the old",
      .needs = FRAME_IDENTITY)
{
	char *area = movable_pages();
	struct child holder;

	START_CHILD(holder) {
		hand_over();
	}

	char *moved = leave(area, length(), length(), LEAVE, NULL);

	assert_strip(observe_pages("old place", area, PAGES), ".");
	assert_same_frames(observe_pages("new place", moved, PAGES),
			   observe_pages_of(holder.pid, "child, old place", area, PAGES));
}

CLAIM(what_it_cannot_mean_is_refused, "mremap-07",
      "Without leave to move, or with another length, it is refused with EINVAL, and all stays")
{
	char *area = movable_pages(), *to = filled_pages(PAGES, MAP_PRIVATE, 2);
	size_t longer = length() + page_size(), shorter = length() - page_size();

	assert_refused(leave(area, length(), length(), MREMAP_DONTUNMAP, NULL), EINVAL);
	assert_refused(leave(area, length(), longer, LEAVE, NULL), EINVAL);
	assert_refused(leave(area, length(), shorter, LEAVE, NULL), EINVAL);
	assert_refused(leave(area, length(), shorter, LEAVE | MREMAP_FIXED, to), EINVAL);
	assert_refused(leave(area, 0, length(), LEAVE, NULL), EINVAL);
	assert_pattern(area, length(), 1, "the old place");
	assert_pattern(to, length(), 2, "the place that was ordered");
}

CLAIM(an_object_shows_at_both_places, "mremap-08",
      "Shared memory moved like that is at both places; before Linux 5.13 it is refused with "
      "EINVAL")
{
	(void)movable_pages();

	char *area = filled_pages(PAGES, MAP_SHARED, 1),
	     *moved = leave(area, length(), length(), LEAVE, NULL);

	if (moved == MAP_FAILED) {
		assert_equals(errno, EINVAL, "errno");
		assert_pattern(area, length(), 1, "the area that was not moved");
		return;
	}
	assert_pattern(moved, length(), 1, "the new place");
	assert_pattern(area, length(), 1, "the old place");
	write_pattern(moved, length(), 2);
	assert_pattern(area, length(), 2, "the old place, after stores to the new one");
}

CONTROL(a_usual_move_leaves_nothing, "mremap-06 mremap-07 mremap-08",
	"Without the flag the old place is no area any more, and another length is accepted")
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1), *to = reserve(PAGES),
	     *shared = filled_pages(PAGES, MAP_SHARED, 1);
	int order = MREMAP_MAYMOVE | MREMAP_FIXED;

	assert_address(leave(area, length(), length() - page_size(), order, to), to, "the place");
	assert_trap(try_load(area), SIGSEGV, SEGV_MAPERR, area);
	assert_address(leave(shared, length(), length(), order, to), to, "the place");
	assert_trap(try_load(shared), SIGSEGV, SEGV_MAPERR, shared);
	assert_pattern(to, length(), 1, "the new place");
}
