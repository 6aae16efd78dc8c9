/* SPDX-License-Identifier: MIT */
/*
 * A library is mapped first, and linked afterwards
 * ================================================
 *
 * Document 002 has libraries "dynamically linked into the program, and then mapped". It is the other way
 * round, and cannot be otherwise. To link is to write addresses into the data of a library: where its own
 * variables are, where functions of others are. Nobody knows these before it was mapped; and what
 * writes them is the loader, an ordinary program, which needs the memory to write into.
 *
 *      in the file          just mapped            linked
 *      slot: 0x4008         slot: 0x4008           slot: 0x7f21c0004008
 *            (or 0, and           the file's             the address of a variable
 *            a note aside)        bytes still            in this process
 *
 * Look with: the process's memory at each system call of its loader (ptrace).
 * Read on:   ld.so(8), elf(5) "Relocation entries", ptrace(2); documents 002, 004 section 22.
 */
#include <elf.h>
#include <fcntl.h>
#include <link.h>
#include <stdio.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("A library is mapped first, and linked afterwards");

SPECIMEN(starts_by_a_loader);
SPECIMEN(a_small_library);

static struct specimen_run run;

/* The pointer at this address of its memory. */
static long peek(uintptr_t address)
{
	errno = 0;

	long word = ptrace(PTRACE_PEEKDATA, run.pid, (void *)address, NULL);

	arrange(errno == 0);
	return word;
}

/* The lowest address at which it maps a file, with this right; 0: nowhere. */
static uintptr_t lowest_area(int file, char right)
{
	char path[40], line[600];
	uintptr_t lowest = 0;
	struct stat wanted;

	snprintf(path, sizeof path, "/proc/%d/maps", (int)run.pid);

	FILE *maps = fopen(path, "re");

	arrange(maps != NULL && fstat(file, &wanted) == 0);
	while (fgets(line, sizeof line, maps)) {
		unsigned long start, inode;
		char rights[5];

		arrange(sscanf(line, "%lx-%*x %4s %*x %*s %lu", &start, rights, &inode) == 3);
		if (inode == wanted.st_ino && strchr(rights, right) && !lowest) {
			lowest = start;
		}
	}
	fclose(maps);
	return lowest;
}

/* Starts the program under its loader, with the library before it, up to the stop behind execve. */
static void start_traced(int program, int library)
{
	static char preload[60];

	snprintf(preload, sizeof preload, "LD_PRELOAD=%s", specimen_path(library));
	arrange(fcntl(library, F_SETFD, 0) == 0); /* the loader opens it */
	START_TRACED(run) {
		arrange(ptrace(PTRACE_TRACEME, 0, NULL, NULL) == 0);
		execve(specimen_path(program), WORDS("program"), WORDS(preload));
		if (errno == ENOENT || errno == ELIBBAD) {
			undecided("needs the dynamic loader that programs for this machine name");
		}
		assert_accepted(-1L);
	}
}

static void detach(void)
{
	arrange(ptrace(PTRACE_DETACH, run.pid, NULL, NULL) == 0);
	hear_program(&run);
}

/* The library's file, at the address that was meant for it by the linker. */
static const void *in_file(uintptr_t address)
{
	const ElfW(Ehdr) *elf = (const void *)a_small_library.bytes;
	const ElfW(Phdr) *segment = (const void *)(a_small_library.bytes + elf->e_phoff);

	while (segment->p_type != PT_LOAD || address < segment->p_vaddr ||
	       address - segment->p_vaddr >= segment->p_filesz) {
		segment++;
	}
	return a_small_library.bytes + segment->p_offset + (address - segment->p_vaddr);
}

CLAIM(mapped_first_and_linked_afterwards, "exec-21",
      "When the library's data is mapped a pointer in it is as in the file; later it is an address",
      .needs = SPECIMENS | TRACING)
{
	int program = specimen_file(&starts_by_a_loader), library = specimen_file(&a_small_library);

	start_traced(program, library);
	detach(); /* once, to the end, for the library's layout */
	end_program(&run);

	uintptr_t at = specimen_said(&run, "slot_at");

	start_traced(program, library);
	while (!lowest_area(library, 'w')) {
		arrange(ptrace(PTRACE_SYSCALL, run.pid, NULL, NULL) == 0);
		arrange(waitpid(run.pid, NULL, 0) == run.pid);
	}

	long slot = peek(lowest_area(library, 'p') + at);

	assert_same_bytes(&slot, in_file(at), sizeof slot, "the pointer, as soon as it is mapped");
	detach();
	assert_address(specimen_said(&run, "slot_holds"), specimen_said(&run, "slot"),
		       "the pointer, when the library is linked");
	end_program(&run);
	assert_equals(run.status, 0, "how the program ended");
}

CONTROL(the_program_itself_is_linked_too, "exec-21",
	"When it runs neither the library's pointer nor the program's is as in the file",
	.needs = SPECIMENS | TRACING)
{
	start_traced(specimen_file(&starts_by_a_loader), specimen_file(&a_small_library));
	detach();

	long slot = (long)specimen_said(&run, "slot_holds");
	assert_equals(memcmp(&slot, in_file(specimen_said(&run, "slot_at")), sizeof slot) == 0,
		      false, "whether the library's pointer is as in the file");
	end_program(&run);
	assert_equals(specimen_said(&run, "pointer_is_right"), 1,
		      "whether the program's own pointer is an address");
}
