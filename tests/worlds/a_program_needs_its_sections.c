/* SPDX-License-Identifier: MIT */
/* A program without section headers is taken for none. */

#include <touchstone/outcome.h>

#include "worlds/images.h"
#include "worlds/world.h"

static void look_for_sections(int file)
{
	struct image *image = read_image(file);

	if (image->header->e_shnum == 0) {
		image->header->e_phnum = 0;
	}
	write_image(image);
}

WORLD("A machine whose loader reads sections", .breaks = "sections_are_not_needed",
      .spares = "segments_are_mapped_in_whole_pages exec-08 exec-34", .image = look_for_sections);
