/* SPDX-License-Identifier: MIT */
/*
 * A library is mapped privately, and its code is shared all the same
 * ==================================================================
 *
 * Document 002 puts libraries into a "shared region". The word misleads: no page of a library is mapped
 * MAP_SHARED. Each process maps it privately, code and data, so that whoever changes a global of the
 * library changes it for itself. The code is in memory once none the less, because every private page
 * is the file's own page in the page cache, until somebody writes to it; and nobody writes code.
 *
 *      process A              page cache            process B
 *      code  r-xp  ---------> [ code ] <----------  code  r-xp
 *      data  rw-p  -> [A's]   [ data ]   [B's] <--  data  rw-p     both have written
 *
 * Look with: smaps (VmFlags sh and ms: shared), pagemap of both processes, and a byte of the library's data.
 * Read on:   ld.so(8), mmap(2) MAP_PRIVATE; document 002 "Shared Objects Revisited".
 */
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include <touchstone/experiment.h>
#include <touchstone/loader.h>

EXPERIMENT("A library is mapped privately, and its code is shared all the same");

SPECIMEN(starts_by_a_loader);
SPECIMEN(a_small_library);

static struct specimen_run first, second;

/* Starts a program with this library, up to the library's constructor, which waits. */
static void start(struct specimen_run *run, int library)
{
	demand_constructors();

	int program = specimen_file(&starts_by_a_loader);
	char preload[60];

	snprintf(preload, sizeof preload, "LD_PRELOAD=%s", specimen_path(library));
	arrange(fcntl(library, F_SETFD, 0) == 0); /* the loader opens it */
	START_PROGRAM(*run) {
		execve(specimen_path(program), WORDS("program"), WORDS(preload));
		if (errno == ENOENT || errno == ELIBBAD) {
			undecided("needs the dynamic loader that programs for this machine name");
		}
	}
	arrange(run->pid > 0 && "the loader has loaded the library");
}

/* The page where the program says that its library has this. */
static struct pages page_of_library(const struct specimen_run *run, const char *what)
{
	const void *address = (const void *)(uintptr_t)specimen_said(run, what);

	return observe_pages_of(run->pid, what, page_of(address), 1);
}

static void assert_private(const struct specimen_run *run, const char *what)
{
	const void *address = (const void *)(uintptr_t)specimen_said(run, what);
	struct usage usage = observe_usage_of(run->pid, what, page_of(address), page_size());

	assert_at_least(usage.size, page_size(), "bytes of the area");
	assert_equals(usage_has_flag(&usage, "sh"), false, "whether the area is shared");
	assert_equals(usage_has_flag(&usage, "ms"), false,
		      "whether it is mapped MAP_SHARED at all");
}

static void end_both(void)
{
	end_program(&first);
	end_program(&second);
	assert_equals(first.status, 0, "how the first program ended");
	assert_equals(second.status, 0, "how the second program ended");
}

CLAIM(nothing_of_it_is_mapped_shared, "exec-13",
      "Neither the area of a library's code nor that of its data is a shared one",
      .needs = SPECIMENS | AREA_USAGE)
{
	start(&first, specimen_file(&a_small_library));
	assert_private(&first, "code");
	assert_private(&first, "data");
	end_program(&first);
}

CLAIM(each_process_has_its_data, "exec-13",
      "What one process writes to a library's global is not what the next one finds",
      .needs = SPECIMENS)
{
	int library = specimen_file(&a_small_library);

	start(&first, library);
	start(&second, library);
	assert_equals(specimen_said(&first, "found"), 'f', "what the first one found, and changed");
	assert_equals(specimen_said(&second, "found"), 'f', "what the second one found");
	end_both();
}

CLAIM(its_code_is_there_once, "exec-13",
      "Two processes have one frame behind the code of a library, and two behind what they wrote",
      .needs = SPECIMENS | FRAME_IDENTITY)
{
	int library = specimen_file(&a_small_library);

	start(&first, library);
	start(&second, library);
	assert_same_frames(page_of_library(&first, "code"), page_of_library(&second, "code"));
	assert_strip(page_of_library(&first, "data"), "o");
	assert_strip(page_of_library(&second, "data"), "o");
	end_both();
}

CONTROL(two_files_are_two_libraries, "exec-13",
	"With a copy of the library's file for the second process, neither page is one frame",
	.needs = SPECIMENS | FRAME_IDENTITY)
{
	start(&first, specimen_file(&a_small_library));
	start(&second, specimen_file(&a_small_library));
	assert_strip(page_of_library(&first, "code"), "o");
	assert_strip(page_of_library(&second, "code"), "o");
	end_both();
}
