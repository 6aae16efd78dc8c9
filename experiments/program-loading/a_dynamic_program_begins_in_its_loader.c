/* SPDX-License-Identifier: MIT */
/*
 * A dynamic program begins in its loader
 * ======================================
 *
 * "Set the program counter to point to the entry point in the code area" is the last of document 002's steps.
 * It is so for a static program. One that was linked with libraries cannot begin at its entry: its
 * calls lead nowhere yet. So the kernel begins with the loader that the program names, and tells it by
 * the auxiliary vector where it was put itself (AT_BASE), and where it has to jump in the end (AT_ENTRY).
 *
 *      static      execve ----------------------------------------> entry
 *      dynamic     execve --> loader's entry --> ... libraries --> AT_ENTRY
 *
 * Look with: the program counter of a process that is stopped behind execve (ptrace).
 * Read on:   ld.so(8), ptrace(2) PTRACE_GETREGSET, getauxval(3); document 002.
 */
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <stdio.h>
#include <sys/ptrace.h>
#include <sys/uio.h>
#include <unistd.h>

#include <touchstone/experiment.h>
#include <touchstone/loader.h>

EXPERIMENT("A dynamic program begins in its loader");

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

	if (ptrace(PTRACE_GETREGSET, process, (void *)NT_PRSTATUS, &all) != 0) {
		undecided("needs ptrace(PTRACE_GETREGSET): errno %d", errno);
	}
	return registers[PC];
}

/* Bytes of /proc/PID/mem or /proc/PID/auxv. */
static void read_of(pid_t process, const char *name, void *bytes, size_t length, uintptr_t at)
{
	char path[40];

	snprintf(path, sizeof path, "/proc/%d/%s", (int)process, name);

	int fd = open(path, O_RDONLY | O_CLOEXEC);

	arrange(fd >= 0);
	if ((uintptr_t)(off_t)at != at || (off_t)at < 0) {
		undecided("needs offsets as wide as addresses: a 64-bit program");
	}
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

static void let_it_end(void)
{
	let_loader_go(&run);
	end_program(&run);
	assert_equals(run.status, 0, "how the program ended");
}

CLAIM(the_loader_begins, "exec-14",
      "A dynamic program begins at its loader's entry; its own comes last",
      .needs = SPECIMENS | TRACING)
{
	ElfW(Ehdr) loader;

	start_loader(&run, specimen_file(&starts_by_a_loader), specimen_file(&a_small_library));
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

CONTROL(a_static_program_begins_itself, "exec-14",
	"A static program begins at its own entry, and has no loader", .needs = SPECIMENS | TRACING)
{
	const ElfW(Ehdr) *elf = (const void *)does_as_told.bytes;

	start_loader(&run, specimen_file(&does_as_told), specimen_file(&a_small_library));
	assert_address(program_counter(run.pid), (uintptr_t)elf->e_entry & ~(uintptr_t)1,
		       "where the program counter stands");
	assert_equals(loader_of(run.pid), 0, "where a loader is");
	let_it_end();
}
