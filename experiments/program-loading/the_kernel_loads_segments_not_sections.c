/* SPDX-License-Identifier: MIT */
/*
 * The kernel loads segments, and does not look at sections
 * ========================================================
 *
 * Document 002: "The code and data areas are mapped to the .text and .data sections of the a.out
 * file." It is a fair picture, for these sections do lie in what is mapped. But the kernel does
 * not know them. An ELF file has two tables of contents. One is for the linker and the debugger, and
 * lists sections. The other is for whoever loads, and lists segments: from this place in the file, so
 * many bytes, to that address, with these rights. A segment is mapped in whole pages, whatever
 * sections lie in it.
 *
 *      program headers                                    section headers
 *        LOAD r-x   -->  | .init .text .fini      |  <--  .init .text .fini
 *        LOAD rw-   -->  | .init_array .got .data |  <--  .init_array .got .data
 *                                                         .debug, .symtab: in no segment
 *
 * So a program without any section header runs as ever, and one without program headers does not.
 *
 * Look with: a copy of a program, one of the two tables taken out.
 * Read on:   elf(5), readelf -lS; document 002 "The execve Function Revisited".
 */
#include <elf.h>
#include <link.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("The kernel loads segments, and does not look at sections");

SPECIMEN(does_as_told);

static unsigned char altered[1 << 16];
static struct specimen_run run, usual;

/* A copy that may be altered; yields its header. */
static ElfW(Ehdr) * copy_of_program(void)
{
	size_t length = (size_t)(does_as_told.end - does_as_told.bytes);

	arrange(length <= sizeof altered);
	memcpy(altered, does_as_told.bytes, length);
	return (void *)altered;
}

static int altered_file(void)
{
	const struct specimen copy = {"altered", altered,
				      altered + (does_as_told.end - does_as_told.bytes)};

	return specimen_file(&copy);
}

/* Lets the program say where it is, and change its globals. */
static void start(struct specimen_run *started, int file)
{
	START_PROGRAM(*started) {
		assert_accepted(execve(
			specimen_path(file),
			WORDS("does_as_told", "addresses", "mark=7", "marked=7", "break", "wait"),
			NO_WORDS));
	}
	assert_equals(specimen_said(started, "waiting"), 1, "whether the program runs");
}

/* The first segment that is loaded with these rights. */
static const ElfW(Phdr) * segment_with(ElfW(Word) rights)
{
	const ElfW(Ehdr) *elf = (const void *)does_as_told.bytes;
	const ElfW(Phdr) *segment = (const void *)(does_as_told.bytes + elf->e_phoff);

	for (int i = 0; i < elf->e_phnum; i++) {
		if (segment[i].p_type == PT_LOAD && (segment[i].p_flags & rights) == rights) {
			return &segment[i];
		}
	}
	arrange(!"the specimen has a segment with these rights");
	return NULL;
}

static const void *address(uintptr_t number)
{
	return (const void *)number;
}

static void assert_as_usual(const char *name)
{
	assert_equals(specimen_said(&run, name), specimen_said(&usual, name), name);
}

CLAIM(sections_are_not_needed, "exec-05",
      "A program whose section headers were taken out runs, with code and globals where they were",
      .needs = SPECIMENS)
{
	ElfW(Ehdr) *elf = copy_of_program();

	memset(altered + elf->e_shoff, 0, (size_t)elf->e_shnum * elf->e_shentsize);
	elf->e_shoff = 0;
	elf->e_shnum = elf->e_shentsize = elf->e_shstrndx = 0;
	start(&run, altered_file());
	start(&usual, specimen_file(&does_as_told));
	assert_as_usual("code");
	assert_as_usual("data");
	assert_as_usual("bss");
	assert_as_usual("marked");
	end_program(&run);
	end_program(&usual);
	assert_equals(run.status, 0, "how the program without sections ended");
}

CLAIM(segments_are_mapped_in_whole_pages, "exec-05",
      "The area of a segment is the whole pages that hold it, as many as the header makes of it",
      .needs = SPECIMENS | AREA_USAGE)
{
	const ElfW(Phdr) *code = segment_with(PF_R | PF_X);
	const char *start_of_code = page_of(address(code->p_vaddr));
	const char *end = page_of(address(code->p_vaddr + code->p_memsz + page_size() - 1));

	start(&run, specimen_file(&does_as_told));

	struct usage area = observe_usage_of(run.pid, "code", start_of_code,
					     (size_t)(end - start_of_code));

	assert_equals(area.size, end - start_of_code, "bytes of the code's area");
	assert_equals(usage_has_flag(&area, "ex"), true, "whether it may be executed");
	end_program(&run);
}

CONTROL(program_headers_are_needed, "exec-05",
	"The same program with its program headers taken out is refused as no program",
	.needs = SPECIMENS)
{
	copy_of_program()->e_phnum = 0;
	assert_refused(execve(specimen_path(altered_file()), WORDS("altered"), NO_WORDS), ENOEXEC);
}
