/* SPDX-License-Identifier: MIT */
/*
 * mincore answers a byte a page, and not a byte more
 * ==================================================
 *
 * mincore(2) writes into memory of the caller: a byte for each page, of which only the lowest bit
 * means anything. The length is in bytes of memory and rounded up, so the answer is as long as the
 * pages that are touched by the range; it is for the caller to have room.
 *
 *      range       |  page 0  |  page 1  |  pa|              length: two pages and a bit
 *      answer      [1]        [0]        [1]   x x x         three bytes; x as before
 *
 *      EINVAL      the range does not begin on a page
 *      ENOMEM      a page of it is not mapped, or it wraps around
 *      EFAULT      there is no room for the answer
 *
 * Look with: the bytes of the answer and those beside it.
 * Read on:   mincore(2).
 */
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("mincore answers a byte a page, and not a byte more");

enum { PAGES = 4, MANY = 5000, ROOM = MANY + 64, BEFORE = 8, MARK = 0xa5 };

static unsigned char room[ROOM];

/* So many bytes are answers then, 0 or 1, and none beside them was written. */
static void assert_answers(char *area, size_t length, size_t count)
{
	memset(room, MARK, sizeof room);
	assert_accepted(mincore(area, length, room + BEFORE));
	assert_all_bytes(room, BEFORE, MARK, "the bytes before the answer");
	for (size_t i = 0; i < count; i++) {
		assert_at_most(room[BEFORE + i], 1, "an answer");
	}
	assert_all_bytes(room + BEFORE + count, ROOM - BEFORE - count, MARK,
			 "the bytes behind the answer");
}

CLAIM(each_page_has_its_byte, "mincore-03",
      "A range of any length is answered by a byte for each page it touches, of one bit each")
{
	const int kinds[] = {MAP_PRIVATE, MAP_SHARED};

	for (size_t kind = 0; kind < 2; kind++) {
		char *area = fresh_pages(PAGES, kinds[kind]);

		for (size_t touched = 0; touched < 2; touched++) {
			assert_answers(area, 1, 1);
			assert_answers(area, page_size() - 1, 1);
			assert_answers(area, page_size(), 1);
			assert_answers(area, page_size() + 1, 2);
			assert_answers(page(area, 1), 3 * page_size(), 3);
			assert_answers(area, PAGES * page_size(), PAGES);
			store_each(area, PAGES, 's');
		}
		assert_all_bytes(room + BEFORE, PAGES, 1, "the answers for pages that are stored");
	}
}

CLAIM(a_long_range_is_answered_in_full, "mincore-03",
      "A range of thousands of pages is answered for each of them")
{
	enum { EACH = 17 };
	char *area = fresh_pages(MANY, MAP_SHARED);

	for (size_t i = 0; i < MANY; i += EACH) {
		store(page(area, i), 's');
	}
	assert_answers(area, MANY * page_size(), MANY);
	for (size_t i = 0; i < MANY; i += EACH) {
		ck_assert_uint_eq(room[BEFORE + i], 1);
	}
}

CLAIM(no_bytes_is_no_answer, "mincore-03",
      "A range of no bytes is accepted, mapped or not, and nothing is written")
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE);

	assert_answers(area, 0, 0);
	arrange(munmap(page(area, 1), page_size()) == 0);
	assert_answers(page(area, 1), 0, 0);
}

CLAIM(a_crooked_start_is_refused, "mincore-04",
      "A range that does not begin on a page is refused with EINVAL, whichever byte it begins at")
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE);
	const size_t crooked[] = {1, page_size() / 2, page_size() - 1, page_size() + 1};

	memset(room, MARK, sizeof room);
	for (size_t i = 0; i < 4; i++) {
		assert_refused(mincore(area + crooked[i], page_size(), room), EINVAL);
		assert_refused(mincore(area + crooked[i], 0, room), EINVAL);
	}
	assert_all_bytes(room, ROOM, MARK, "the bytes where no answer is");
}

CLAIM(a_range_with_a_hole_is_refused, "mincore-04",
      "A range with an unmapped page in it, wherever, or that wraps around, is refused with ENOMEM")
{
	for (size_t hole = 0; hole < PAGES; hole++) {
		char *area = fresh_pages(PAGES, MAP_PRIVATE);

		arrange(munmap(page(area, hole), page_size()) == 0);
		assert_refused(mincore(area, PAGES * page_size(), room), ENOMEM);
		assert_refused(mincore(page(area, hole), 1, room), ENOMEM);
	}
	assert_refused(mincore(fresh_pages(PAGES, MAP_PRIVATE), -page_size(), room), ENOMEM);
}

CLAIM(an_answer_without_room_is_refused, "mincore-04",
      "Where the answer, or its last byte alone, cannot be written, it is refused with EFAULT")
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE), *place = fresh_pages(2, MAP_PRIVATE);
	unsigned char *end = (unsigned char *)page(place, 1);

	arrange(mprotect(end, page_size(), PROT_READ) == 0);
	assert_refused(mincore(area, page_size(), NULL), EFAULT);
	assert_refused(mincore(area, page_size(), end), EFAULT);
	assert_refused(mincore(area, PAGES * page_size(), end - PAGES + 1), EFAULT);
	assert_accepted(mincore(area, PAGES * page_size(), end - PAGES));
	assert_byte(end, 0, "the byte behind the answer");
	arrange(munmap(end, page_size()) == 0);
	assert_refused(mincore(area, PAGES * page_size(), end - PAGES + 1), EFAULT);
}

CONTROL(what_fits_is_answered, "mincore-03 mincore-04",
	"The same range without a hole, from its page on, with room for the answer, is answered")
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE);

	store_each(area, PAGES, 's');
	memset(room, 0, sizeof room);
	assert_accepted(mincore(area, PAGES * page_size(), room));
	assert_all_bytes(room, PAGES, 1, "the answers");
	assert_all_bytes(room + PAGES, ROOM - PAGES, 0, "the bytes behind them");
}
