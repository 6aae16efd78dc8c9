/* SPDX-License-Identifier: MIT */
/*
 * mprotect gives just the rights it is told, whatever there was before
 * ====================================================================
 *
 * mmap gives an area its first rights, mprotect(2) its later ones, and the later ones owe nothing
 * to the earlier: rights are replaced, not added and not taken away. Nor does it matter what
 * the pages show (anonymous memory, shared memory, a file), or whether there is a frame behind
 * them yet. From any set of rights to any other takes one call:
 *
 *               NONE <-----------> READ
 *                 ^  \         /   ^
 *                 |    \     /     |          load    store
 *                 |      \ /       |   NONE   trap    trap
 *                 |      / \       |   READ   works   trap
 *                 |    /     \     |   WRITE  (open)  works
 *                 v  /         \   v   R|W    works   works
 *              WRITE <-----------> READ|WRITE
 *
 * Document 003 says of mprotect that it changes regions. Their bytes are not changed: a page that
 * was forbidden and then allowed holds what it held.
 *
 * Look with: loads and stores at the first and the last byte; every byte in the end.
 * Read on:   mprotect(2); documents 003, 004 section 14.2.
 */
#include <signal.h>
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("mprotect gives just the rights it is told, whatever there was before");

enum { READ_WRITE = PROT_READ | PROT_WRITE, PAGES = 4, FROM = 1, CHANGED = 2, SEED = 7 };

static const int values[] = {PROT_NONE, PROT_READ, PROT_WRITE, READ_WRITE};
enum { VALUES = sizeof values / sizeof *values };

static void assert_as_permitted(struct trap trap, bool permitted)
{
	if (permitted) {
		assert_no_trap(trap);
	} else {
		assert_trap(trap, SIGSEGV, SEGV_ACCERR, trap.target);
	}
}

/* At both ends of what was changed these rights hold, and beside it everything is permitted. */
static void assert_rights(char *area, int rights, unsigned char first, unsigned char last)
{
	char *low = page(area, FROM), *high = page(area, FROM + CHANGED) - 1;

	if (rights != PROT_WRITE) { /* may be read where no page can be written and not read */
		assert_as_permitted(try_load(low), rights & PROT_READ);
		assert_as_permitted(try_load(high), rights & PROT_READ);
	}
	assert_as_permitted(try_store(low, first), rights & PROT_WRITE);
	assert_as_permitted(try_store(high, last), rights & PROT_WRITE);
	assert_no_trap(try_store(low - 1, load(low - 1)));
	assert_no_trap(try_store(high + 1, load(high + 1)));
}

/* From each set of rights to each other one, and nothing of it shows in the bytes. */
static void change_to_and_fro(char *area)
{
	unsigned char first = load(page(area, FROM)), last = load(page(area, FROM + CHANGED) - 1);

	for (size_t from = 0; from < VALUES; from++) {
		for (size_t to = 0; to < VALUES; to++) {
			arrange(mprotect(page(area, FROM), CHANGED * page_size(), values[from]) ==
				0);
			assert_accepted(
				mprotect(page(area, FROM), CHANGED * page_size(), values[to]));
			assert_rights(area, values[to], first, last);
		}
	}
	arrange(mprotect(area, PAGES * page_size(), READ_WRITE) == 0);
}

CLAIM(from_any_rights_to_any_other, "prot-30",
      "Private memory goes from any rights to any others by one call, and keeps every byte")
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, SEED);

	change_to_and_fro(area);
	assert_pattern(area, PAGES * page_size(), SEED, "the four pages");
}

CLAIM(untouched_pages_obey_too, "prot-30",
      "Pages that nobody has touched yet obey the rights they get, and come as zeros")
{
	const int kinds[] = {MAP_PRIVATE, MAP_SHARED};

	for (size_t kind = 0; kind < 2; kind++) {
		for (size_t i = 0; i < VALUES; i++) {
			char *area = fresh_pages(PAGES, kinds[kind]);

			assert_accepted(
				mprotect(page(area, FROM), CHANGED * page_size(), values[i]));
			assert_rights(area, values[i], 0, 0);
			arrange(mprotect(area, PAGES * page_size(), PROT_READ) == 0);
			assert_all_bytes(area, PAGES * page_size(), 0, "the four pages");
		}
	}
}

CLAIM(files_and_shared_memory_obey_too, "prot-30",
      "Shared memory and either kind of file mapping obey the rights they get, byte for byte")
{
	char *areas[] = {filled_pages(PAGES, MAP_SHARED, SEED),
			 fresh_mapping(PAGES, MAP_SHARED, memory_file(PAGES, SEED)),
			 fresh_mapping(PAGES, MAP_PRIVATE, memory_file(PAGES, SEED))};

	for (size_t i = 0; i < sizeof areas / sizeof *areas; i++) {
		change_to_and_fro(areas[i]);
		assert_pattern(areas[i], PAGES * page_size(), SEED, "the four pages");
	}
}

CONTROL(without_the_call_everything_goes_through, "prot-30",
	"The same accesses to the same kinds of memory, never protected, all go through")
{
	char *areas[] = {filled_pages(PAGES, MAP_PRIVATE, SEED),
			 filled_pages(PAGES, MAP_SHARED, SEED),
			 fresh_mapping(PAGES, MAP_PRIVATE, memory_file(PAGES, SEED))};

	for (size_t i = 0; i < sizeof areas / sizeof *areas; i++) {
		char *low = page(areas[i], FROM), *high = page(areas[i], FROM + CHANGED) - 1;

		assert_rights(areas[i], READ_WRITE, 'l', 'h');
		assert_byte(low, 'l', "the first byte, stored to");
		assert_byte(high, 'h', "the last byte, stored to");
	}
}
