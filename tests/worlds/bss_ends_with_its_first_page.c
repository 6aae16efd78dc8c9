/* SPDX-License-Identifier: MIT */
/* Zeroed globals get the rest of the page that data ends in, and not one page more. */
#include <touchstone/memory.h>

#include "worlds/images.h"
#include "worlds/world.h"

static void alter(int file)
{
	struct image *image = read_image(file);
	size_t end = image->data->p_vaddr + image->data->p_filesz;

	image->data->p_memsz = (end + page_size() - 1) / page_size() * page_size() -
			       image->data->p_vaddr;
	write_image(image);
}

WORLD("A machine where bss ends with its first page",
      .breaks = "bss_is_as_long_as_the_header_says exec-09",
      .spares = "every_byte_of_data_is_the_files exec-06 exec-04", .image = alter);
