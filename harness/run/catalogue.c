/* SPDX-License-Identifier: MIT */
/* The catalogue of claims, carried in every program as the text it is in docs/claims.tsv. */
#include "run/catalogue.h"

#include <string.h>

__asm__(".pushsection touchstone_texts,\"a\"\n"
	"catalogue_text:\n\t.incbin \"docs/claims.tsv\"\n"
	"catalogue_end:\n\t.byte 0\n\t.popsection\n");
extern const char catalogue_text[] __attribute__((visibility("hidden")));
extern const char catalogue_end[] __attribute__((visibility("hidden")));

static void split(const char *line, const char *end, struct row *row)
{
	for (int column = 0; column < COLUMNS; column++) {
		const char *tab = line < end ? memchr(line, '\t', (size_t)(end - line)) : NULL;
		const char *stop = tab ? tab : end;

		row->text[column] = line;
		row->length[column] = (size_t)(stop - line);
		line = tab ? tab + 1 : end;
	}
}

void catalogue_each(bool (*visit)(const struct row *row, void *context), void *context)
{
	const char *line = strchr(catalogue_text, '\n') + 1;

	while (line < catalogue_end) {
		const char *end = memchr(line, '\n', (size_t)(catalogue_end - line));
		struct row row;

		end = end ? end : catalogue_end;
		split(line, end, &row);
		if (row.length[ID] > 0 && !visit(&row, context)) {
			return;
		}
		line = end + 1;
	}
}

struct search {
	const char *id;
	size_t length;
	struct row *row;
	bool found;
};

static bool is_wanted(const struct row *row, void *context)
{
	struct search *search = context;

	if (row->length[ID] == search->length &&
	    memcmp(row->text[ID], search->id, search->length) == 0) {
		*search->row = *row;
		search->found = true;
	}
	return !search->found;
}

bool catalogue_find(const char *id, size_t length, struct row *row)
{
	struct search search = {id, length, row, false};

	catalogue_each(is_wanted, &search);
	return search.found;
}
