/* SPDX-License-Identifier: MIT */
/* A program is told that it has one header more than it has. */
#include <unistd.h>

#include <touchstone/files.h>
#include <touchstone/specimens.h>

#include "worlds/images.h"
#include "worlds/world.h"

static void add_header(int file)
{
	struct image *image = read_image(file);
	struct specimen old = {"old", image->bytes, image->bytes + image->length};
	struct specimen longer = specimen_with_header(&old, (ElfW(Phdr)){.p_type = PT_NULL}, NULL,
						      0);

	write_at(image->writer, longer.bytes, (size_t)(longer.end - longer.bytes), 0);
	close(image->writer);
}

WORLD("A machine that counts a program header more", .breaks = "it_tells_where_the_program_is",
      .spares = "it_tells_about_the_machine_and_the_user exec-43 exec-34", .image = add_header);
