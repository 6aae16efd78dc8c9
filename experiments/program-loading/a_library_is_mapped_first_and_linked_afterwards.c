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
#include <link.h>
#include <sys/ptrace.h>
#include <sys/wait.h>

#include <touchstone/experiment.h>
#include <touchstone/loader.h>

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
	demand_constructors();

	int program = specimen_file(&starts_by_a_loader), library = specimen_file(&a_small_library);

	start_loader(&run, program, library);
	let_loader_go(&run); /* once, to the end, for the library's layout */
	end_program(&run);

	uintptr_t at = specimen_said(&run, "slot_at");

	start_loader(&run, program, library);
	while (!where_mapped(&run, library, 'w')) {
		arrange(ptrace(PTRACE_SYSCALL, run.pid, NULL, NULL) == 0);
		arrange(waitpid(run.pid, NULL, 0) == run.pid);
	}

	long slot = peek(where_mapped(&run, library, 'p') + at);

	assert_same_bytes(&slot, in_file(at), sizeof slot, "the pointer, as soon as it is mapped");
	let_loader_go(&run);
	assert_address((uintptr_t)specimen_said(&run, "slot_holds"),
		       (uintptr_t)specimen_said(&run, "slot"),
		       "the pointer, when the library is linked");
	end_program(&run);
	assert_equals(run.status, 0, "how the program ended");
}

CONTROL(the_program_itself_is_linked_too, "exec-21",
	"When it runs neither the library's pointer nor the program's is as in the file",
	.needs = SPECIMENS | TRACING)
{
	start_loader(&run, specimen_file(&starts_by_a_loader), specimen_file(&a_small_library));
	let_loader_go(&run);

	long slot = (long)specimen_said(&run, "slot_holds");
	assert_equals(memcmp(&slot, in_file(specimen_said(&run, "slot_at")), sizeof slot) == 0,
		      false, "whether the library's pointer is as in the file");
	end_program(&run);
	assert_equals(specimen_said(&run, "pointer_is_right"), 1,
		      "whether the program's own pointer is an address");
}
