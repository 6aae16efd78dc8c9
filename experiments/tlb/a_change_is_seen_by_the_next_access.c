/* SPDX-License-Identifier: MIT */
/*
 * A change is seen by the next access
 * ===================================
 *
 * What the processor keeps (document 004, section 9) would go on leading to the old frame, with the old
 * rights, when the table has long changed: nothing compares the two. It is the kernel's duty to have
 * the translation dropped before the call that changed the table returns (10, 11.3). If it ever failed,
 * programs would read each other's memory.
 *
 *      in use                page 7 -> frame 19, rw        kept
 *      mprotect(PROT_READ)   page 7 -> frame 19, r-        in the table; what is kept is dropped
 *      the next store        trap                          and not one store before it
 *
 * That outdated translations exist, and are used until they are dropped, the accessed bits show
 * (what_is_kept_is_not_looked_up_again).
 *
 * Look with: bytes and signals, after each of many changes of a page that was in use just before.
 * Read on:   mmap(2), mprotect(2), munmap(2); document 004 sections 10 and 11.3.
 */
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("A change is seen by the next access");

enum { PAGES = 4, ROUNDS = 400 };

/* The processor has a translation of the page, for loads and for stores. */
static void use(char *area, unsigned char value)
{
	load(area);
	store(area, value);
	load(area);
}

static void map_page(char *place, int fd, size_t number)
{
	arrange(mmap(place, page_size(), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, fd,
		     (off_t)(number * page_size())) == place);
}

CLAIM(another_page_is_read_at_once, "tlb-05",
      "When another page takes the place of one in use, the next load reads it, and a store stays "
      "there")
{
	int fd = memory_file(PAGES, 1);
	char *all = fresh_mapping(PAGES, MAP_SHARED, fd), *place = reserve(1);

	map_page(place, fd, 0);
	for (size_t round = 1; round <= ROUNDS; round++) {
		unsigned char last = (unsigned char)(round - 1);

		use(place, last);
		store(page(all, round % PAGES), (unsigned char)~last);
		map_page(place, fd, round % PAGES);
		ck_assert_int_eq(load(place), (unsigned char)~last);
		store(place, (unsigned char)round);
		ck_assert_int_eq(load(page(all, round % PAGES)), (unsigned char)round);
		ck_assert_int_eq(load(page(all, (round - 1) % PAGES)), last);
	}
	close(fd);
}

CLAIM(a_right_taken_away_is_missed_at_once, "tlb-05",
      "When a page in use loses the right to be written, or any right, the very next access is "
      "refused")
{
	char *area = filled_pages(3, MAP_PRIVATE, 1), *middle = page(area, 1);

	for (size_t round = 0; round < ROUNDS; round++) {
		unsigned char value = (unsigned char)round;
		bool all = round % 2;

		use(middle, value);
		assert_accepted(mprotect(middle, page_size(), all ? PROT_NONE : PROT_READ));

		struct trap trap = all ? try_load(middle)
				       : try_store(middle, (unsigned char)~value);

		if (trap.signal == 0 || round < 2) {
			assert_trap(trap, SIGSEGV, SEGV_ACCERR, middle);
		}
		assert_accepted(mprotect(middle, page_size(), PROT_READ | PROT_WRITE));
		ck_assert_int_eq(load(middle), value);
	}
}

CLAIM(a_page_taken_away_is_gone_at_once, "tlb-05",
      "When a page in use is unmapped, the very next load is refused, however often")
{
	char *place = reserve(1);

	for (size_t round = 0; round < ROUNDS; round++) {
		arrange(mmap(place, page_size(), PROT_READ | PROT_WRITE,
			     MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == place);
		ck_assert_int_eq(load(place), 0);
		use(place, (unsigned char)(round | 1));
		assert_accepted(munmap(place, page_size()));

		struct trap trap = try_load(place);

		if (trap.signal == 0 || round < 2) {
			assert_trap(trap, SIGSEGV, SEGV_MAPERR, place);
		}
	}
}

CONTROL(what_was_not_changed_stays_in_use, "tlb-05",
	"The pages beside those that are changed are read and written as before, every time")
{
	char *area = filled_pages(3, MAP_PRIVATE, 1);

	for (size_t round = 0; round < ROUNDS; round++) {
		unsigned char value = (unsigned char)round;

		use(area, value);
		use(page(area, 2), value);
		arrange(mprotect(page(area, 1), page_size(), round % 2 ? PROT_READ : PROT_NONE) ==
			0);
		ck_assert_int_eq(try_store(area, (unsigned char)(value + 1)).signal, 0);
		ck_assert_int_eq(load(area), (unsigned char)(value + 1));
		ck_assert_int_eq(load(page(area, 2)), value);
	}
}
