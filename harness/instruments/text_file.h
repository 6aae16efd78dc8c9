/* SPDX-License-Identifier: MIT */
/*
 * A file of /proc or /sys as text. Nothing is allocated, nor left to stdio, which would move the break of a claim.
 */
#ifndef INSTRUMENTS_TEXT_FILE_H
#define INSTRUMENTS_TEXT_FILE_H

#include <stdbool.h>
#include <stddef.h>

/*
 * The beginning of the file, as far as there is room, with a 0 behind it; how many bytes that is without the 0. Where
 * the file cannot be read it is empty: 0, and errno.
 */
size_t text_of_file(const char *path, char *text, size_t room);

/* One of the words of the text, between any of the separators, is this one. */
bool text_has_word(const char *text, const char *word, const char *separators);

/* The number behind a name and a space at the beginning of a line; -1 where no line begins so, or there is no text. */
long long text_number_of(const char *text, const char *name);

#endif
