/* SPDX-License-Identifier: MIT */
/* What a claim's process tells its runner: it may die in the midst of a word, and its child may write across. */
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "run/result.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct claim claim = {.name = "claim", .ids = "", .sentence = "", .file = ""};
	struct result result;
	char *text = malloc(size ? size : 1);

	if (!text) {
		abort();
	}
	memcpy(text, data, size);
	result_from_records(&result, &claim, text, size);
	if (result.outcome >= OUTCOMES || !result.reason || !result.expected || !result.seen) {
		abort();
	}
	for (size_t i = 0; i < result.detail_count; i++) {
		fputs(result.details[i].field[0], nowhere());
	}
	result_free(&result);
	return 0;
}
