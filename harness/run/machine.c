/* SPDX-License-Identifier: MIT */
/* The fingerprint of the machine. */
#include "run/machine.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "instruments/text_file.h"
#include "run/runner.h"

static void fact(struct machine *machine, const char *name, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

static void fact(struct machine *machine, const char *name, const char *format, ...)
{
	va_list arguments;

	machine->fact[machine->count].name = name;
	va_start(arguments, format);
	vsnprintf(machine->fact[machine->count].value, FACT_LENGTH, format, arguments);
	va_end(arguments);
	machine->count++;
}

/* The first line of a small file; false where there is none. */
static bool first_line(const char *path, char *line, size_t size)
{
	size_t length = text_of_file(path, line, size);

	line[strcspn(line, "\n")] = 0;
	return length > 0;
}

static void fact_of_file(struct machine *machine, const char *name, const char *path)
{
	char line[FACT_LENGTH];

	fact(machine, name, "%s", first_line(path, line, sizeof line) ? line : "unknown");
}

/* "[madvise]" of "always [madvise] never" */
static void fact_of_choice(struct machine *machine, const char *name, const char *path)
{
	char line[FACT_LENGTH] = "", *chosen = NULL;

	if (first_line(path, line, sizeof line) && (chosen = strchr(line, '['))) {
		chosen[strcspn(chosen, "]")] = 0;
	}
	fact(machine, name, "%s", chosen ? chosen + 1 : "none");
}

/* A line "Name:   value" of a file of such lines. */
static bool line_of(const char *path, const char *name, char *value, size_t size)
{
	FILE *file = fopen(path, "re");
	char line[400];
	bool found = false;

	while (file && !found && fgets(line, sizeof line, file)) {
		size_t length = strlen(name);

		if (strncmp(line, name, length) == 0 && strchr(" \t:", line[length])) {
			const char *start = line + length + strspn(line + length, " \t:");

			snprintf(value, size, "%.*s", (int)strcspn(start, "\n"), start);
			found = true;
		}
	}
	if (file) {
		fclose(file);
	}
	return found;
}

static void fact_of_line(struct machine *machine, const char *name, const char *path,
			 const char *line)
{
	char value[FACT_LENGTH];

	fact(machine, name, "%s", line_of(path, line, value, sizeof value) ? value : "unknown");
}

static void look_at_libc(struct machine *machine)
{
	char version[FACT_LENGTH] = "not glibc";

#ifdef _CS_GNU_LIBC_VERSION
	if (confstr(_CS_GNU_LIBC_VERSION, version, sizeof version) == 0) {
		snprintf(version, sizeof version, "not glibc");
	}
#endif
	fact(machine, "libc", "%s", version);
}

static void look_at_cgroups(struct machine *machine)
{
	FILE *file = fopen("/proc/self/mountinfo", "re");
	char line[1000];
	bool v1 = false, v2 = false;

	while (file && fgets(line, sizeof line, file)) {
		v2 |= strstr(line, " - cgroup2 ") != NULL;
		v1 |= strstr(line, " - cgroup ") != NULL && strstr(line, "memory") != NULL;
	}
	if (file) {
		fclose(file);
	}
	fact(machine, "cgroup", "%s",
	     v1 && v2 ? "v1 memory, v2 beside it"
	     : v1     ? "v1"
	     : v2     ? "v2"
		      : "none");
}

/* Containers and virtual machines leave marks; none of them is proof, all of them are hints. */
static void look_for_walls(struct machine *machine)
{
	char value[2000] = "";
	const char *container = getenv("container");
	bool vm = line_of("/proc/cpuinfo", "flags", value, sizeof value) &&
		  strstr(value, " hypervisor") != NULL;

	fact(machine, "container", "%s",
	     access("/.dockerenv", F_OK) == 0          ? "docker"
	     : access("/run/.containerenv", F_OK) == 0 ? "podman"
	     : container && *container                 ? container
						       : "none seen");
	fact(machine, "virtual_machine", "%s", vm ? "yes" : "none seen");
}

void machine_look(struct machine *machine)
{
	struct utsname name = {0};

	machine->count = 0;
	uname(&name);
	fact(machine, "kernel", "%s %s", name.sysname, name.release);
	fact(machine, "kernel_build", "%s", name.version);
	fact(machine, "architecture", "%s, %zu-bit program", name.machine, 8 * sizeof(void *));
	look_at_libc(machine);
	fact(machine, "page_size", "%ld", sysconf(_SC_PAGESIZE));
	fact(machine, "processors", "%d", runner_usual_jobs());
	fact_of_line(machine, "memory", "/proc/meminfo", "MemTotal");
	fact_of_line(machine, "swap", "/proc/meminfo", "SwapTotal");
	fact_of_choice(machine, "transparent_huge_pages",
		       "/sys/kernel/mm/transparent_hugepage/enabled");
	fact_of_file(machine, "overcommit", "/proc/sys/vm/overcommit_memory");
	fact_of_file(machine, "address_randomisation", "/proc/sys/kernel/randomize_va_space");
	look_at_cgroups(machine);
	fact(machine, "uid", "%u", (unsigned)geteuid());
	fact_of_line(machine, "capabilities", "/proc/self/status", "CapEff");
	fact_of_line(machine, "seccomp", "/proc/self/status", "Seccomp");
	look_for_walls(machine);
}
