/* SPDX-License-Identifier: MIT */
/* Of the initialised globals of a program the last byte is not what its file has. */
#include "worlds/images.h"
#include "worlds/world.h"

static void alter(int file)
{
	struct image *image = read_image(file);

	image->bytes[image->data->p_offset + image->data->p_filesz - 1] ^= 1;
	write_image(image);
}

WORLD("A machine whose loader changes the last byte of data",
      .breaks = "every_byte_of_data_is_the_files changing_a_global_leaves_the_file_alone",
      .spares = "every_byte_of_bss_is_zero bss_is_as_long_as_the_header_says exec-09",
      .image = alter);
