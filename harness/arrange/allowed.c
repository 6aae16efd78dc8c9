/* SPDX-License-Identifier: MIT */
/* What claims may do only by leave: see arrange/allowed.h. */
#include "arrange/allowed.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const known[] = {"swap", "overcommit"};

static bool is_word(const char *text, size_t length, const char *word)
{
	return strlen(word) == length && memcmp(text, word, length) == 0;
}

/* A word more than the list has commas: an empty list is one empty word. */
const char *allowed_unknown_word(const char *list)
{
	static char unknown[80];

	for (;;) {
		size_t length = strcspn(list, ",");
		bool found = false;

		for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
			found |= is_word(list, length, known[i]);
		}
		if (!found) {
			snprintf(unknown, sizeof unknown, "%.*s", (int)length, list);
			return unknown;
		}
		if (!list[length]) {
			return NULL;
		}
		list += length + 1;
	}
}

bool allow(const char *list)
{
	const char *before = getenv(ALLOWED_VARIABLE);
	char *both;

	if (!before || !*before) {
		return setenv(ALLOWED_VARIABLE, list, 1) == 0;
	}
	if (asprintf(&both, "%s,%s", before, list) < 0) {
		return false;
	}

	bool set = setenv(ALLOWED_VARIABLE, both, 1) == 0;

	free(both);
	return set;
}

bool is_allowed(const char *word)
{
	const char *list = getenv(ALLOWED_VARIABLE);

	while (list) {
		size_t length = strcspn(list, ",");

		if (is_word(list, length, word)) {
			return true;
		}
		list = list[length] ? list + length + 1 : NULL;
	}
	return false;
}
