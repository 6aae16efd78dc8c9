/* SPDX-License-Identifier: MIT */
/*
 * The break stops at limits, and at what is mapped in its way
 * ===========================================================
 *
 * mmap can go elsewhere when a place is taken. The heap cannot: it is one piece, and has to end
 * where its next neighbour begins. One page before that, to be exact, for the kernel leaves a gap.
 *
 *      [heap]  |########|########|  gap   |obstacle|
 *                                ^ the break gets no further
 *
 * Limits stop it as well. RLIMIT_DATA was made for it, and counts data, bss and heap, since Linux 4.7
 * all private memory that can be written; RLIMIT_AS counts all address space. Under either a
 * request is refused, which the C library turns into ENOMEM; and the break stays.
 *
 * Look with: the bare system call, ulimit -d and -v.
 * Read on:   brk(2), getrlimit(2); document 004 section 3.3.
 */
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("The break stops at limits, and at what is mapped in its way");

enum { PAGES = 8 };

static char *move_break(const void *to)
{
	return (char *)syscall(SYS_brk, to);
}

/* The break, moved up to the start of a page, with room for the pages of a claim. */
static char *start_on_a_page(void)
{
	char *start = page_of(move_break(NULL) + page_size() - 1);

	if (move_break(page(start, PAGES)) != page(start, PAGES)) {
		undecided("needs room above the program break: raise ulimit -d");
	}
	arrange(move_break(start) == start);
	return start;
}

/* Soft only: a lowered hard limit could not be raised again. */
static void allow_no_more(int resource)
{
	struct rlimit limit;

	arrange(getrlimit(resource, &limit) == 0);
	limit.rlim_cur = 0;
	arrange(setrlimit(resource, &limit) == 0);
}

CLAIM(the_limits_refuse, "brk-05 brk-06",
      "Under RLIMIT_DATA and under RLIMIT_AS the break is refused a page, and stays where it is")
{
	const int each[] = {RLIMIT_DATA, RLIMIT_AS};
	char *start = start_on_a_page();

	arrange(move_break(start + 1) == start + 1);
	store(start, 'h');
	for (size_t i = 0; i < 2; i++) {
		IN_CHILD {
			allow_no_more(each[i]);
			for (int round = 0; round < 2; round++) {
				assert_address(move_break(page(start, 1) + 1), start + 1,
					       "what moving it answers");
				assert_address(move_break(NULL), start + 1, "the break");
				assert_trap(try_load(page(start, 1)), SIGSEGV, SEGV_MAPERR,
					    page(start, 1));
				assert_byte(start, 'h', "what is in the heap");
			}
		}
	}
}

CLAIM(the_library_says_so, "brk-05 brk-06",
      "There brk and sbrk of the C library answer -1 with ENOMEM, and sbrk(0) the break as it is")
{
	const int each[] = {RLIMIT_DATA, RLIMIT_AS};
	char *start = start_on_a_page();

	for (size_t i = 0; i < 2; i++) {
		IN_CHILD {
			allow_no_more(each[i]);
			assert_refused(brk(page(start, 1)), ENOMEM);
			assert_refused((intptr_t)sbrk((intptr_t)page_size()), ENOMEM);
			assert_address(sbrk(0), start, "what sbrk(0) answers");
		}
	}
}

CLAIM(an_obstacle_stops_it, "brk-07",
      "The break never reaches a mapping in its way, of which no byte changes")
{
	char *start = start_on_a_page(), *obstacle = page(start, 4);

	arrange(mmap(obstacle, page_size(), PROT_READ | PROT_WRITE,
		     MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == obstacle);
	write_pattern(obstacle, page_size(), 1);
	for (size_t i = 1; i <= PAGES - 4; i++) {
		assert_address(move_break(obstacle + i), start,
			       "what moving it into the mapping answers");
		assert_address(move_break(page(obstacle, i)), start,
			       "what moving it beyond answers");
		assert_pattern(obstacle, page_size(), 1, "the mapping");
	}
}

CLAIM(it_stops_a_page_before, "brk-07",
      "It comes as near as one page, and is refused one byte more")
{
	char *start = start_on_a_page(), *obstacle = page(start, 4), *nearest = page(start, 3);

	arrange(mmap(obstacle, page_size(), PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1,
		     0) == obstacle);
	assert_address(move_break(nearest), nearest, "the break a page before the mapping");
	assert_address(move_break(nearest + 1), nearest, "what moving it one byte further answers");
	arrange(munmap(obstacle, page_size()) == 0);
	assert_address(move_break(nearest + 1), nearest + 1, "the same, with the mapping gone");
}

CONTROL(without_limits_and_obstacles_it_goes_on, "brk-05 brk-06 brk-07",
	"Under a limit that is high enough, and past where a mapping was, the break goes on")
{
	char *start = start_on_a_page();

	arrange(mmap(page(start, 2), page_size(), PROT_NONE,
		     MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == page(start, 2));
	arrange(munmap(page(start, 2), page_size()) == 0);
	for (size_t i = 1; i <= PAGES; i++) {
		assert_address(move_break(page(start, i)), page(start, i), "the break");
		store(page(start, i) - 1, 'h');
	}
}
