/* SPDX-License-Identifier: MIT */
/*
 * A randomised image moves as a whole, by whole pages, and not every image moves
 * ==============================================================================
 *
 * Address space layout randomisation puts a program somewhere else at each start (document 004, 3.7).
 * What moves is the image: all its segments together, by one random number, and that a multiple
 * of the page size, for segments are mapped from whole pages of the file. So whoever learns
 * the address of one function knows those of all others.
 *
 *      file       headers . . . . first instruction . . . . data
 *      run 1      |<------------- image ------------------------>|
 *      run 2                 |<------------- image ------------------------>|
 *      linked     |<------------- image ------------------------>|   with -no-pie: always here
 *
 * And a program that was linked for a fixed place (-no-pie) is loaded there, each time, while its
 * stack moves all the same. "The addresses change from run to run" is true of position-independent
 * programs only: how a program is linked decides, not the system alone.
 *
 * Look with: two small programs that say where they are, from the processor and from the
 * auxiliary vector; their ELF headers.
 * Read on:   elf(5), getauxval(3), proc(5) "randomize_va_space"; document 004 section 3.7.
 */
#include <elf.h>
#include <link.h>

#include <touchstone/experiment.h>

EXPERIMENT("A randomised image moves as a whole, by whole pages, and not every image moves");

SPECIMEN(tells_its_places_fixed);
SPECIMEN(tells_its_places_movable);

enum { RUNS = 8 };

struct places {
	unsigned long long running, headers, entry, stack;
};

static struct places places_of(const struct specimen *specimen)
{
	struct specimen_run run = run_specimen(specimen, NULL);

	return (struct places){specimen_said(&run, "running"), specimen_said(&run, "headers"),
			       specimen_said(&run, "entry"), specimen_said(&run, "stack")};
}

/* Where the file's header says that the first instruction is; the image is loaded relative to it. */
static unsigned long long linked_entry(const struct specimen *specimen)
{
	return ((const ElfW(Ehdr) *)(const void *)specimen->bytes)->e_entry;
}

CLAIM(its_parts_keep_their_distances, "prot-19",
      "In each run code, headers and first instruction have the same distances from each other",
      .needs = SPECIMENS)
{
	struct places first = places_of(&tells_its_places_movable);

	for (size_t i = 1; i < RUNS; i++) {
		struct places next = places_of(&tells_its_places_movable);

		assert_equals(next.running - next.entry, first.running - first.entry,
			      "bytes from the first instruction to the code that runs");
		assert_equals(next.headers - next.entry, first.headers - first.entry,
			      "bytes from the first instruction to the headers");
	}
}

CLAIM(it_moves_by_whole_pages, "prot-19",
      "The image is loaded a whole number of pages away from where it was linked",
      .needs = SPECIMENS)
{
	const struct specimen *both[] = {&tells_its_places_movable, &tells_its_places_fixed};

	for (size_t i = 0; i < 2 * RUNS; i++) {
		unsigned long long moved = places_of(both[i % 2]).entry - linked_entry(both[i % 2]);

		assert_equals(moved % page_size(), 0, "bytes that it moved beyond whole pages");
	}
}

CLAIM(a_fixed_image_never_moves, "prot-19",
      "A program that is linked for a fixed place is there in each run, while its stack moves",
      .needs = SPECIMENS | RANDOM_LAYOUT)
{
	struct places first = places_of(&tells_its_places_fixed);
	size_t stacks_moved = 0;

	assert_equals(first.entry, linked_entry(&tells_its_places_fixed), "its first instruction");
	for (size_t i = 1; i < RUNS; i++) {
		struct places next = places_of(&tells_its_places_fixed);

		assert_equals(next.running, first.running, "where its code is");
		assert_equals(next.headers, first.headers, "where its headers are");
		assert_equals(next.entry, first.entry, "where its first instruction is");
		stacks_moved += next.stack != first.stack;
	}
	assert_at_least(stacks_moved, 1, "runs with the stack elsewhere");
}

CONTROL(a_movable_image_moves, "prot-19",
	"The same program, linked so that it can be loaded anywhere, is elsewhere in other runs",
	.needs = SPECIMENS | RANDOM_LAYOUT)
{
	struct places first = places_of(&tells_its_places_movable);
	size_t moved = 0;

	for (size_t i = 1; i < RUNS; i++) {
		moved += places_of(&tells_its_places_movable).running != first.running;
	}
	assert_at_least(moved, 1, "runs with the code elsewhere");
}
