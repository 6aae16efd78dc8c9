/* SPDX-License-Identifier: MIT */
/*
 * The page that data ends in is the file's to its end: nobody clears what stands there behind data.
 * (A segment more brings that page once again, as it is.)
 */
#include <touchstone/memory.h>

#include "worlds/images.h"
#include "worlds/world.h"

static void alter(int file)
{
	struct image *image = read_image(file);
	ElfW(Phdr) *end = (ElfW(Phdr) *)(image->bytes + image->header->e_phoff) +
			  image->header->e_phnum;
	size_t left_over = (image->data->p_vaddr + image->data->p_filesz) % page_size();

	arrange(left_over > 0 && end - 1 > image->data && end[-1].p_type != PT_LOAD);
	end[-1] = *image->data;
	end[-1].p_flags = PF_R;
	end[-1].p_vaddr += image->data->p_filesz - left_over;
	end[-1].p_offset += image->data->p_filesz - left_over;
	end[-1].p_filesz = end[-1].p_memsz = page_size();
	write_image(image);
}

WORLD("A machine whose loader leaves what the file has behind data",
      .breaks = "every_byte_of_bss_is_zero"
		" zeroed_globals_come_from_nowhere.what_the_header_counts_as_data_is_not_zeroed",
      .spares = "every_byte_of_data_is_the_files bss_is_as_long_as_the_header_says exec-04",
      .image = alter);
