/* SPDX-License-Identifier: MIT */
/*
 * The kernel tells a new program about itself
 * ===========================================
 *
 * A program cannot know where it was put, how large a page is, or where the kernel's own page of
 * functions lies. The kernel writes it all down, behind argv and envp on the new stack: pairs of
 * a number that says what, and a value. That is the auxiliary vector. The dynamic loader lives
 * on it, and sysconf(_SC_PAGESIZE) has its answer from there.
 *
 *      sp -> | argc | argv ... NULL | envp ... NULL | AT_PHDR x | AT_ENTRY y | ... | AT_NULL |
 *
 *      AT_PHDR    the program headers, as mapped      AT_ENTRY   where the program begins
 *      AT_PAGESZ  the size of a page                  AT_RANDOM  sixteen random bytes
 *      AT_EXECFN  the name that was executed          AT_SYSINFO_EHDR  the kernel's page (vDSO)
 *
 * Look with: a program without C library that reads its own stack; its ELF header.
 * Read on:   getauxval(3), vdso(7); document 002.
 */
#include <elf.h>
#include <link.h>
#include <sys/auxv.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("The kernel tells a new program about itself");

SPECIMEN(does_as_told);

static char *const speak[] = {"does_as_told", "auxiliary", NULL};
static struct specimen_run run;

static const ElfW(Ehdr) * header(void)
{
	return (const void *)does_as_told.bytes;
}

/* The address at which a place of the file is mapped; 0 where it is not. */
static uintptr_t address_of(size_t offset)
{
	const ElfW(Phdr) *segment = (const void *)(does_as_told.bytes + header()->e_phoff);

	for (int i = 0; i < header()->e_phnum; i++, segment++) {
		if (segment->p_type == PT_LOAD && offset >= segment->p_offset &&
		    offset < segment->p_offset + segment->p_filesz) {
			return segment->p_vaddr + (offset - segment->p_offset);
		}
	}
	return 0;
}

static void run_by_name(void)
{
	int file = specimen_file(&does_as_told);

	START_PROGRAM(run) {
		assert_accepted(execve(specimen_path(file), speak, NO_WORDS));
	}
	assert_equals(run.status, 0, "how the program ended");
}

CLAIM(it_tells_where_the_program_is, "exec-42",
      "AT_PHDR, AT_PHNUM and AT_ENTRY are the program's headers and entry, at their addresses",
      .needs = SPECIMENS)
{
	run_by_name();
	assert_equals(specimen_said(&run, "entry"), header()->e_entry, "AT_ENTRY");
	assert_equals(specimen_said(&run, "phdr"), address_of(header()->e_phoff), "AT_PHDR");
	assert_equals(specimen_said(&run, "phnum"), header()->e_phnum, "AT_PHNUM");
	assert_equals(specimen_said(&run, "phent"), sizeof(ElfW(Phdr)), "AT_PHENT");
	assert_equals(specimen_said(&run, "base"), 0, "AT_BASE, where no loader is");
}

CLAIM(it_tells_about_the_machine_and_the_user, "exec-42",
      "AT_PAGESZ is the size of a page, the four ids are those of the process", .needs = SPECIMENS)
{
	run_by_name();
	assert_equals(specimen_said(&run, "pagesz"), page_size(), "AT_PAGESZ");
	assert_equals(specimen_said(&run, "uid"), getuid(), "AT_UID");
	assert_equals(specimen_said(&run, "euid"), geteuid(), "AT_EUID");
	assert_equals(specimen_said(&run, "gid"), getgid(), "AT_GID");
	assert_equals(specimen_said(&run, "egid"), getegid(), "AT_EGID");
}

/* The sixteen lines of the output, as text. */
static const char *random_lines(void)
{
	const char *lines = strstr(run.output, "random_byte=");

	arrange(lines != NULL);
	*(char *)strstr(lines, "kernel_page_is_elf") = '\0';
	return lines;
}

CLAIM(it_gives_random_bytes, "exec-42",
      "AT_RANDOM points to sixteen bytes that differ from start to start", .needs = SPECIMENS)
{
	static char first[SPECIMEN_OUTPUT];

	run_by_name();
	strcpy(first, random_lines());
	run_by_name();
	assert_equals(strcmp(random_lines(), first) == 0, false, "whether they are the same again");
}

CLAIM(it_gives_a_page_of_the_kernels, "exec-42",
      "AT_SYSINFO_EHDR points to an ELF image that the kernel has mapped, where it has one",
      .needs = SPECIMENS)
{
	run_by_name();
	if (getauxval(AT_SYSINFO_EHDR) == 0) {
		undecided("needs a kernel that maps a vDSO");
	}
	assert_differs(specimen_said(&run, "kernel_page"), 0, "AT_SYSINFO_EHDR");
	assert_equals(specimen_said(&run, "kernel_page") % page_size(), 0, "its place in its page");
	assert_equals(specimen_said(&run, "kernel_page_is_elf"), 1, "whether it is an ELF image");
}

CONTROL(another_program_is_told_otherwise, "exec-42",
	"A copy of the program that has one header more is told so", .needs = SPECIMENS)
{
	struct specimen copy = specimen_with_header(&does_as_told, (ElfW(Phdr)){.p_type = PT_NULL},
						    NULL, 0);

	run = run_specimen(&copy, "auxiliary", NULL);
	assert_equals(specimen_said(&run, "phnum"), header()->e_phnum + 1, "AT_PHNUM of the copy");
}
