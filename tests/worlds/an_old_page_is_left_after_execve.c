/* SPDX-License-Identifier: MIT */
/* Where the old program had the last page of a file's area the new one has memory, too. */
#include <link.h>
#include <unistd.h>

#include <touchstone/files.h>
#include <touchstone/memory.h>
#include <touchstone/specimens.h>

#include "worlds/images.h"
#include "worlds/world.h"

enum { LAST_PAGE = 19 };

static const size_t meeting_place = 0x60000000;

static void leave_a_page(int file)
{
	struct image *image = read_image(file);
	struct specimen old = {"old", image->bytes, image->bytes + image->length};
	ElfW(Phdr) page = {.p_type = PT_LOAD,
			   .p_flags = PF_R | PF_W,
			   .p_vaddr = meeting_place + LAST_PAGE * page_size(),
			   .p_memsz = page_size(),
			   .p_align = page_size()};
	struct specimen longer = specimen_with_header(&old, page, NULL, 0);

	write_at(image->writer, longer.bytes, (size_t)(longer.end - longer.bytes), 0);
	arrange(close(image->writer) == 0);
}

WORLD("A machine where an old page is left after execve", .breaks = "no_area_is_left",
      .spares = "what_others_share_stays_theirs exec-31 exec-32", .image = leave_a_page);
