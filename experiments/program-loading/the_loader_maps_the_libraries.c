/* SPDX-License-Identifier: MIT */
/*
 * The kernel maps the loader, and the loader maps the libraries
 * =============================================================
 *
 * Document 002 lets execve do it all: libraries "are dynamically linked into the program, and then mapped
 * into the shared region", then the program counter is set to the program's entry. It happens the
 * other way round, and execve has no part in most of it. The kernel maps two files, the program and the
 * loader that the program names (PT_INTERP), and starts the loader. All that follows is done by an
 * ordinary program with open(2) and mmap(2):
 *
 *      execve                  the loader, in user space
 *      map the program         map each library
 *      map the loader          then write addresses into its data (relocation)
 *      pc = loader's entry     call its constructors
 *                              jump to the program's entry (AT_ENTRY)
 *
 * A static program has no loader, and begins at its own entry.
 *
 * Look with: a process that is stopped behind execve, and at each system call of its loader (ptrace);
 * its maps, its registers and its memory.
 * Read on:   ld.so(8), elf(5), ptrace(2); documents 002 "The execve Function Revisited", 004 section 22.
 */
#include <elf.h>
#include <fcntl.h>
#include <link.h>
#include <stdio.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("The kernel maps the loader, and the loader maps the libraries");

SPECIMEN(starts_by_a_loader);
SPECIMEN(a_small_library);
SPECIMEN(does_as_told);

static struct specimen_run run;

/* Where the program counter is among the registers that NT_PRSTATUS gives. */
#if defined(__x86_64__)
enum { PC = 16 };
#elif defined(__i386__)
enum { PC = 12 };
#elif defined(__aarch64__) || defined(__powerpc64__)
enum { PC = 32 };
#elif defined(__arm__)
enum { PC = 15 };
#elif defined(__riscv)
enum { PC = 0 };
#elif defined(__s390x__)
enum { PC = 1 };
#elif defined(__mips64)
enum { PC = 34 };
#endif

static uintptr_t program_counter(pid_t process)
{
	static uintptr_t registers[100];
	struct iovec all = {registers, sizeof registers};

	arrange(ptrace(PTRACE_GETREGSET, process, (void *)NT_PRSTATUS, &all) == 0);
	return registers[PC];
}

/* Bytes of /proc/PID/mem or /proc/PID/auxv. */
static void read_of(pid_t process, const char *name, void *bytes, size_t length, uintptr_t at)
{
	char path[40];

	snprintf(path, sizeof path, "/proc/%d/%s", (int)process, name);

	int fd = open(path, O_RDONLY | O_CLOEXEC);

	arrange(fd >= 0);
	arrange(pread(fd, bytes, length, (off_t)at) > 0);
	close(fd);
}

/* AT_BASE: where the loader is mapped. */
static uintptr_t loader_of(pid_t process)
{
	static ElfW(auxv_t) notes[64];

	read_of(process, "auxv", notes, sizeof notes, 0);
	for (size_t i = 0; i < 64 && notes[i].a_type != AT_NULL; i++) {
		if (notes[i].a_type == AT_BASE) {
			return notes[i].a_un.a_val;
		}
	}
	return 0;
}

/* The lowest address at which a process maps a file, with the letter among its rights; 0: nowhere. */
static uintptr_t lowest_area(pid_t process, int file, char right)
{
	char path[40], line[600];
	uintptr_t lowest = 0;
	struct stat wanted;

	snprintf(path, sizeof path, "/proc/%d/maps", (int)process);

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
		execve(specimen_path(program), (char *[]){"program", NULL},
		       (char *[]){preload, NULL});
		if (errno == ENOENT || errno == ELIBBAD) {
			undecided("needs the dynamic loader that programs for this machine name");
		}
		assert_accepted(-1L);
	}
}

static void let_it_end(void)
{
	arrange(ptrace(PTRACE_DETACH, run.pid, NULL, NULL) == 0);
	end_program(&run);
	assert_equals(run.status, 0, "how the program ended");
}

CLAIM(libraries_are_mapped_later, "exec-12",
      "Behind execve the program is mapped, and the library is not; when it runs both are",
      .needs = SPECIMENS | TRACING)
{
	int program = specimen_file(&starts_by_a_loader), library = specimen_file(&a_small_library);

	start_traced(program, library);
	assert_differs(loader_of(run.pid), 0, "where the loader is");
	assert_differs(lowest_area(run.pid, program, 'p'), 0, "where the program is, at first");
	assert_equals(lowest_area(run.pid, library, 'p'), 0, "where the library is, at first");
	let_it_end();
	assert_differs(specimen_said(&run, "code"), 0, "where the library is, in the end");
}

CLAIM(the_loader_begins, "exec-14",
      "A dynamic program begins at its loader's entry; its own comes last",
      .needs = SPECIMENS | TRACING)
{
	ElfW(Ehdr) loader;

	start_traced(specimen_file(&starts_by_a_loader), specimen_file(&a_small_library));
	read_of(run.pid, "mem", &loader, sizeof loader, loader_of(run.pid));
	assert_address(program_counter(run.pid),
		       (loader_of(run.pid) + loader.e_entry) & ~(uintptr_t)1,
		       "where the program counter stands");
	let_it_end();

	const char *in_library = strstr(run.output, "waiting=1"),
		   *in_program = strstr(run.output, "main=");

	assert_equals(in_library && in_program && in_library < in_program, true,
		      "whether the library spoke before the program");
}

CLAIM(a_static_program_begins_itself, "exec-14", "A static program begins at its own entry",
      .needs = SPECIMENS | TRACING)
{
	const ElfW(Ehdr) *elf = (const void *)does_as_told.bytes;

	start_traced(specimen_file(&does_as_told), specimen_file(&a_small_library));
	assert_address(program_counter(run.pid), (uintptr_t)elf->e_entry & ~(uintptr_t)1,
		       "where the program counter stands");
	assert_equals(loader_of(run.pid), 0, "where a loader is");
	let_it_end();
}

/* The library's file, at the address that was meant for it by the linker. */
static const void *in_file(uintptr_t address)
{
	const ElfW(Ehdr) *elf = (const void *)a_small_library.bytes;
	const ElfW(Phdr) *segment = (const void *)(a_small_library.bytes + elf->e_phoff);

	for (int i = 0; i < elf->e_phnum; i++, segment++) {
		if (segment->p_type == PT_LOAD && address >= segment->p_vaddr &&
		    address - segment->p_vaddr < segment->p_filesz) {
			return a_small_library.bytes + segment->p_offset +
			       (address - segment->p_vaddr);
		}
	}
	arrange(!"the library's file holds this address");
	return NULL;
}

CLAIM(mapped_first_and_linked_afterwards, "exec-21",
      "When the library's data is mapped a pointer in it is as in the file; later it is an address",
      .needs = SPECIMENS | TRACING)
{
	int program = specimen_file(&starts_by_a_loader), library = specimen_file(&a_small_library);
	unsigned char slot[sizeof(void *)];
	int status = 0;

	start_traced(program, library);
	let_it_end(); /* once for the library's layout */

	uintptr_t at = specimen_said(&run, "slot_at");

	start_traced(program, library);
	while (!lowest_area(run.pid, library, 'w')) {
		arrange(ptrace(PTRACE_SYSCALL, run.pid, NULL, NULL) == 0);
		arrange(waitpid(run.pid, &status, 0) == run.pid && WIFSTOPPED(status));
	}
	read_of(run.pid, "mem", slot, sizeof slot, lowest_area(run.pid, library, 'p') + at);
	assert_same_bytes(slot, in_file(at), sizeof slot, "the pointer, as soon as it is mapped");
	let_it_end();
	assert_address(specimen_said(&run, "slot_holds"), specimen_said(&run, "slot"),
		       "the pointer, when the library is linked");
}

CONTROL(a_static_program_has_no_library, "exec-12 exec-14 exec-21",
	"A static program with the same environment never maps the library, and runs nothing of it",
	.needs = SPECIMENS | TRACING)
{
	int library = specimen_file(&a_small_library), status = 0;

	start_traced(specimen_file(&does_as_told), library);
	for (;;) {
		arrange(ptrace(PTRACE_SYSCALL, run.pid, NULL, NULL) == 0);
		arrange(waitpid(run.pid, &status, 0) == run.pid);
		if (!WIFSTOPPED(status)) {
			break;
		}
		assert_equals(lowest_area(run.pid, library, 'p'), 0, "where the library is");
	}
	assert_equals(status, 0, "how the program ended");
}
