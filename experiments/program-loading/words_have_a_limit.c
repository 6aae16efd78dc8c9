/* SPDX-License-Identifier: MIT */
/*
 * The words of a new program have a limit
 * =======================================
 *
 * Words and environment of a new program are copied onto its stack. A stack has a limit, and so has
 * what may be put on it. One string may take 32 pages, its final zero included (MAX_ARG_STRLEN); all
 * of them together, with a pointer to each, a quarter of RLIMIT_STACK. Beyond either it is E2BIG.
 *
 *      limit of the stack   |------------------------------------------------------------|
 *      words, environment   |--------------| a quarter, but no more than 6 MiB
 *      one string           |--| 32 pages
 *
 * "Argument list too long", says the shell for "rm *" in a folder with too many files. It is not the
 * shell's limit, and not rm's.
 *
 * Look with: errno, with one byte more or less; a hash of every byte, taken by the new program.
 * Read on:   execve(2) "Limits on size of arguments and environment", getrlimit(2) RLIMIT_STACK.
 */
#include <sys/resource.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("The words of a new program have a limit");

SPECIMEN(does_as_told);

enum { STRINGS = 300, ROOM = 40 * 65536, MIB = 1 << 20 };

static char *words[STRINGS + 1], *variables[STRINGS + 1];
static struct specimen_run run;

/* FNV-1a, as the specimen has it. */
static unsigned hash_of(char *const *list, unsigned hash)
{
	for (; *list; list++) {
		const char *at = *list;

		do {
			hash = (hash ^ (unsigned char)*at) * 16777619U;
		} while (*at++);
	}
	return hash;
}

/* In a child: from here on a quarter of the stack's limit is so many bytes. */
static void limit_quarter(size_t bytes)
{
	struct rlimit limit;

	arrange(getrlimit(RLIMIT_STACK, &limit) == 0);
	limit.rlim_cur = 4 * bytes;
	if (limit.rlim_cur > limit.rlim_max) {
		undecided("needs a stack of %zu KiB: raise ulimit -Hs", 4 * bytes / 1024);
	}
	arrange(setrlimit(RLIMIT_STACK, &limit) == 0);
}

/* A string of so many bytes, its final zero included. */
static char *string_of(size_t bytes)
{
	static char text[ROOM];

	arrange(bytes <= sizeof text);
	memset(text, 'x', bytes - 1);
	text[bytes - 1] = '\0';
	return text;
}

CLAIM(a_string_has_a_limit, "exec-35",
      "A string of 32 pages, its end included, is passed on; one byte more is E2BIG",
      .needs = SPECIMENS)
{
	const size_t most = 32 * page_size();
	int file = specimen_file(&does_as_told);

	for (int list = 0; list < 2; list++) {
		char *long_words[] = {"does_as_told", "hash", list ? "" : string_of(most), NULL};
		char *long_variables[] = {list ? string_of(most) : "", NULL};

		START_PROGRAM(run) {
			limit_quarter(2 * most);
			assert_accepted(execve(specimen_path(file), long_words, long_variables));
		}
		assert_equals(specimen_said(&run, "hash"),
			      hash_of(long_variables, hash_of(long_words, 2166136261U)),
			      "a hash of all bytes");
		IN_CHILD {
			limit_quarter(2 * most);
			*(list ? &long_variables[0] : &long_words[2]) = string_of(most + 1);
			assert_refused(execve(specimen_path(file), long_words, long_variables),
				       E2BIG);
		}
	}
}

CLAIM(all_strings_have_a_limit, "exec-35",
      "Words and environment together may fill a quarter of the stack's limit, and not more",
      .needs = SPECIMENS)
{
	const size_t quarter = MIB / 2, each = MIB / STRINGS / 4 * 2;
	int file = specimen_file(&does_as_told);
	char *text = string_of(each);

	for (size_t i = 0; i < STRINGS; i++) {
		words[i] = variables[i] = text;
	}
	words[0] = "does_as_told";
	words[1] = "hash";
	words[STRINGS] = variables[STRINGS] = NULL;

	/* What they take: the strings, a pointer to each, and the name of the file. */
	const size_t taken = (2 * STRINGS - 2) * (each + sizeof(char *)) + 2 * sizeof(char *) +
			     sizeof "does_as_told" + sizeof "hash";

	START_PROGRAM(run) {
		limit_quarter(taken + page_size());
		assert_accepted(execve(specimen_path(file), words, variables));
	}
	assert_equals(specimen_said(&run, "strings"), 2 * STRINGS, "strings that arrived");
	assert_at_least(taken, quarter, "bytes that they take");
	IN_CHILD {
		limit_quarter(taken - (taken & 3) - sizeof(char *));
		assert_refused(execve(specimen_path(file), words, variables), E2BIG);
	}
}

CONTROL(a_larger_stack_lets_it_through, "exec-35",
	"What is too much for a quarter of one limit is not too much for that of a larger one",
	.needs = SPECIMENS)
{
	int file = specimen_file(&does_as_told);

	for (size_t i = 0; i < STRINGS; i++) {
		words[i] = i ? string_of(MIB / STRINGS) : "does_as_told";
	}
	IN_CHILD {
		limit_quarter(MIB / 2);
		assert_refused(execve(specimen_path(file), words, NO_WORDS), E2BIG);
	}
	START_PROGRAM(run) {
		limit_quarter(2 * MIB);
		assert_accepted(execve(specimen_path(file), words, NO_WORDS));
	}
	assert_equals(run.status, 0, "how the program ended");
}
