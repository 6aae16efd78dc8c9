/* SPDX-License-Identifier: MIT */
/*
 * What several worlds do to the executable file of a specimen.
 */
#ifndef WORLDS_IMAGES_H
#define WORLDS_IMAGES_H

#include <link.h>
#include <stddef.h>

enum { IMAGE = 1 << 20 };

/* An ELF file, read to be altered, and its last segment that is loaded and can be written. */
struct image {
	int writer;
	size_t length;
	unsigned char bytes[IMAGE];
	ElfW(Ehdr) * header;
	ElfW(Phdr) * data;
};

struct image *read_image(int file);
void write_image(struct image *image);

#endif
