/* SPDX-License-Identifier: MIT */
/*
 * Promises may exceed all memory there is
 * =======================================
 *
 * Document 004 opens with it: the system still has to work when total demand for memory is larger
 * than physical RAM. Mapping costs no frame, so a kernel may promise more than it owns and trust
 * that not everything will be asked for. Linux does so unless it is told otherwise
 * (vm.overcommit_memory is 0 then), and refuses only the obvious: one single mapping that is
 * larger than all RAM and swap together.
 *
 *      RAM + swap    +--------------------+
 *      promised      +-------------+-------------+-------------+    granted: each 60 percent of it
 *                    | x         x | x         x | x         x |    x a page in use
 *                    +-------------+-------------+-------------+
 *      promised      +----------------------------------------+  ENOMEM: one of 200 percent
 *
 * Document 002 says that the size of the swap space limits the pages that can be allocated by all
 * processes. In truth it limits only what is in use, together with RAM: promises have no such
 * limit, and a machine without any swap makes them too.
 *
 * Look with: sysinfo(2), mmap(2).
 * Read on:   proc_sys_vm(5) overcommit_memory; document 002, introduction; document 004 sections 1,
 *            5.1.
 */
#include <errno.h>
#include <sys/mman.h>
#include <sys/sysinfo.h>

#include <touchstone/experiment.h>

EXPERIMENT("Promises may exceed all memory there is");

enum { PROMISES = 3, PERCENT = 60 };

/* RAM and swap of the whole machine, in pages. */
static size_t pages_of_the_machine(void)
{
	struct sysinfo machine;

	arrange(sysinfo(&machine) == 0);

	uint64_t bytes = ((uint64_t)machine.totalram + machine.totalswap) * machine.mem_unit;

	if (bytes > SIZE_MAX / 8) {
		undecided("needs a larger address space than memory: a 64-bit machine");
	}
	evidence("RAM and swap", "%llu MiB", (unsigned long long)(bytes >> 20));
	return (size_t)bytes / page_size();
}

static char *promise(size_t pages, int flags)
{
	return mmap(NULL, pages * page_size(), PROT_READ | PROT_WRITE,
		    MAP_PRIVATE | MAP_ANONYMOUS | flags, -1, 0);
}

CLAIM(promises_add_up_to_more_than_there_is, "lazy-22",
      "Three areas, each of 60 percent of all RAM and swap, are granted, and work at both ends",
      .needs = HEURISTIC_OVERCOMMIT)
{
	size_t pages = pages_of_the_machine() / 100 * PERCENT;
	char *areas[PROMISES];

	for (int i = 0; i < PROMISES; i++) {
		areas[i] = (char *)assert_accepted(promise(pages, 0));
	}
	for (int i = 0; i < PROMISES; i++) {
		write_pattern(areas[i], page_size(), 3 * i);
		write_pattern(page(areas[i], pages / 2), page_size(), 3 * i + 1);
		write_pattern(page(areas[i], pages - 1), page_size(), 3 * i + 2);
	}
	for (int i = 0; i < PROMISES; i++) {
		assert_pattern(areas[i], page_size(), 3 * i, "the first page of an area");
		assert_pattern(page(areas[i], pages / 2), page_size(), 3 * i + 1, "a middle page");
		assert_pattern(page(areas[i], pages - 1), page_size(), 3 * i + 2, "the last page");
		assert_all_bytes(page(areas[i], pages - 2), page_size(), 0, "the page before it");
	}
}

CLAIM(a_promise_takes_no_frames, "lazy-22",
      "Of such an area just the pages that were touched are resident",
      .needs = HEURISTIC_OVERCOMMIT | AREA_USAGE)
{
	size_t pages = pages_of_the_machine() / 100 * PERCENT;
	char *area = (char *)assert_accepted(promise(pages, 0));

	/* Its own part of the list of areas, whatever it lies beside. */
	arrange(mprotect(area, page_size(), PROT_NONE) == 0);
	arrange(mprotect(page(area, pages - 1), page_size(), PROT_NONE) == 0);
	store(page(area, 1), 'x');
	store(page(area, pages / 2), 'x');
	store(page(area, pages - 2), 'x');

	struct usage used = observe_usage("area", page(area, 1), (pages - 2) * page_size());

	assert_equals(used.size, (pages - 2) * page_size(), "size of the area");
	assert_equals(used.rss + used.swap, 3 * page_size(), "what of it takes memory");
}

CONTROL(one_promise_of_more_than_there_is_is_refused, "lazy-22",
	"One area of twice all RAM and swap is refused, but for who says MAP_NORESERVE",
	.needs = HEURISTIC_OVERCOMMIT)
{
	size_t pages = 2 * pages_of_the_machine();

	assert_refused(promise(pages, 0), ENOMEM);
	assert_accepted(promise(pages, MAP_NORESERVE));
}
