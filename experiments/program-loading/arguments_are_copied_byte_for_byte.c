/* SPDX-License-Identifier: MIT */
/*
 * Arguments are copied to the new program, byte for byte
 * ======================================================
 *
 * Words and environment of a new program are the only bytes of the old memory that come through
 * execve. They are copied, string by string, to the top of the stack that is being made:
 *
 *      old memory, scattered               top of the new stack
 *      argv -> "ls"   envp -> "A=1"        | ... "ls" "-l" "A=1" "B=2" name |
 *              "-l"           "B=2"          ^ argv[0]                      end
 *
 * Document 002 shows execve("a.out", NULL, NULL). Linux takes that for empty lists, other systems
 * do not; and since Linux 5.18 a program whose list is empty is given one word, the empty
 * one, because too many programs went wrong that read argv[0] unseen.
 *
 * Look with: a hash of every byte, taken by the new program.
 * Read on:   execve(2); document 002 "The execve Function Revisited".
 */
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("Arguments are copied to the new program, byte for byte");

SPECIMEN(does_as_told);

enum { STRINGS = 150, LONGEST = 200 };

static char *words[STRINGS + 1], *variables[STRINGS + 1];
static struct specimen_run run;

/* Strings of all lengths: the first one has no byte but its end. */
static void make_strings(char **list, const char *first)
{
	static char room[2 * STRINGS][LONGEST];
	static size_t used;

	for (size_t i = 0; i < STRINGS; i++) {
		char *text = list[i] = room[used++];
		size_t length = i;

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

CONTROL(one_word_less_has_another_hash, "exec-34 exec-18",
	"A byte that differs, or a word that is there, is noticed in what the program says",
	.needs = SPECIMENS)
{
	int file = specimen_file(&does_as_told);
	unsigned long long hashes[2];

	for (int i = 0; i < 2; i++) {
		START_PROGRAM(run) {
			execve(specimen_path(file), WORDS("", "hash", i ? "a" : "b"), WORDS(""));
		}
		hashes[i] = specimen_said(&run, "hash");
	}
	assert_differs(hashes[0], hashes[1], "the hash of words that differ in one byte");
	START_PROGRAM(run) {
		execve(specimen_path(file), WORDS("name"), WORDS("A=1"));
	}
	ck_assert_str_eq(run.output, "count=1\nword [name]\nvariable [A=1]\n");
}
