/* SPDX-License-Identifier: MIT */
/*
 * A large folio is mapped in few faults
 * =====================================
 *
 * Documents 003 and 004 (16.3) know one page per fault. The page cache of a newer kernel may
 * hold a file in large folios, many pages that lie side by side in memory and are kept as one.
 * Then one fault can enter all pages of a folio, for a store too, where single pages come one by
 * one. It depends on the file system, on how the file was written, on the version: nothing is
 * promised. But large folios must not make it worse.
 *
 *      written a page at a time     # # # # # # # # # # # # # # # #     a fault for each store
 *      written a mebibyte at once   [#############################]     a fault, at best
 *
 * So who counts faults of files has to know how the file was written.
 *
 * Look with: /proc/kpageflags, whose bits COMPOUND_HEAD and COMPOUND_TAIL mark a folio's pages.
 * Read on:   Documentation/admin-guide/mm/pagemap.rst; documents 003, 004 section 16.3.
 */
#include <limits.h>
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("A large folio is mapped in few faults");

enum {
	ROUNDS = 3,
	PAGES = 256,
	SEED = 5,
	PIECE = 256 * 1024,
	COMPOUND_HEAD = 15,
	COMPOUND_TAIL = 16
};

/* A file that is written in pieces as large as they can be. */
static int coarse_file(void)
{
	static char piece[PIECE];
	int fd = scratch_file(0, SEED);

	for (size_t at = 0; at < PAGES * page_size(); at += sizeof piece) {
		pattern_bytes(piece, sizeof piece, SEED, at);
		write_at(fd, piece, sizeof piece, at);
	}
	return fd;
}

static size_t count_in_large_folios(struct pages seen)
{
	const uint64_t either = UINT64_C(1) << COMPOUND_HEAD | UINT64_C(1) << COMPOUND_TAIL;
	size_t found = 0;

	arrange(seen.flags != NULL);
	for (size_t i = 0; i < seen.count; i++) {
		found += (seen.flags[i] & either) != 0;
	}
	return found;
}

/* A file whose pages are in large folios, and one whose pages are not. */
struct files {
	int coarse, fine;
};

static struct files two_files(void)
{
	struct files files = {coarse_file(), scratch_file(PAGES, SEED)};
	char *coarse = fresh_mapping(PAGES, MAP_SHARED, files.coarse);
	char *fine = fresh_mapping(PAGES, MAP_SHARED, files.fine);

	load_each(coarse, PAGES);
	load_each(fine, PAGES);
	if (count_in_large_folios(observe_pages("in pieces", coarse, PAGES)) < PAGES / 2 ||
	    count_in_large_folios(observe_pages("by the page", fine, PAGES)) > 0) {
		undecided("needs large folios in the page cache: ext4 of Linux 6.16, XFS, or tmpfs "
			  "with huge=");
	}
	return files;
}

/* The fewest of some rounds: one fault may have to be taken twice. */
static long faults_of_reading(char *place, int fd)
{
	long least = LONG_MAX;

	for (int round = 0; round < ROUNDS; round++) {
		arrange(mmap(place, PAGES * page_size(), PROT_READ, MAP_SHARED | MAP_FIXED, fd,
			     0) == place);
		keep_least(&least, faults_of(load_each(place, PAGES)).minor);
	}
	return least;
}

CLAIM(loads_cost_no_more_faults, "fault-21",
      "Reading a file in large folios costs no more faults than reading one in single pages",
      .needs = FAULT_COUNTS | PAGE_FLAGS)
{
	struct files files = two_files();
	char *place =
		reserve(PAGES); /* for both: a load brings neighbours by windows of addresses */
	long of_fine = faults_of_reading(place, files.fine);

	assert_at_most(faults_of_reading(place, files.coarse), of_fine, "minor faults");
	assert_pattern(place, PAGES * page_size(), SEED, "the file in large folios");
}

CLAIM(stores_cost_no_more_faults, "fault-21",
      "A store to each page costs a fault each in single pages, and in large folios no more",
      .needs = FAULT_COUNTS | PAGE_FLAGS)
{
	need_room_for_dirty_pages(2 * PAGES);

	struct files files = two_files();
	long of_fine = LONG_MAX, of_coarse = LONG_MAX;
	char *coarse = NULL;

	/* A page that is just being written to the disk is protected again, which costs a fault more. */
	for (int round = 0; round < ROUNDS && (of_fine > PAGES || of_coarse > PAGES); round++) {
		char *fine = fresh_mapping(PAGES, MAP_SHARED, files.fine);

		coarse = fresh_mapping(PAGES, MAP_SHARED, files.coarse);
		keep_least(&of_fine, of_both_kinds(faults_of(store_each(fine, PAGES, 's'))));
		keep_least(&of_coarse, of_both_kinds(faults_of(store_each(coarse, PAGES, 's'))));
	}
	assert_equals(of_fine, PAGES, "faults of single pages");
	assert_at_most(of_coarse, PAGES, "faults of large folios");
	for (size_t i = 0; i < PAGES; i++) {
		assert_byte(page(coarse, i), 's', "a byte that was stored");
	}
}

CONTROL(what_is_mapped_already_costs_nothing, "fault-21",
	"Over a mapping that was read through before, reading again costs no fault, large or not",
	.needs = FAULT_COUNTS | PAGE_FLAGS)
{
	struct files files = two_files();
	int each[] = {files.coarse, files.fine};

	for (size_t i = 0; i < 2; i++) {
		char *area = fresh_mapping(PAGES, MAP_SHARED, each[i]);

		assert_at_least(faults_of(load_each(area, PAGES)).minor, 1,
				"minor faults at first");
		assert_equals(faults_of(load_each(area, PAGES)).minor, 0, "minor faults then");
	}
}
