/* SPDX-License-Identifier: MIT */
/* A program begins a few bytes behind the place that it was linked for. */
#include <touchstone/outcome.h>

#include "worlds/images.h"
#include "worlds/world.h"

/* The first instruction of a specimen clears a register that is clear: it can be left out. */
#if defined(__x86_64__) || defined(__i386__)
enum { FIRST_INSTRUCTION = 2 };
#elif defined(__aarch64__)
enum { FIRST_INSTRUCTION = 4 };
#else
enum { FIRST_INSTRUCTION = 0 };
#endif

static void begin_later(int file)
{
	struct image *image = read_image(file);

	if (FIRST_INSTRUCTION == 0) {
		undecided("needs a processor whose first instruction this world knows");
	}
	image->header->e_entry += FIRST_INSTRUCTION;
	write_image(image);
}

WORLD("A machine where programs move by less than a page",
      .breaks = "it_moves_by_whole_pages a_fixed_image_never_moves",
      .spares = "its_parts_keep_their_distances a_movable_image_moves prot-04",
      .image = begin_later);
