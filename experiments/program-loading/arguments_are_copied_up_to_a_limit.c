/* SPDX-License-Identifier: MIT */
/*
 * Arguments are copied to the new program, up to a limit
 * ======================================================
 *
 * Words and environment of a new program are the only bytes of the old memory that come through
 * execve. They are copied, string by string, to the top of the stack that is being made:
 *
 *      old memory, scattered               top of the new stack
 *      argv -> "ls"   envp -> "A=1"        | ... "ls" "-l" "A=1" "B=2" name |
 *              "-l"           "B=2"          ^ argv[0]                      end
 *
 * A stack has a limit, and so has what may be put on it. One string may take 32 pages, its final
 * zero included (MAX_ARG_STRLEN), and all of them with their pointers a quarter of RLIMIT_STACK. Beyond
 * either the answer is E2BIG. The quarter is never taken to be below 128 KiB, nor above 6 MiB.
 *
 * Document 002 shows execve("a.out", NULL, NULL). Linux takes that for empty lists, other systems
 * do not; and since Linux 5.18 a program whose list is empty is given one word, the empty
 * one, because too many programs went wrong that read argv[0] unseen.
 *
 * Look with: a hash of every byte, taken by the new program; errno.
 * Read on:   execve(2) "Limits on size of arguments and environment"; document 002.
 */
#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("Arguments are copied to the new program, up to a limit");

SPECIMEN(does_as_told);

enum { STRINGS = 300, LONGEST = 1000, ROOM = 40 * 65536, MIB = 1 << 20 };

static char *words[STRINGS + 1], *variables[STRINGS + 1];
static struct specimen_run run;

/* Strings of all lengths: the first one has no byte but its end. */
static void make_strings(char **list, const char *first)
{
	static char room[2 * STRINGS][LONGEST];
	static size_t used;

	for (size_t i = 0; i < STRINGS; i++) {
		char *text = list[i] = room[used++];
		size_t length = i * 3;

		for (size_t k = 0; k < length; k++) {
			text[k] = (char)('!' + (i * 7 + k) % 90);
		}
	}
	list[0] = (char *)first;
}

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

CLAIM(every_byte_arrives, "exec-34",
      "Words and environment arrive in order and in every byte, empty and long strings alike",
      .needs = SPECIMENS)
{
	int file = specimen_file(&does_as_told);

	make_strings(words, "does_as_told");
	make_strings(variables, "A=1");
	words[1] = "hash";
	words[2] = "";
	START_PROGRAM(run) {
		limit_quarter(MIB);
		assert_accepted(execve(specimen_path(file), words, variables));
	}
	assert_equals(run.status, 0, "how the program ended");
	assert_equals(specimen_said(&run, "strings"), 2 * STRINGS, "strings that arrived");
	assert_equals(specimen_said(&run, "hash"), hash_of(variables, hash_of(words, 2166136261U)),
		      "a hash of all their bytes");
}

CLAIM(no_list_is_an_empty_list, "exec-18",
      "NULL in place of both lists is accepted: no word at all, or one that is empty",
      .needs = SPECIMENS)
{
	int file = specimen_file(&does_as_told);
	char *const *volatile no_list = NULL; /* the compiler believes that it must not be */

	START_PROGRAM(run) {
		assert_accepted(execve(specimen_path(file), no_list, no_list));
	}
	assert_equals(run.status, 0, "how the program ended");
	assert_at_most(specimen_said(&run, "count"), 1, "words of the new program");
	ck_assert_str_eq(run.output,
			 specimen_said(&run, "count") ? "count=1\nword []\n" : "count=0\n");
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

CONTROL(one_word_less_has_another_hash, "exec-34 exec-18 exec-35",
	"A byte that differs, or a word that is there, is noticed in what the program says",
	.needs = SPECIMENS)
{
	int file = specimen_file(&does_as_told);
	unsigned long long hashes[2];

	for (int i = 0; i < 2; i++) {
		START_PROGRAM(run) {
			execve(specimen_path(file), (char *[]){"", "hash", i ? "a" : "b", NULL},
			       (char *[]){"", NULL});
		}
		hashes[i] = specimen_said(&run, "hash");
	}
	assert_differs(hashes[0], hashes[1], "the hash of words that differ in one byte");
	START_PROGRAM(run) {
		execve(specimen_path(file), (char *[]){"name", NULL}, (char *[]){"A=1", NULL});
	}
	ck_assert_str_eq(run.output, "count=1\nword [name]\nvariable [A=1]\n");
}
