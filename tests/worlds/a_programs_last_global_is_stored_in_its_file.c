/* SPDX-License-Identifier: MIT */
/* Data is mapped shared at its end: what a program leaves in its last byte is in the file. */
#include "worlds/images.h"
#include "worlds/world.h"

static void store_back(int file)
{
	struct image *image = read_image(file);

	image->bytes[image->data->p_offset + image->data->p_filesz - 1] ^= 0xff;
	write_image(image);
}

WORLD("A machine where a program's last global is stored in its file",
      .breaks = "changing_a_global_leaves_the_file_alone",
      .spares = "every_byte_of_data_is_the_files every_byte_of_bss_is_zero exec-04 exec-09",
      .ran = store_back);
