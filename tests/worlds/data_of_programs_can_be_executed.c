/* SPDX-License-Identifier: MIT */
/* The loader gives the data of a program the right to be executed. */
#include "worlds/images.h"
#include "worlds/world.h"

static void let_data_run(int file)
{
	struct image *image = read_image(file);

	image->data->p_flags |= PF_X;
	write_image(image);
}

WORLD("A machine where data of programs can be executed", .breaks = "no_program_begins_with_one",
      .spares = "this_program_has_none exec-08", .image = let_data_run);
