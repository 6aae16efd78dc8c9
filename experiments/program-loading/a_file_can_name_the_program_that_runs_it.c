/* SPDX-License-Identifier: MIT */
/*
 * A file can name the program that shall run it
 * =============================================
 *
 * Not every file that execve runs is loaded itself. One that begins with #! names a program in its first
 * line, and the kernel runs that one instead, with the file's name among its words. What
 * follows the name in that line is passed on as ONE word, with the spaces in it:
 *
 *      #!/bin/tool -a  -b            execve("script", {"zero", "one"})
 *      ...                           -> "/bin/tool" "-a  -b" "script" "one"
 *                                        its name  one word   the file   argv[1]...  argv[0] is lost
 *
 * So a script is run by whatever its author wrote, and may even be run by a script. The kernel follows
 * such a chain for some time, and then gives up.
 *
 * Look with: the words that the interpreter finds; errno.
 * Read on:   execve(2) "Interpreter scripts".
 */
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("A file can name the program that shall run it");

SPECIMEN(does_as_told);

static struct specimen_run run;

/* A descriptor that is still open in the new program: a script's interpreter opens the script. */
static int keep_open(int file)
{
	arrange(fcntl(file, F_SETFD, 0) == 0);
	return file;
}

static int file_of(const void *bytes, size_t length)
{
	const struct specimen file = {"file", bytes, (const unsigned char *)bytes + length};

	return keep_open(specimen_file(&file));
}

/* A script whose first line is "#!", the interpreter's name and these words. */
static int script(int interpreter, const char *rest)
{
	static char line[300];
	int length = snprintf(line, sizeof line, "#!%s%s\nwords\n", specimen_path(interpreter),
			      rest);

	return file_of(line, (size_t)length);
}

CLAIM(a_script_runs_its_interpreter, "exec-36",
      "The interpreter gets its name, the line's rest as one word, the script's name, and argv[1]",
      .needs = SPECIMENS)
{
	int interpreter = specimen_file(&does_as_told);
	int file = script(interpreter, " \t-a  -b c\t ");
	char expected[300];

	snprintf(expected, sizeof expected,
		 "count=5\nword [%s]\nword [-a  -b c]\nword [%s]\nword [words]\nword [two]\n"
		 "variable [A=1]\n",
		 specimen_path(interpreter), specimen_path(file));
	START_PROGRAM(run) {
		assert_accepted(
			execve(specimen_path(file), WORDS("zero", "words", "two"), WORDS("A=1")));
	}
	ck_assert_str_eq(run.output, expected);
}

CLAIM(without_a_rest_there_is_no_word, "exec-36",
      "Without more in its first line a script adds its name alone, whatever argv[0] was",
      .needs = SPECIMENS)
{
	int interpreter = specimen_file(&does_as_told);
	int file = script(interpreter, " ");
	char expected[300];

	snprintf(expected, sizeof expected, "count=3\nword [%s]\nword [%s]\nword [words]\n",
		 specimen_path(interpreter), specimen_path(file));
	START_PROGRAM(run) {
		assert_accepted(execve(specimen_path(file), WORDS("zero", "words"), NO_WORDS));
	}
	ck_assert_str_eq(run.output, expected);
}

CLAIM(scripts_of_scripts_have_an_end, "exec-36",
      "A script may be the interpreter of a script: a chain of five runs, one of six is ELOOP",
      .needs = SPECIMENS)
{
	enum { DEEPEST = 5 }; /* from nought */
	int file = specimen_file(&does_as_told);
	int script_of[DEEPEST + 1];

	for (int i = 0; i <= DEEPEST; i++) {
		file = script_of[i] = script(file, "");
	}
	START_PROGRAM(run) {
		assert_accepted(execve(specimen_path(script_of[DEEPEST - 1]), WORDS("zero", "pid"),
				       NO_WORDS));
	}
	assert_at_least(specimen_said(&run, "pid"), 1, "the number of the innermost program");
	assert_refused(execve(specimen_path(script_of[DEEPEST]), WORDS("zero"), NO_WORDS), ELOOP);
}

CLAIM(an_interpreter_has_to_be_there, "exec-33",
      "A script whose interpreter is missing is ENOENT, and one whose interpreter is a folder "
      "EACCES",
      .needs = SPECIMENS)
{
	static const char missing[] = "#!/there is no such program\n", folder[] = "#!/\n";
	char *const words[] = {"script", NULL};

	assert_refused(execve(specimen_path(file_of(missing, sizeof missing - 1)), words, words),
		       ENOENT);
	assert_refused(execve(specimen_path(file_of(folder, sizeof folder - 1)), words, words),
		       EACCES);
}

CONTROL(a_program_needs_no_interpreter, "exec-33 exec-36",
	"A program that is no script has the words it was given, its first one too, and no others",
	.needs = SPECIMENS)
{
	int file = specimen_file(&does_as_told);

	START_PROGRAM(run) {
		execve(specimen_path(file), WORDS("zero", "words", "two"), NO_WORDS);
	}
	ck_assert_str_eq(run.output, "count=3\nword [zero]\nword [words]\nword [two]\n");
}
