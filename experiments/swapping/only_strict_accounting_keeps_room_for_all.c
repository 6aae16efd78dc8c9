/* SPDX-License-Identifier: MIT */
/*
 * Only strict accounting keeps room for all
 * =========================================
 *
 * "The OS needs to ensure it has space to store evicted pages from RAM": so document 002 explains why
 * there could be no more pages than swap has room for. Linux can be told to see to that, and then each
 * writable page that is promised is counted against a limit. Usually it is not. Its ordinary mode looks at each
 * promise alone, and refuses what even an empty machine could not keep.
 *
 *      vm.overcommit_memory     a promise is refused when                       the sum of all
 *      0 heuristic              it alone is larger than RAM + swap              may be larger
 *      1 always                 (never)                                         may be larger
 *      2 strict                 it does not fit beside all the others into      is limited
 *                               swap + overcommit_ratio percent of RAM
 *
 * Look with: mmap(2); sysinfo(2), CommitLimit and Committed_AS of /proc/meminfo.
 * Read on:   the kernel's Documentation/mm/overcommit-accounting.rst, proc_sys_vm(5); document 002,
 *            introduction.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/sysinfo.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("Only strict accounting keeps room for all");

enum { HEURISTIC, ALWAYS, STRICT, MORE_SWAP = 512 };

/* RAM and swap of the whole machine, in pages. */
static size_t all_pages(void)
{
	struct sysinfo machine;

	arrange(sysinfo(&machine) == 0);

	uint64_t bytes = ((uint64_t)machine.totalram + machine.totalswap) * machine.mem_unit;

	if (bytes > SIZE_MAX / 8) {
		undecided("needs a larger address space than memory: a 64-bit machine");
	}
	return (size_t)bytes / page_size();
}

static void *promise(size_t pages, int flags)
{
	return mmap(NULL, pages * page_size(), PROT_READ | PROT_WRITE,
		    MAP_PRIVATE | MAP_ANONYMOUS | flags, -1, 0);
}

/* A line of /proc/meminfo, in pages. */
static size_t counted(const char *line)
{
	static char text[16384];
	int fd = open("/proc/meminfo", O_RDONLY | O_CLOEXEC);
	ssize_t length = fd < 0 ? -1 : read(fd, text, sizeof text - 1);
	char *at;

	arrange(length > 0 && close(fd) == 0);
	text[length] = 0;
	at = strstr(text, line);
	arrange(at != NULL);
	return strtoull(at + strlen(line), NULL, 10) * 1024 / page_size();
}

CLAIM(each_promise_is_weighed_alone, "swap-12",
      "In mode 0 all RAM and swap are promised, and promised again; a page more at once is refused",
      .needs = HEURISTIC_OVERCOMMIT, .alone = THE_MACHINE)
{
	size_t all = all_pages();

	assert_accepted(promise(all / 2, 0));
	assert_accepted(promise(all, 0));
	assert_accepted(promise(all, 0));
	assert_refused(promise(all + 1, 0), ENOMEM);
	assert_accepted(promise(all + 1, MAP_NORESERVE));
}

CLAIM(more_swap_makes_larger_promises, "swap-12",
      "A new swap area raises the limits of both modes by its size, to the page",
      .needs = HEURISTIC_OVERCOMMIT | SWAP_AREA, .alone = THE_MACHINE)
{
	struct sysinfo machine;
	size_t before = all_pages(), limit = counted("CommitLimit:");

	arrange(sysinfo(&machine) == 0);
	assert_refused(promise(before + MORE_SWAP, 0), ENOMEM);
	guard_swap_area(SWAP_IN_FILE, MORE_SWAP * page_size());
	if (machine.totalswap > 0 && all_pages() != before + MORE_SWAP) {
		undecided("needs a machine where nobody else ends or begins a swap area meanwhile");
	}
	assert_accepted(promise(before + MORE_SWAP, 0));
	assert_refused(promise(before + MORE_SWAP + 1, 0), ENOMEM);
	assert_equals(counted("CommitLimit:") - limit, MORE_SWAP, "pages more of CommitLimit");
}

CLAIM(mode_2_counts_all_promises_together, "swap-12",
      "In mode 2 a promise that was granted is refused the second time, for the sum is too large",
      .alone = THE_MACHINE)
{
	guard_overcommit(STRICT);

	size_t limit = counted("CommitLimit:"), taken = counted("Committed_AS:");

	if (all_pages() == 0 || taken > limit / 2) {
		undecided("needs memory that is promised to nobody: more swap, or fewer programs");
	}

	size_t most = (limit - taken) / 8 * 5; /* fits beside what is taken once, but not twice */

	evidence("limit and promised", "%zu and %zu pages", limit, taken);
	assert_refused(promise(limit + 1, 0), ENOMEM);

	void *first = (void *)assert_accepted(promise(most, 0));

	assert_refused(promise(most, 0), ENOMEM);
	assert_refused(promise(most, MAP_NORESERVE), ENOMEM);
	assert_accepted(munmap(first, most * page_size()));
	assert_accepted(promise(most, 0));
}

CONTROL(mode_1_refuses_nothing, "swap-12",
	"In mode 1 a promise of twice all RAM and swap is granted, again and again",
	.alone = THE_MACHINE)
{
	guard_overcommit(ALWAYS);

	size_t pages = 2 * all_pages();

	for (int times = 0; times < 3; times++) {
		char *area = (char *)assert_accepted(promise(pages, 0));

		store(page(area, pages - 1), 'x');
		assert_byte(page(area, pages - 1), 'x', "the last page");
	}
}
