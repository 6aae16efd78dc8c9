/* SPDX-License-Identifier: MIT */
/*
 * The catalogue of claims, docs/claims.tsv, carried in every program.
 */
#ifndef RUN_CATALOGUE_H
#define RUN_CATALOGUE_H

#include <stdbool.h>
#include <stddef.h>

/* Columns of a row, each a piece of the catalogue's text. */
enum column { ID, SOURCE, STATEMENT, VERDICT, NOTE, COLUMNS };
struct row {
	const char *text[COLUMNS];
	size_t length[COLUMNS];
};

/* Calls visit for each row, header excluded, until it answers false. */
void catalogue_each(bool (*visit)(const struct row *row, void *context), void *context);

/* The row of an id; false where there is none. */
bool catalogue_find(const char *id, size_t length, struct row *row);

#endif
