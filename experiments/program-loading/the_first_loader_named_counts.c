/* SPDX-License-Identifier: MIT */
/*
 * The first loader that a program names is the one that counts
 * ============================================================
 *
 * A dynamic program names the program that shall load the rest of it, its loader, in a header of its own
 * (PT_INTERP). execve opens that too, and has to refuse the whole where the loader cannot be had:
 *
 *      program's headers             execve
 *      PT_INTERP "/none"             ENOENT     which a shell reports as if the program were missing
 *      PT_INTERP "/"                 EACCES     the page of execve(2) says EISDIR
 *      PT_INTERP a text              ELIBBAD
 *      PT_INTERP "/none", a text     ENOENT     the page of execve(2) says EINVAL
 *
 * The page has EINVAL for a program that names two. The kernel never gets to know of the second one: it
 * takes the first that it finds, and looks no further. A folder, for the kernel, is just one more thing that
 * may not be executed.
 *
 * Look with: copies of a program, with a header or two more; errno.
 * Read on:   execve(2) "Errors", elf(5) PT_INTERP, ld.so(8).
 */
#include <elf.h>
#include <fcntl.h>
#include <link.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("The first loader that a program names is the one that counts");

SPECIMEN(does_as_told);

static struct specimen_run run;

/* A descriptor that stays open over execve. */
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

/* The specimen with up to two interpreters named in its program headers. */
static const char *program_with(const char *first, const char *second)
{
	const char *const names[] = {first, second};
	struct specimen program = does_as_told;

	for (int i = 0; i < 2 && names[i]; i++) {
		program = specimen_with_header(&program, (ElfW(Phdr)){.p_type = PT_INTERP},
					       names[i], strlen(names[i]) + 1);
	}
	return specimen_path(keep_open(specimen_file(&program)));
}

static const char text[] = "no program, but long enough for whoever looks for the header of one, "
			   "which has 64 bytes at most\n";

CLAIM(a_loader_has_to_be_a_program, "exec-33",
      "A missing loader is ENOENT, a folder EACCES, one in no known format ELIBBAD",
      .needs = SPECIMENS)
{
	const char *no_loader = specimen_path(file_of(text, sizeof text - 1));
	char *const words[] = {"program", NULL};

	assert_refused(execve(program_with("/there is no such program", NULL), words, words),
		       ENOENT);
	assert_refused(execve(program_with("/", NULL), words, words), EACCES);
	assert_refused(execve(program_with(no_loader, NULL), words, words), ELIBBAD);
	assert_refused(execve(program_with("", NULL), words, words), ENOEXEC);
}

CLAIM(the_first_loader_counts, "exec-37",
      "Of two loaders named in a program's headers the first one counts, and it is not EINVAL",
      .needs = SPECIMENS)
{
	const char *no_loader = specimen_path(file_of(text, sizeof text - 1));
	const char *missing = "/there is no such program";
	char *const words[] = {"program", NULL};

	assert_refused(execve(program_with(missing, no_loader), words, words), ENOENT);
	assert_refused(execve(program_with(no_loader, missing), words, words), ELIBBAD);
}

CONTROL(a_program_needs_none, "exec-33 exec-37",
	"The same program with its table moved, but no interpreter named, runs and has its own "
	"words",
	.needs = SPECIMENS)
{
	const char *path = program_with(NULL, NULL);

	START_PROGRAM(run) {
		assert_accepted(execve(path, WORDS("zero", "words"), NO_WORDS));
	}
	ck_assert_str_eq(run.output, "count=2\nword [zero]\nword [words]\n");
}
