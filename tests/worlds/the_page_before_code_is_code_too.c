/* SPDX-License-Identifier: MIT */
/* The segment before that of code has its rights, so that both are one area. */
#include "worlds/images.h"
#include "worlds/world.h"

static void join(int file)
{
	struct image *image = read_image(file);
	ElfW(Phdr) *parts = (void *)(image->bytes + image->header->e_phoff);

	for (int i = 0; i + 1 < image->header->e_phnum; i++) {
		if (parts[i].p_type == PT_LOAD && parts[i + 1].p_flags & PF_X) {
			parts[i].p_flags = parts[i + 1].p_flags;
		}
	}
	write_image(image);
}

WORLD("A machine where the page before code is code, too",
      .breaks = "segments_are_mapped_in_whole_pages", .spares = "sections_are_not_needed exec-22",
      .image = join);
