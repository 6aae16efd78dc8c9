/* SPDX-License-Identifier: MIT */
/*
 * Huge pages do not always spare tables
 * =====================================
 *
 * A huge page is as large as what one lowest table describes. An entry one level further up can
 * point at it directly. Document 004 (section 18.5) concludes that huge pages make tables smaller:
 *
 *      small pages   upper table -> [ lowest table: 512 entries ] -> 512 frames of 4 KiB
 *      huge page     upper table -> one frame of 2 MiB
 *
 * That is so for files in memory, and for pages of the pool (the experiment beside this one). Not
 * so for transparent huge pages of private memory. They may have to be split at a moment when no
 * memory is to be had, for example because one of their small pages is unmapped. So the kernel puts
 * an empty table aside for each when it makes it, and that counts. Only fewer levels are walked.
 * What can be relied upon is that the tables are no larger.
 *
 * Look with: /proc/PID/status, VmPTE; AnonHugePages and ShmemPmdMapped in /proc/PID/smaps.
 * Read on:   the kernel's transhuge.rst and hugetlbpage.rst; document 004 section 18.5.
 */
#include <sys/mman.h>
#include <sys/prctl.h>

#include <touchstone/experiment.h>
#include <touchstone/huge_pages.h>
#include <touchstone/processors.h>

EXPERIMENT("Huge pages do not always spare tables");

enum { LARGEST = 4 << 20, STRETCHES = 2 }; /* several shall fit, written page by page */

/* VmPTE is told in kB, in whose rounding a table of 256 bytes is lost. */
static void need_tables_of_whole_kilobytes(size_t huge)
{
	if (huge / page_size() * sizeof(void *) % 1024 != 0) {
		undecided("needs lowest tables of a kB at least: those of POWER with pages of "
			  "64 KiB are smaller");
	}
}

/* Bytes of tables that private memory of this length costs, all of it written. */
static size_t tables_of_private_memory(size_t huge, int advice)
{
	char *room = room_for_huge_pages(STRETCHES, huge);
	size_t before = status_bytes("VmPTE");

	arrange(mmap(room, STRETCHES * huge, PROT_READ | PROT_WRITE,
		     MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == room);
	arrange(madvise(room, STRETCHES * huge, advice) == 0);
	store_each(room, STRETCHES * huge / page_size(), 'x');

	size_t after = status_bytes("VmPTE");
	size_t in_huge_pages = observe_usage("private memory", room, STRETCHES * huge).huge;

	if (in_huge_pages != (advice == MADV_HUGEPAGE ? STRETCHES * huge : 0)) {
		undecided("needs %d free huge pages: memory in larger pieces", STRETCHES);
	}
	return after - before;
}

CLAIM(private_huge_pages_cost_no_more_tables, "ptable-15",
      "Tables of private memory in huge pages are no larger than those of as much in small ones",
      .needs = HUGE_PAGES | PROCESS_STATUS | AREA_USAGE)
{
	size_t huge = huge_page_size_up_to(LARGEST), tables[2];

	need_tables_of_whole_kilobytes(huge);
	arrange(prctl(PR_SET_THP_DISABLE, 0, 0, 0, 0) == 0);
	tables[0] = tables_of_private_memory(huge, MADV_NOHUGEPAGE);
	tables[1] = tables_of_private_memory(huge, MADV_HUGEPAGE);
	assert_at_most(tables[1], tables[0],
		       "bytes of tables with huge pages, and with small ones");
}

CLAIM(collapsed_files_need_no_lowest_table, "ptable-15",
      "The lowest tables of a file in memory are gone once it is collapsed into huge pages",
      .needs = PROCESS_STATUS | AREA_USAGE)
{
	size_t huge = huge_page_size_up_to(LARGEST);
	int fd = memory_file(0, 0);
	char *room = room_for_huge_pages(STRETCHES, huge);
	size_t before = status_bytes("VmPTE");

	need_tables_of_whole_kilobytes(huge);
	arrange(ftruncate(fd, (off_t)(STRETCHES * huge)) == 0);
	arrange(mmap(room, STRETCHES * huge, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, fd,
		     0) == room);
	store_each(room, STRETCHES * huge / page_size(), 'x');
	assert_at_least(status_bytes("VmPTE") - before,
			STRETCHES * huge / page_size() * sizeof(void *),
			"bytes of tables with small pages");
	if (!try_to_collapse(room, STRETCHES * huge)) {
		undecided(
			"needs MADV_COLLAPSE of files in memory, Linux 6.1 or later, and free huge "
			"pages: errno %d",
			errno);
	}
	load(room);
	load(room + STRETCHES * huge - 1);
	size_t after = status_bytes("VmPTE");

#ifdef __powerpc__
	undecided("needs a processor whose files keep no table aside: all but some of PowerPC");
#endif
	if (observe_usage("collapsed file", room, STRETCHES * huge).huge != STRETCHES * huge) {
		undecided("needs a file that stays in huge pages: more free memory");
	}
	assert_equals(after - before, 0, "bytes of tables with huge pages");
}

CONTROL(small_pages_need_lowest_tables, "ptable-15",
	"In small pages the same memory costs at least an entry for each page",
	.needs = HUGE_PAGES | PROCESS_STATUS | AREA_USAGE)
{
	need_tables_as_large_as_pages();

	size_t huge = huge_page_size_up_to(LARGEST);

	assert_at_least(tables_of_private_memory(huge, MADV_NOHUGEPAGE),
			STRETCHES * huge / page_size() * sizeof(void *), "bytes of tables");
}
