/* SPDX-License-Identifier: MIT */
/* The options of `touchstone run`, its patterns, and the list of what is allowed; one argument a line. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <touchstone/claim.h>

#include "arrange/allowed.h"
#include "fuzz.h"
#include "run/registry.h"
#include "run/session.h"

static struct experiment experiment = {.title = "An experiment",
				       .file = "experiments/copy-on-write/a_sentence.c"};
static struct claim claims[] = {
	{.name = "it_is_so", .ids = "cow-01 cow-02", .sentence = "It is so", .file = "f.c"},
	{.name = "it_is_not",
	 .ids = "cow-03",
	 .sentence = "It is not",
	 .file = "f.c",
	 .is_control = true},
};

__attribute__((constructor)) static void register_all(void)
{
	registry_add_experiment(&experiment);
	for (size_t i = 0; i < sizeof claims / sizeof *claims; i++) {
		registry_add_claim(&experiment, &claims[i]);
	}
	/* What they print and complain of is nobody's concern here. */
	if (!freopen("/dev/null", "w", stdout)) {
		abort();
	}
}

enum { MOST = 16 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = malloc(size + 1), *arguments[MOST + 2] = {(char *)"touchstone run"}, *rest;
	const char *unknown;
	struct options options;
	int count = 1;

	if (!text) {
		abort();
	}
	memcpy(text, data, size);
	text[size] = 0;
	allowed_unknown_word(text);
	for (char *word = strtok_r(text, "\n", &rest); word && count <= MOST;
	     word = strtok_r(NULL, "\n", &rest)) {
		arguments[count++] = word;
	}
	if (session_read_options(count, arguments, &options) < 0) {
		if (options.jobs < 1 || options.jobs > 64 || !options.format) {
			abort();
		}
	}
	free(registry_choose(arguments + 1, (size_t)(count - 1), &unknown));
	unsetenv(ALLOWED_VARIABLE);
	free(text);
	return 0;
}
