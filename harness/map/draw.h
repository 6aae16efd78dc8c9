/* SPDX-License-Identifier: MIT */
/* An address space drawn: as text, as JSON, as a page with a picture; and what has changed in one. */
#ifndef MAP_DRAW_H
#define MAP_DRAW_H

#include <stdio.h>

#include "map/space.h"

/* all: every area gets a line, even the ten thousandth of its kind. */
void draw_text(FILE *out, const struct space *space, bool all);
void draw_json(FILE *out, const struct space *space);
void draw_html(FILE *out, const struct space *space);

/* What has changed from one moment to a later one: areas that came, went, moved an end, filled. */
void draw_difference(FILE *out, const struct space *before, const struct space *after);
/* Both moments, one behind the other, in one JSON object. */
void draw_difference_json(FILE *out, const struct space *before, const struct space *after);

/*
 * The strip of page states of each area that `which` names: an address in it, or a part of its
 * words or path. 0, -ENOENT where none is meant, or what pagemap answered.
 */
int draw_pages(FILE *out, const struct space *space, const char *which);

/* "4 KiB", "1.5 GiB" into a static buffer of which there are four. */
const char *human_size(uint64_t bytes);

#endif
