/* SPDX-License-Identifier: MIT */
/*
 * Swap limits what leaves memory, and not what comes
 * ==================================================
 *
 * "The size of the swap space limits the total number of pages that can be allocated by all processes",
 * says document 002, and: "When the swap space is full, no more virtual pages can be allocated." Neither
 * is so on Linux. Swap is no backing that each page has to have (some older systems wanted that); a
 * page needs a slot only when it is to leave memory. A full swap area ends just that: what does not fit stays
 * where it is, and new pages get frames as long as there are any.
 *
 *      swap      [ 0 ][ 1 ][ 2 ][ 3 ]                            full
 *      memory                        [ 4 ][ 5 ][ 6 ][ 7 ]        cannot leave any more
 *                [new][new][new][new][new] ...                   comes all the same
 *
 * Promises are not limited by it, either: they may add up to more than RAM and swap together.
 *
 * Look with: bits 62 and 63 of /proc/PID/pagemap, sysinfo(2).
 * Read on:   swapon(2), proc_sys_vm(5) overcommit_memory; document 002, introduction.
 */
#include <sys/mman.h>
#include <sys/sysinfo.h>

#include <touchstone/experiment.h>

EXPERIMENT("Swap limits what leaves memory, and not what comes");

enum { ROOM = 256, PAGES = 2 * ROOM, NEW = 4 * ROOM, LIMIT = 16 * PAGES, FIRST = 1, SECOND = 2 };

static struct sysinfo the_machine(void)
{
	struct sysinfo machine;

	arrange(sysinfo(&machine) == 0);
	return machine;
}

/* There is room in swap for so many pages of this process, and for no more. */
static void have_swap_for(size_t count)
{
	struct swap_area area = guard_swap_area(SWAP_ON_LOOP, count * page_size());
	struct sysinfo machine = the_machine();

	/* What this area has no room for would go to another one. */
	if ((uint64_t)machine.totalswap * machine.mem_unit > area.bytes) {
		struct memory_group group = guard_memory_group(LIMIT * page_size());

		if (group.version == 1) {
			undecided("needs a machine without another swap area (swapoff), or "
				  "cgroups of version 2, which limit swap by itself");
		}
		enter_memory_group(&group);
		limit_memory_group_swap(&group, count * page_size());
	}
}

CLAIM(what_does_not_fit_stays_in_memory, "swap-11",
      "When swap is full the pages that are left stay in memory, and no page loses a byte",
      .needs = SWAP_AREA | MEMORY_CGROUP | PAGE_STATES, .alone = "swap")
{
	have_swap_for(ROOM);

	char *memory = filled_pages(PAGES, MAP_PRIVATE, FIRST);
	size_t out = page_out(memory, PAGES);
	struct pages seen = observe_pages("paged out", memory, PAGES);

	assert_at_least(out, 1, "pages in swap");
	assert_at_most(out, ROOM, "pages in swap, which has room for 256");
	assert_equals(count_present(seen), PAGES - count_swapped(seen), "pages in memory");
	assert_pattern(memory, PAGES * page_size(), FIRST, "what the pages hold");
}

CLAIM(new_pages_come_all_the_same, "swap-10 swap-11",
      "While swap is full four times as many new pages as fit into it are mapped and written",
      .needs = SWAP_AREA | MEMORY_CGROUP | PAGE_STATES, .alone = "swap")
{
	have_swap_for(ROOM);

	char *memory = filled_pages(PAGES, MAP_PRIVATE, FIRST);

	assert_at_most(page_out(memory, PAGES), ROOM, "pages in swap, which has room for 256");

	char *more = (char *)assert_accepted(mmap(NULL, NEW * page_size(), PROT_READ | PROT_WRITE,
						  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));

	write_pattern(more, NEW * page_size(), SECOND);
	assert_strip(observe_pages("new pages", more, NEW), "p");
	assert_pattern(more, NEW * page_size(), SECOND, "what the new pages hold");
	assert_pattern(memory, PAGES * page_size(), FIRST, "what the earlier pages hold");
}

CLAIM(promises_exceed_ram_and_swap_together, "swap-10 lazy-22",
      "Three areas, each of half of all RAM and swap, can be had at once, and can be written to",
      .needs = HEURISTIC_OVERCOMMIT)
{
	enum { AREAS = 3 };
	struct sysinfo machine = the_machine();
	uint64_t all = ((uint64_t)machine.totalram + machine.totalswap) * machine.mem_unit;
	size_t pages = (size_t)(all / 2) / page_size();
	char *areas[AREAS];

	evidence("RAM and swap", "%llu MiB", (unsigned long long)(all >> 20));
	for (unsigned i = 0; i < AREAS; i++) {
		areas[i] = (char *)assert_accepted(mmap(NULL, pages * page_size(),
							PROT_READ | PROT_WRITE,
							MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
		write_pattern(areas[i], page_size(), i);
		write_pattern(page(areas[i], pages - 1), page_size(), AREAS + i);
	}
	for (unsigned i = 0; i < AREAS; i++) {
		assert_pattern(areas[i], page_size(), i, "the first page");
		assert_pattern(page(areas[i], pages - 1), page_size(), AREAS + i, "the last page");
	}
}

CONTROL(where_there_is_room_all_can_leave, "swap-10 swap-11 lazy-22",
	"In an area that has room for more the same pages all find a slot, and none stays in "
	"memory",
	.needs = SWAP_AREA | MEMORY_CGROUP | PAGE_STATES, .alone = "swap")
{
	have_swap_for(2 * PAGES);

	char *memory = filled_pages(PAGES, MAP_PRIVATE, FIRST);

	assert_equals(page_out(memory, PAGES), PAGES, "pages in swap");
	assert_strip(observe_pages("paged out", memory, PAGES), "~");
	assert_pattern(memory, PAGES * page_size(), FIRST, "what came back");
}
