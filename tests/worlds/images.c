/* SPDX-License-Identifier: MIT */
/* What several worlds do to a specimen's file: images.h. */
#include "worlds/images.h"

#include <fcntl.h>
#include <unistd.h>

#include <touchstone/files.h>
#include <touchstone/outcome.h>

struct image *read_image(int file)
{
	static struct image image;
	ssize_t length = pread(file, image.bytes, sizeof image.bytes, 0);

	arrange(length > 0 && length < (ssize_t)sizeof image.bytes / 2);
	image.writer = open_again(file, O_RDWR);
	image.length = (size_t)length;
	image.header = (void *)image.bytes;

	ElfW(Phdr) *parts = (void *)(image.bytes + image.header->e_phoff);

	image.data = NULL;
	for (int i = 0; i < image.header->e_phnum; i++) {
		if (parts[i].p_type == PT_LOAD && parts[i].p_flags & PF_W) {
			image.data = &parts[i];
		}
	}
	arrange(image.data != NULL);
	return &image;
}

void write_image(struct image *image)
{
	write_at(image->writer, image->bytes, image->length, 0);
	arrange(close(image->writer) == 0);
}
