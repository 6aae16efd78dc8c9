/* SPDX-License-Identifier: MIT */
/*
 * A first touch evicts nobody while memory is free, and reads no disk
 * ===================================================================
 *
 * Document 002 says that at the first touch of an anonymous page the kernel finds a victim page in
 * memory and swaps it out. In truth it takes a free frame, as document 004 (section 11) tells: a
 * victim is looked for when a fault occurs and no frame is free. And the cheapest victim then
 * is no swapped page but a clean page of some file, which is simply forgotten.
 *
 *      memory is free                           memory is full
 *
 *      [file][file][mine][mine][free][free]     [file][file][mine][mine]
 *                                ^                 ^
 *                   the next touch takes this      or this, whose owner loses it
 *
 * The other half of the sentence is true: no data come from disk, for zeros need not be read.
 * "Free" can be had for certain in a memory cgroup of our own: with room in it, and then without.
 *
 * Look with: mincore(2), getrusage(2) ru_majflt, memory.failcnt or memory.events of the cgroup.
 * Read on:   cgroups(7), Documentation/admin-guide/cgroup-v2.rst "memory.events"; document 002,
 *            introduction; document 004 sections 10, 11 and 11.4.
 */
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/sysinfo.h>

#include <touchstone/experiment.h>

EXPERIMENT("A first touch evicts nobody while memory is free, and reads no disk");

enum { FILE_PAGES = 256, TOUCHED = 256, ROOMY = 16 * TOUCHED, TIGHT = FILE_PAGES + TOUCHED / 2 };

/* A file on disk whose pages are clean, and in the page cache; mapped, but not touched. */
static char *clean_file_pages(void)
{
	char *file = mmap(NULL, FILE_PAGES * page_size(), PROT_READ, MAP_SHARED,
			  disk_file(FILE_PAGES, 1), 0);

	arrange(file != MAP_FAILED);
	arrange(count_in_memory(file, FILE_PAGES) == FILE_PAGES);
	return file;
}

/* Into a memory cgroup with room for so many pages. What is allocated from now on counts in it. */
static struct memory_group live_with(size_t pages)
{
	struct memory_group group = guard_memory_group(pages * page_size());

	enter_memory_group(&group);
	return group;
}

CLAIM(zeros_are_not_read_from_disk, "lazy-16",
      "Touching fresh pages, by loads or by stores, causes minor faults only and no major one",
      .needs = FAULT_COUNTS)
{
	char *stored = fresh_pages(2 * TOUCHED, MAP_PRIVATE),
	     *loaded = fresh_pages(2 * TOUCHED, MAP_PRIVATE);
	struct rusage before, after;

	getrusage(RUSAGE_SELF, &before);

	struct faults stores = faults_of(store_each(stored, 2 * TOUCHED, 'x'));
	struct faults loads = faults_of(load_each(loaded, 2 * TOUCHED));

	getrusage(RUSAGE_SELF, &after);
	evidence("blocks read meanwhile", "%ld", after.ru_inblock - before.ru_inblock);
	assert_equals(stores.minor, 2 * TOUCHED, "minor faults of the first stores");
	assert_equals(stores.major, 0, "major faults of the first stores");
	assert_equals(loads.minor, 2 * TOUCHED, "minor faults of the first loads");
	assert_equals(loads.major, 0, "major faults of the first loads");
}

CLAIM(earlier_pages_stay, "lazy-17",
      "While memory is free, touching many pages takes none of the pages touched before away",
      .needs = FAULT_COUNTS | PAGE_STATES)
{
	enum { MANY = 8 * TOUCHED };
	char *earlier = fresh_pages(TOUCHED, MAP_PRIVATE), *later = fresh_pages(MANY, MAP_PRIVATE);
	struct sysinfo machine;

	arrange(sysinfo(&machine) == 0);
	if ((uint64_t)machine.freeram * machine.mem_unit < 4 * MANY * (uint64_t)page_size()) {
		undecided("needs free memory: end some other programs");
	}
	write_pattern(earlier, TOUCHED * page_size(), 1);
	store_each(later, MANY, 'x');

	struct pages now = observe_pages("earlier pages", earlier, TOUCHED);
	size_t swapped = 0;

	for (size_t i = 0; i < now.count; i++) {
		swapped += page_is_swapped(now, i);
	}
	assert_equals(count_present(now), TOUCHED, "earlier pages that are present");
	assert_equals(swapped, 0, "earlier pages that are in swap");
	assert_equals(faults_of(load_each(earlier, TOUCHED)).minor, 0, "minor faults of a load");
	assert_pattern(earlier, TOUCHED * page_size(), 1, "the earlier pages");
}

CLAIM(with_room_nobody_loses_a_page, "lazy-17",
      "In a cgroup with room, touches come up against no limit and no page of a file has to go",
      .needs = MEMORY_CGROUP | DISK_FILE, .alone = "memory cgroup")
{
	struct memory_group group = live_with(ROOMY);
	char *file = clean_file_pages(), *area = fresh_pages(TOUCHED, MAP_PRIVATE);

	load_each(file, FILE_PAGES); /* mapped pages stay, whoever drops caches meanwhile */
	store_each(area, TOUCHED, 'x');
	assert_equals(count_in_memory(file, FILE_PAGES) + count_in_memory(area, TOUCHED),
		      FILE_PAGES + TOUCHED, "pages of the file and of ours in memory");
	assert_equals(memory_group_limit_hits(&group), 0, "times the limit was hit");
}

CONTROL(without_room_somebody_does, "lazy-17",
	"In a cgroup that is full, the same touches hit the limit and take pages from the file",
	.needs = MEMORY_CGROUP | DISK_FILE, .alone = "memory cgroup")
{
	struct memory_group group = live_with(TIGHT);
	char *file = clean_file_pages(), *area = fresh_pages(TOUCHED, MAP_PRIVATE);

	store_each(area, TOUCHED, 'x');
	assert_at_most(count_in_memory(file, FILE_PAGES) + count_in_memory(area, TOUCHED), TIGHT,
		       "pages of the file and of ours in memory, where 384 fit in");
	assert_at_least(memory_group_limit_hits(&group), 1, "times the limit was hit");
}

CONTROL(a_page_of_a_file_is_read_from_disk, "lazy-16",
	"The first load of a page of a file that is not in memory is one major fault",
	.needs = DISK_FILE | FAULT_COUNTS)
{
	int fd = cold_file(TOUCHED, 1);
	char *file = mmap(NULL, TOUCHED * page_size(), PROT_READ, MAP_PRIVATE, fd, 0);

	arrange(file != MAP_FAILED);
	arrange(madvise(file, TOUCHED * page_size(), MADV_RANDOM) == 0);

	struct faults spent = faults_of(load(page(file, TOUCHED / 2)));

	assert_equals(spent.major, 1, "major faults of the first load");
	assert_equals(spent.minor, 0, "minor faults of the first load");
}
