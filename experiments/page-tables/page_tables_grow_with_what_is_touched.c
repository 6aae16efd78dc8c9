/* SPDX-License-Identifier: MIT */
/*
 * Page tables grow with what is touched
 * =====================================
 *
 * A page table holds an entry for each page, and an entry has a price: 8 bytes on 64-bit machines,
 * for a page of 4096 about 0.2 percent. Document 004 (sections 6.4 and 8.2) counts that among the
 * costs of paging. The price is paid in whole tables, of which one describes a stretch of addresses
 * (2 MiB on x86-64), and only for stretches in which some page was touched, however much is mapped:
 *
 *      mapped     |          |          |          |          |          |
 *      touched    |xxxxxxxxxx|x         |          |xxxxxxxxxx|          |
 *      tables      [512 entries] [512]      none    [512 entries]  none
 *
 * To read is to touch. A page that was only read is no memory of this process, for the kernel lends
 * its one page of zeros to all of them; but each needs an entry that says so. So a gigabyte of
 * which nothing was ever written can occupy two mebibytes, and none of it shows in Rss.
 *
 * Look with: /proc/PID/status, VmPTE. The claims read, so that even large stretches cost no frames.
 * Read on:   proc_pid_status(5); document 001; document 004 sections 6.4, 8.2, 8.3 and 13.3.
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>
#include <touchstone/processors.h>

EXPERIMENT("Page tables grow with what is touched");

enum { STRETCHES = 8, FEW = 16 };

/* The pages that one page full of entries describes, if an entry is as long as a pointer. */
static size_t entries(void)
{
	return page_size() / sizeof(void *);
}

static char *stretch(char *area, size_t number)
{
	return page(area, number * entries());
}

/*
 * Stretches of memory to be read. In the first and the last a page was touched already: so the tables
 * of all the higher levels are there, and between them only the lowest are missing.
 */
static char *stretches_between(void)
{
	need_tables_as_large_as_pages();
	size_t size = entries() * page_size();
	char *area = mmap(NULL, (STRETCHES + 1) * size, PROT_READ,
			  MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	arrange(area != MAP_FAILED);
	area += (size - (uintptr_t)area % size) % size;
	load_each(area, FEW);
	load_each(stretch(area, STRETCHES - 1), FEW);
	(void)status_bytes("VmPTE");
	return area;
}

/* An entry is 8 bytes long; on 32-bit machines, which may have a short and a long form, 4 or 8. */
static void assert_entries(size_t bytes, size_t pages, const char *what)
{
	if (sizeof(void *) == 8) {
		assert_equals(bytes, pages * 8, what);
	} else {
		assert_at_least(bytes, pages * 4, what);
		assert_at_most(bytes, pages * 8, what);
	}
}

CLAIM(what_is_only_mapped_has_no_table, "ptable-01",
      "Of an area that is mapped at once, the stretches that are touched get tables, and no other",
      .needs = PROCESS_STATUS)
{
	char *area = stretches_between();
	size_t before = status_bytes("VmPTE");
	const size_t each[] = {1, 3, 4};

	for (size_t i = 0; i < 3; i++) {
		load_each(stretch(area, each[i]), entries());
		assert_entries(status_bytes("VmPTE") - before, (i + 1) * entries(),
			       "bytes of page tables since the first stretch was touched");
	}
}

CLAIM(each_page_costs_an_entry, "ptable-02",
      "Where every page is touched the tables grow by one entry for each, and not a second time",
      .needs = PROCESS_STATUS)
{
	char *area = stretches_between();
	size_t pages = (STRETCHES - 2) * entries(), before = status_bytes("VmPTE");

	load_each(stretch(area, 1), pages);

	size_t after = status_bytes("VmPTE");

	assert_entries(after - before, pages, "bytes of page tables");
	load_each(stretch(area, 1), pages);
	assert_equals(status_bytes("VmPTE"), after, "VmPTE when all was touched again");
	evidence("share of the memory", "%.3f percent",
		 100.0 * (double)(after - before) / (double)(pages * page_size()));
}

CLAIM(zeros_have_tables_too, "ptable-16",
      "Pages that are only read are no resident memory, and cost as many tables as written ones",
      .needs = PROCESS_STATUS | AREA_USAGE)
{
	char *area[] = {stretches_between(), stretches_between()};
	size_t tables[3], length = STRETCHES * entries() * page_size();

	for (size_t i = 1; i < STRETCHES - 1; i++) {
		arrange(mprotect(stretch(area[1], i), page_size(), PROT_READ | PROT_WRITE) == 0);
	}
	tables[0] = status_bytes("VmPTE");
	for (size_t i = 1; i < STRETCHES - 1; i++) {
		load_each(stretch(area[0], i), 1);
	}
	tables[1] = status_bytes("VmPTE");
	for (size_t i = 1; i < STRETCHES - 1; i++) {
		store_each(stretch(area[1], i), 1, 'w');
	}
	tables[2] = status_bytes("VmPTE");
	assert_differs(tables[1] - tables[0], 0, "bytes of page tables for what was read");
	assert_equals(tables[1] - tables[0], tables[2] - tables[1],
		      "bytes of page tables for what was read, and for as much that was written");
	assert_equals(observe_usage("read", area[0], length).rss, 0, "Rss of what was read");
	assert_equals(observe_usage("written", area[1], length).rss, (STRETCHES - 2) * page_size(),
		      "Rss of what was written");
}

CONTROL(a_table_serves_its_whole_stretch, "ptable-01 ptable-02 ptable-16",
	"Where a stretch has its table, more of its pages are touched and the tables do not grow",
	.needs = PROCESS_STATUS)
{
	char *area = stretches_between();

	load_each(stretch(area, 1), 1);
	(void)status_bytes("VmPTE");

	size_t before = status_bytes("VmPTE");

	load_each(stretch(area, 1), FEW);
	assert_equals(status_bytes("VmPTE"), before, "VmPTE after a few pages more");
}
