/* SPDX-License-Identifier: MIT */
/*
 * Page tables come with the first touch
 * =====================================
 *
 * Document 001 explains lazy allocation by a flag: one that mmap sets in the page table entries, so
 * that a later access faults. In truth nothing at all is written to the page table. There is no
 * entry that could hold a flag, for the table it would stand in does not exist yet. The processor
 * faults because it finds nothing, and the kernel knows from its list of areas (VMAs) that there
 * ought to be something. Only then does it add the table, which describes a whole stretch of
 * addresses (2 MiB on x86-64), and in it the one entry that is needed:
 *
 *      after mmap                       after touching one page of each stretch
 *
 *      area  [ start ........ end )     area  [ start ........ end )
 *      tables   (none)                  tables  [..x..] [..x..] [..x..]
 *      frames   (none)                  frames     7       3      12
 *
 * That is why a terabyte can be mapped in no time; an entry for each of its pages would fill 2 GiB.
 *
 * Look with: /proc/PID/status, VmPTE; /proc/PID/pagemap.
 * Read on:   mmap(2), proc(5); documents 001 "Lazy Allocation Explained", 002 (demand-zero pages).
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("Page tables come with the first touch");

enum { TABLES = 32 };

/* Addresses that one page of 8-byte entries can describe: no leaf table reaches further. */
static size_t stretch(void)
{
	return page_size() * (page_size() / sizeof(long));
}

/* TABLES stretches of which the first starts where a table starts. */
static char *map_stretches(void)
{
	char *area = mmap(NULL, (TABLES + 1) * stretch(), PROT_READ | PROT_WRITE,
			  MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	arrange(area != MAP_FAILED);
	return area + (stretch() - (uintptr_t)area % stretch()) % stretch();
}

CLAIM(no_flag_is_kept_in_a_page_table, "lazy-03",
      "Mapping memory writes no page table entry at all: the table does not exist before a touch",
      .needs = PROCESS_STATUS | PAGE_STATES)
{
	size_t pages = stretch() / page_size();

	(void)status_bytes("VmPTE");

	size_t tables = status_bytes("VmPTE");
	char *area = map_stretches();

	assert_equals(status_bytes("VmPTE") - tables, 0, "bytes of page tables added");
	for (size_t i = 0; i < TABLES; i += TABLES - 1) {
		struct pages seen = observe_pages("stretch", area + i * stretch(), pages);
		uint64_t frames = 0;

		for (size_t number = 0; number < pages; number++) {
			frames |= page_frame(seen, number);
		}
		assert_strip(seen, ".");
		assert_equals(count_of_file(seen), 0, "pages marked as a file's");
		assert_equals(frames, 0, "their frame numbers, or-ed together");
	}
}

CONTROL(a_touch_brings_the_table, "lazy-03",
	"One touch in each stretch brings a page table each, and a second touch beside it none",
	.needs = PROCESS_STATUS)
{
	enum { SMALLEST_TABLE = 256 }; /* ppc64le with pages of 64 KiB; on x86-64 it is 4096 */
	char *area = map_stretches();
	size_t before[3];

	(void)status_bytes("VmPTE");
	for (size_t round = 0; round < 3; round++) {
		before[round] = status_bytes("VmPTE");
		for (size_t i = 0; i < TABLES && round < 2; i++) {
			store(page(area + i * stretch(), round), 1);
		}
	}
	assert_at_least(before[1] - before[0], TABLES * SMALLEST_TABLE,
			"bytes of page tables that the first touches brought");
	assert_equals(before[2] - before[1], 0, "bytes that the touches beside them brought");
}
