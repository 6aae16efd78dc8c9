/* SPDX-License-Identifier: MIT */
/*
 * Memory can be had without a promise
 * ===================================
 *
 * Who maps private memory that can be written is promised a frame, or a place in swap, for each page;
 * the kernel adds these promises up, and refuses one that is absurd. MAP_NORESERVE declines the
 * promise: then nothing is added up, however much is mapped. Such a mapping is good for a large
 * table of which only a little is used. If memory runs out, the program ends.
 *
 *                           counted    VmFlags
 *      private, writable    yes        ac
 *      MAP_NORESERVE        no         nr
 *      private, read only   no         none, until mprotect(2) makes it writable: then ac
 *      shared memory        yes        none: it is counted with the object
 *
 * The choice is made once: memory that was mapped without a promise gets none when mprotect
 * makes it writable. (With vm.overcommit_memory = 2 the flag is ignored.)
 *
 * Look with: VmFlags in /proc/self/smaps; errno.
 * Read on:   mmap(2) MAP_NORESERVE, proc(5) "overcommit_memory".
 */
#include <sys/mman.h>
#include <sys/sysinfo.h>

#include <touchstone/experiment.h>

EXPERIMENT("Memory can be had without a promise");

enum { PAGES = 4 };

static char *map_with(int prot, int flags)
{
	char *area = mmap(reserve(PAGES), PAGES * page_size(), prot,
			  MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED | flags, -1, 0);

	ck_assert_ptr_ne(area, MAP_FAILED);
	return area;
}

/* Is the area counted; was a promise declined? */
static void assert_promised(char *area, bool counted, bool declined)
{
	struct usage usage = observe_usage("area", area, PAGES * page_size());

	assert_equals(usage_has_flag(&usage, "ac"), counted, "counted (the flag ac)");
	assert_equals(usage_has_flag(&usage, "nr"), declined, "promise declined (the flag nr)");
}

CLAIM(without_a_promise_nothing_is_counted, "mmap-14",
      "Private memory that is mapped with MAP_NORESERVE is not counted, and works like any other",
      .needs = AREA_USAGE | HEURISTIC_OVERCOMMIT)
{
	char *area = map_with(PROT_READ | PROT_WRITE, MAP_NORESERVE);

	assert_promised(area, false, true);
	assert_all_bytes(area, PAGES * page_size(), 0, "the memory");
	write_pattern(area, PAGES * page_size(), 1);
	assert_promised(area, false, true);
	assert_pattern(area, PAGES * page_size(), 1, "what was written");
}

CLAIM(the_choice_is_made_once, "mmap-14", "Nor is it counted when mprotect makes it writable later",
      .needs = AREA_USAGE | HEURISTIC_OVERCOMMIT)
{
	char *area = map_with(PROT_NONE, MAP_NORESERVE);

	assert_promised(area, false, true);
	assert_accepted(mprotect(area, PAGES * page_size(), PROT_READ | PROT_WRITE));
	assert_promised(area, false, true);
	store_each(area, PAGES, 'x');
}

CLAIM(no_promise_is_too_large_to_be_declined, "mmap-14",
      "More than all memory and swap is refused with ENOMEM, but granted with MAP_NORESERVE",
      .needs = HEURISTIC_OVERCOMMIT)
{
	struct sysinfo info;

	arrange(sysinfo(&info) == 0);

	size_t all = (info.totalram + info.totalswap) * info.mem_unit;
	size_t too_much = 2 * (all / page_size() + 1) * page_size();
	int rw = PROT_READ | PROT_WRITE, flags = MAP_PRIVATE | MAP_ANONYMOUS;

	if (mmap(NULL, too_much, PROT_NONE, flags, -1, 0) == MAP_FAILED) {
		undecided("needs an address space of more than twice the memory");
	}
	assert_refused(mmap(NULL, too_much, rw, flags, -1, 0), ENOMEM);

	char *area =
		(char *)assert_accepted(mmap(NULL, too_much, rw, flags | MAP_NORESERVE, -1, 0));

	store(area, 'f');
	store(area + too_much - 1, 'l');
	assert_byte(area, 'f', "the first byte");
	assert_byte(area + too_much - 1, 'l', "the last byte");
}

CONTROL(a_promise_is_counted, "mmap-14",
	"Without the flag private memory is counted as soon as it may be written",
	.needs = AREA_USAGE | HEURISTIC_OVERCOMMIT)
{
	char *area = map_with(PROT_READ, 0);

	assert_promised(map_with(PROT_READ | PROT_WRITE, 0), true, false);
	assert_promised(area, false, false);
	assert_accepted(mprotect(area, PAGES * page_size(), PROT_READ | PROT_WRITE));
	assert_promised(area, true, false);
}
