/* SPDX-License-Identifier: MIT */
/*
 * The gate. In the objects of the experiments, as the program touchstone-worlds links them, each call of
 * tests/worlds/calls.syms bears the name gate_<call> instead; nothing else is different.
 */
#include "worlds/gate.h"

#include <fcntl.h>
#include <sched.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/sendfile.h>
#include <sys/swap.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <touchstone/machine.h>
#include <touchstone/memory.h>
#include <touchstone/residency.h>
#include <touchstone/timing.h>

#include "arrange/children.h"
#include "arrange/specimens.h"
#include "run/engine.h"
#include "run/session.h"

enum { MAPPINGS = 512 };

static struct world *worlds;
static const struct world *chosen; /* by the command line */
static const struct world *inside; /* while a body runs */
static struct mapping mappings[MAPPINGS];
static size_t mapping_count;

void world_name(const struct world *world, char name[100])
{
	const char *base = strrchr(world->file, '/');

	base = base ? base + 1 : world->file;
	snprintf(name, 100, "%.*s", (int)strcspn(base, "."), base);
}

void world_register(struct world *world)
{
	world->next = worlds;
	worlds = world;
}

static int by_name(const void *one, const void *other)
{
	char name[100], other_name[100];

	world_name(*(struct world *const *)one, name);
	world_name(*(struct world *const *)other, other_name);
	return strcmp(name, other_name);
}

/* By name, however the compiler was told where the files are. */
const struct world *worlds_first(void)
{
	static bool sorted;
	size_t count = 0;
	struct world **all;

	for (struct world *world = worlds; world; world = world->next) {
		count++;
	}
	all = sorted ? NULL : calloc(count + 1, sizeof(struct world *));
	if (!all) {
		return worlds;
	}
	count = 0;
	for (struct world *world = worlds; world; world = world->next) {
		all[count++] = world;
	}
	qsort(all, count, sizeof(struct world *), by_name);
	for (size_t i = 0; i < count; i++) {
		all[i]->next = all[i + 1];
	}
	worlds = all[0];
	sorted = true;
	free(all);
	return worlds;
}

const struct world *worlds_named(const char *name)
{
	for (const struct world *world = worlds; world; world = world->next) {
		char own[100];

		world_name(world, own);
		if (strcmp(own, name) == 0) {
			return world;
		}
	}
	return NULL;
}

static bool choose(const char *name)
{
	chosen = worlds_named(name);
	return chosen != NULL;
}

/* What is used for the first time may fault: neither gate nor world is to cost a claim anything. */
static void warm_up(void)
{
	memset(mappings, 0, sizeof mappings);
	mapping_count = 0;
	load(chosen);
	load(&chosen->next);
}

static void enter(void)
{
	if (chosen) {
		warm_up();
	}
	inside = chosen;
	if (inside && inside->enter) {
		inside->enter();
	}
}

static void leave(void)
{
	inside = NULL;
}

void gate_each_mapping(void (*visit)(const struct mapping *mapping))
{
	for (size_t i = 0; i < mapping_count; i++) {
		visit(&mappings[i]);
	}
}

const struct mapping *gate_mapping_of(const void *address)
{
	for (size_t i = 0; i < mapping_count; i++) {
		const char *start = mappings[i].start, *at = address;

		if (at >= start && at < start + mappings[i].length) {
			return &mappings[i];
		}
	}
	return NULL;
}

static void add_mapping(struct mapping mapping)
{
	if (mapping.length > 0 && mapping_count < MAPPINGS) {
		mappings[mapping_count++] = mapping;
	}
}

/* Cuts a range out of everything that is remembered. */
static void forget(const char *start, size_t length)
{
	const char *end = start + length;
	size_t count = mapping_count;

	for (size_t i = 0; i < count; i++) {
		struct mapping old = mappings[i];
		char *old_end = old.start + old.length;

		if (old.start >= end || old_end <= start) {
			continue;
		}
		mappings[i].length = old.start < start ? (size_t)(start - old.start) : 0;
		if (old_end > end) {
			struct mapping rest = old;

			rest.start = (char *)(uintptr_t)end;
			rest.length = (size_t)(old_end - end);
			add_mapping(rest);
		}
	}
	for (size_t i = mapping_count; i-- > 0;) {
		if (mappings[i].length == 0) {
			mappings[i] = mappings[--mapping_count];
		}
	}
}

static size_t whole_pages(size_t length)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE);

	return (length + page - 1) / page * page;
}

void *gate_mmap(void *address, size_t length, int protection, int flags, int fd, off_t offset);
void *gate_mmap(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	void *area = inside && inside->mmap
			     ? inside->mmap(address, length, protection, flags, fd, offset)
			     : mmap(address, length, protection, flags, fd, offset);

	if (area != MAP_FAILED) {
		forget(area, whole_pages(length));
		add_mapping((struct mapping){area, whole_pages(length), protection, flags, fd});
	}
	return area;
}

int gate_munmap(void *address, size_t length);
int gate_munmap(void *address, size_t length)
{
	int answer = inside && inside->munmap ? inside->munmap(address, length)
					      : munmap(address, length);

	if (answer == 0) {
		forget(address, whole_pages(length));
	}
	return answer;
}

/* Calls that only lead on: GATE(type, name, (parameters), (arguments)). */
#define GATE(type, name, parameters, arguments)                                                    \
	type gate_##name parameters;                                                               \
	type gate_##name parameters                                                                \
	{                                                                                          \
		return inside && inside->name ? inside->name arguments : name arguments;           \
	}

GATE(int, mprotect, (void *a, size_t n, int p), (a, n, p))
GATE(int, madvise, (void *a, size_t n, int advice), (a, n, advice))
GATE(int, msync, (void *a, size_t n, int flags), (a, n, flags))
GATE(int, mlock, (const void *a, size_t n), (a, n))
GATE(pid_t, getpid, (void), ())
GATE(ssize_t, read, (int fd, void *b, size_t n), (fd, b, n))
GATE(ssize_t, write, (int fd, const void *b, size_t n), (fd, b, n))
GATE(ssize_t, pread, (int fd, void *b, size_t n, off_t o), (fd, b, n, o))
GATE(ssize_t, pwrite, (int fd, const void *b, size_t n, off_t o), (fd, b, n, o))
GATE(int, ftruncate, (int fd, off_t n), (fd, n))
GATE(int, memfd_create, (const char *name, unsigned flags), (name, flags))
GATE(int, sigaction, (int signal, const struct sigaction *a, struct sigaction *before),
     (signal, a, before))
GATE(int, setrlimit, (int resource, const struct rlimit *limit), (resource, limit))
GATE(void *, malloc, (size_t n), (n))
GATE(int, pthread_create, (pthread_t * t, const pthread_attr_t *a, void *(*run)(void *), void *x),
     (t, a, run, x))
GATE(int, getrusage, (int who, struct rusage *usage), (who, usage))
GATE(struct area_list, observe_areas, (void), ())
GATE(struct faults, faults_now, (void), ())
GATE(struct pages, observe_pages_of,
     (pid_t process, const char *label, const void *start, size_t count),
     (process, label, start, count))
GATE(struct pages, observe_pages, (const char *label, const void *start, size_t count),
     (label, start, count))
GATE(struct usage, observe_usage, (const char *label, const void *start, size_t length),
     (label, start, length))
GATE(size_t, count_in_memory, (const void *start, size_t count), (start, count))
GATE(struct swap_area, guard_swap_area, (enum swap_kind kind, size_t bytes), (kind, bytes))
GATE(void, guard_swap, (size_t bytes), (bytes))
GATE(size_t, swap_area_used, (const struct swap_area *area), (area))
GATE(struct swap_traffic, swap_traffic_of, (const struct swap_area *area), (area))
GATE(struct compression, compression_of, (const struct swap_area *area), (area))
GATE(struct memory_group, guard_memory_group, (size_t limit), (limit))
GATE(void, enter_memory_group, (const struct memory_group *group), (group))
GATE(void, limit_memory_group, (const struct memory_group *group, size_t bytes), (group, bytes))
GATE(void, limit_memory_group_swap, (const struct memory_group *group, size_t bytes),
     (group, bytes))
GATE(long long, memory_group_limit_hits, (const struct memory_group *group), (group))
GATE(long long, memory_group_kills, (const struct memory_group *group), (group))
GATE(long long, memory_group_used, (const struct memory_group *group), (group))
GATE(long long, memory_group_figure, (const struct memory_group *group, const char *line),
     (group, line))
GATE(long long, memory_stall, (const struct memory_group *group, const char *kind), (group, kind))
GATE(void, guard_overcommit, (int mode), (mode))
GATE(int, swapoff, (const char *path), (path))
GATE(void, touchstone_assert_race, (struct place place, struct race *race, const char *what),
     (place, race, what))
GATE(ssize_t, process_vm_readv,
     (pid_t pid, const struct iovec *l, unsigned long ln, const struct iovec *r, unsigned long rn,
      unsigned long f),
     (pid, l, ln, r, rn, f))

GATE(int, mincore, (void *a, size_t n, unsigned char *there), (a, n, there))
GATE(int, munlock, (const void *a, size_t n), (a, n))
GATE(int, mlockall, (int flags), (flags))
GATE(int, munlockall, (void), ())
GATE(int, brk, (void *end), (end))
GATE(void *, sbrk, (intptr_t increment), (increment))
GATE(int, execve, (const char *path, char *const *argv, char *const *envp), (path, argv, envp))
GATE(int, fexecve, (int fd, char *const *argv, char *const *envp), (fd, argv, envp))
GATE(int, shm_open, (const char *name, int flags, mode_t mode), (name, flags, mode))
GATE(int, shm_unlink, (const char *name), (name))
GATE(int, shmget, (key_t key, size_t n, int flags), (key, n, flags))
GATE(void *, shmat, (int id, const void *address, int flags), (id, address, flags))
GATE(int, shmdt, (const void *address), (address))
GATE(int, shmctl, (int id, int command, struct shmid_ds *state), (id, command, state))
GATE(int, posix_fadvise, (int fd, off_t o, off_t n, int advice), (fd, o, n, advice))
GATE(int, posix_madvise, (void *a, size_t n, int advice), (a, n, advice))
GATE(int, fallocate, (int fd, int mode, off_t o, off_t n), (fd, mode, o, n))
GATE(int, fsync, (int fd), (fd))
GATE(off_t, lseek, (int fd, off_t o, int from), (fd, o, from))
GATE(int, close, (int fd), (fd))
GATE(ssize_t, sendfile, (int to, int from, off_t *o, size_t n), (to, from, o, n))
GATE(int, sigaltstack, (const stack_t *stack, stack_t *before), (stack, before))
GATE(int, kill, (pid_t pid, int signal), (pid, signal))
GATE(int, raise, (int signal), (signal))
GATE(pid_t, waitpid, (pid_t pid, int *status, int options), (pid, status, options))
GATE(int, personality, (unsigned long persona), (persona))
GATE(int, getrlimit, (int resource, struct rlimit *limit), (resource, limit))
GATE(int, clock_gettime, (clockid_t clock, struct timespec *time), (clock, time))
GATE(ssize_t, process_vm_writev,
     (pid_t pid, const struct iovec *l, unsigned long ln, const struct iovec *r, unsigned long rn,
      unsigned long f),
     (pid, l, ln, r, rn, f))
GATE(void *, calloc, (size_t count, size_t size), (count, size))
GATE(void *, realloc, (void *old, size_t n), (old, n))
GATE(void, free, (void *old), (old))
GATE(int, posix_memalign, (void **memory, size_t alignment, size_t n), (memory, alignment, n))

int gate_ioctl(int fd, unsigned long request, ...);
int gate_ioctl(int fd, unsigned long request, ...)
{
	va_list arguments;

	va_start(arguments, request);

	void *argument = va_arg(arguments, void *);

	va_end(arguments);
	return inside && inside->ioctl ? inside->ioctl(fd, request, argument)
				       : ioctl(fd, request, argument);
}

int gate_fcntl(int fd, int command, ...);
int gate_fcntl(int fd, int command, ...)
{
	va_list arguments;

	va_start(arguments, command);

	long argument = va_arg(arguments, long);

	va_end(arguments);
	return inside && inside->fcntl ? inside->fcntl(fd, command, argument)
				       : fcntl(fd, command, argument);
}

int gate_prctl(int option, ...);
int gate_prctl(int option, ...)
{
	unsigned long argument[4];
	va_list arguments;

	va_start(arguments, option);
	for (size_t i = 0; i < 4; i++) {
		argument[i] = va_arg(arguments, unsigned long);
	}
	va_end(arguments);
	return inside && inside->prctl
		       ? inside->prctl(option, argument)
		       : prctl(option, argument[0], argument[1], argument[2], argument[3]);
}

long gate_ptrace(int request, ...);
long gate_ptrace(int request, ...)
{
	va_list arguments;

	va_start(arguments, request);

	pid_t pid = va_arg(arguments, pid_t);
	void *address = va_arg(arguments, void *);
	void *data = va_arg(arguments, void *);

	va_end(arguments);
	return inside && inside->ptrace
		       ? inside->ptrace(request, pid, address, data)
		       : ptrace((__typeof__(PTRACE_CONT))request, pid, address, data);
}

void *gate_mremap(void *old, size_t old_length, size_t new_length, int flags, ...);
void *gate_mremap(void *old, size_t old_length, size_t new_length, int flags, ...)
{
	void *wanted = NULL;

	if (flags & MREMAP_FIXED) {
		va_list arguments;

		va_start(arguments, flags);
		wanted = va_arg(arguments, void *);
		va_end(arguments);
	}
	return inside && inside->mremap ? inside->mremap(old, old_length, new_length, flags, wanted)
					: mremap(old, old_length, new_length, flags, wanted);
}

int gate_clone(int (*run)(void *), void *stack, int flags, void *argument, ...);
int gate_clone(int (*run)(void *), void *stack, int flags, void *argument, ...)
{
	return inside && inside->clone ? inside->clone(run, stack, flags, argument)
				       : clone(run, stack, flags, argument);
}

int gate_open(const char *path, int flags, ...);
int gate_open(const char *path, int flags, ...)
{
	mode_t mode = 0;

	if (flags & (O_CREAT | O_TMPFILE)) {
		va_list arguments;

		va_start(arguments, flags);
		mode = (mode_t)va_arg(arguments, unsigned);
		va_end(arguments);
	}
	return inside && inside->open ? inside->open(path, flags, mode) : open(path, flags, mode);
}

long gate_syscall(long number, ...);
long gate_syscall(long number, ...)
{
	long argument[6];
	va_list arguments;

	va_start(arguments, number);
	for (size_t i = 0; i < 6; i++) {
		argument[i] = va_arg(arguments, long);
	}
	va_end(arguments);
	return inside && inside->syscall ? inside->syscall(number, argument)
					 : syscall(number, argument[0], argument[1], argument[2],
						   argument[3], argument[4], argument[5]);
}

pid_t gate_fork(void);
pid_t gate_fork(void)
{
	pid_t pid = inside && inside->fork ? inside->fork() : fork();

	if (pid == 0 && inside && inside->born) {
		inside->born();
	} else if (pid > 0 && inside && inside->forked) {
		inside->forked(pid);
	}
	return pid;
}

static void image(int file)
{
	if (inside && inside->image) {
		inside->image(file);
	}
}

static void ran(int file)
{
	if (inside && inside->ran) {
		inside->ran(file);
	}
}

/* This program has worlds: the session may choose one, and bodies run inside it. */
__attribute__((constructor)) static void open_gate(void)
{
	session_choose_world = choose;
	engine_before_body = enter;
	engine_after_body = leave;
	children_fork = gate_fork;
	specimens_written = image;
	specimens_ran = ran;
}
