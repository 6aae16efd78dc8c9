/* SPDX-License-Identifier: MIT */
/* Words of /proc/PID/pagemap and /proc/kpageflags, drawn as strips of any length into buffers of any size. */
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "instruments/pagemap.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size < 2) {
		return 0;
	}

	size_t room = data[0] + 1U, count = (size - 1) / (2 * sizeof(uint64_t));
	uint64_t *words = malloc((count + 1) * sizeof *words);
	uint64_t *flags = malloc((count + 1) * sizeof *flags);
	char *text = malloc(room);

	if (words && flags && text) {
		memcpy(words, data + 1, count * sizeof *words);
		memcpy(flags, data + 1 + count * sizeof *words, count * sizeof *flags);
		pagemap_is_numbered(words, count);
		pagemap_draw(words, data[0] % 2 ? flags : NULL, count, text, room);
		if (strnlen(text, room) == room) {
			abort(); /* a text without an end */
		}
		for (size_t i = 0; i < count; i++) {
			pagemap_frame(words[i]);
			pagemap_letter(words[i], &flags[i]);
		}
	}
	free(words);
	free(flags);
	free(text);
	return 0;
}
