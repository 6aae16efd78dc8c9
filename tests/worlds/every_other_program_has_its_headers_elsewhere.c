/* SPDX-License-Identifier: MIT */
/* In every other run the headers of a program are in another place of its image. */
#include <string.h>

#include <touchstone/outcome.h>

#include "worlds/images.h"
#include "worlds/world.h"

static void move_headers(int file)
{
	static int runs;
	struct image *image = read_image(file);
	ElfW(Phdr) *first = (ElfW(Phdr) *)(void *)(image->bytes + image->header->e_phoff);
	size_t length = image->header->e_phnum * sizeof *first, to;

	while (first->p_type != PT_LOAD) {
		first++;
	}
	if (runs++ % 2 == 1) {
		/* Behind the first segment there is room up to the next page of the file. */
		to = (first->p_offset + first->p_filesz + 15) & ~(size_t)15;
		arrange(to + length <= image->length);
		first->p_filesz = first->p_memsz = to + length - first->p_offset;
		memcpy(image->bytes + to, image->bytes + image->header->e_phoff, length);
		image->header->e_phoff = to;
	}
	write_image(image);
}

WORLD("A machine where every other program has its headers elsewhere",
      .breaks = "its_parts_keep_their_distances a_fixed_image_never_moves",
      .spares = "it_moves_by_whole_pages a_movable_image_moves prot-04", .image = move_headers);
