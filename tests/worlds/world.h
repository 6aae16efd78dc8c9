/* SPDX-License-Identifier: MIT */
/*
 * Worlds: deliberately wrong machines. This page is their manual.
 *
 * A suite that validates kernels is worth what it can detect. A world is a machine that does one thing
 * wrong; the claims about that thing have to come out broken in it, while a neighbouring claim has
 * to hold, for a world that breaks everything proves little.
 *
 *     WORLD("A machine whose munmap does nothing",
 *           .breaks = "munmap-01 munmap-03", .spares = "munmap-02 map-01",
 *           .munmap = pretend)
 *
 * tests/worlds/<name>.c is one world, named as a sentence. The experiments of the program
 * touchstone-worlds are the very same objects as everywhere else, but for the names of the calls
 * below, which lead through the gate (gate.c) to the world that was chosen. Only the experiment's own calls
 * do, and only while a claim's body runs: instruments, assertions, needs and the safety net see the
 * machine as it is. A member that is NULL is as on a healthy machine. Inside a world the plain
 * names (mmap, munmap...) are the real calls.
 *
 * .breaks and .spares are patterns as of `touchstone run`, separated by spaces: ids, or
 * names of claims where only some of an id's claims are meant. Controls are chosen by name.
 */
#ifndef WORLDS_WORLD_H
#define WORLDS_WORLD_H

#include <pthread.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/resource.h>
#include <sys/shm.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <time.h>

#include <touchstone/areas.h>
#include <touchstone/faults.h>
#include <touchstone/memory_group.h>
#include <touchstone/pages.h>
#include <touchstone/swap.h>
#include <touchstone/timing.h>

struct world {
	const char *file;     /* tests/worlds/<name>.c */
	const char *sentence; /* "A machine whose munmap does nothing" */
	const char *
		breaks; /* every claim (controls only by name) that these choose comes out broken */
	const char *spares; /* every claim that these choose holds */
	const char
		*by; /* "calls" when NULL; "switch": the kernel's own; "reading": the last resort */

	/* Called in the claim's process just before its body: the kernel's own switches. */
	void (*enter)(void);
	/* Called in a new child, before it goes on. */
	void (*born)(void);
	/* A specimen was written to this file, to be run; it has run. */
	void (*image)(int file);
	void (*ran)(int file);
	/* Called in the parent when a child was made, or a child has ended. */
	void (*forked)(pid_t child);

	void *(*mmap)(void *address, size_t length, int protection, int flags, int fd,
		      off_t offset);
	int (*munmap)(void *address, size_t length);
	int (*mprotect)(void *address, size_t length, int protection);
	int (*madvise)(void *address, size_t length, int advice);
	void *(*mremap)(void *old, size_t old_length, size_t new_length, int flags, void *address);
	int (*msync)(void *address, size_t length, int flags);
	int (*mlock)(const void *address, size_t length);
	pid_t (*fork)(void);
	int (*clone)(int (*run)(void *), void *stack, int flags, void *argument);
	pid_t (*getpid)(void);
	ssize_t (*read)(int fd, void *buffer, size_t length);
	ssize_t (*write)(int fd, const void *buffer, size_t length);
	ssize_t (*pread)(int fd, void *buffer, size_t length, off_t offset);
	ssize_t (*pwrite)(int fd, const void *buffer, size_t length, off_t offset);
	int (*open)(const char *path, int flags, mode_t mode);
	int (*ftruncate)(int fd, off_t length);
	int (*memfd_create)(const char *name, unsigned flags);
	int (*sigaction)(int signal, const struct sigaction *action, struct sigaction *before);
	int (*setrlimit)(int resource, const struct rlimit *limit);
	long (*syscall)(long number, const long argument[6]);
	void *(*malloc)(size_t length);
	int (*pthread_create)(pthread_t *thread, const pthread_attr_t *attributes,
			      void *(*run)(void *), void *argument);
	ssize_t (*process_vm_readv)(pid_t pid, const struct iovec *to, unsigned long to_count,
				    const struct iovec *from, unsigned long from_count,
				    unsigned long flags);
	int (*getrusage)(int who, struct rusage *usage);
	int (*mincore)(void *a, size_t n, unsigned char *there);
	int (*munlock)(const void *a, size_t n);
	int (*mlockall)(int flags);
	int (*munlockall)(void);
	int (*brk)(void *end);
	void *(*sbrk)(intptr_t increment);
	int (*execve)(const char *path, char *const *argv, char *const *envp);
	int (*fexecve)(int fd, char *const *argv, char *const *envp);
	int (*shm_open)(const char *name, int flags, mode_t mode);
	int (*shm_unlink)(const char *name);
	int (*shmget)(key_t key, size_t n, int flags);
	void *(*shmat)(int id, const void *address, int flags);
	int (*shmdt)(const void *address);
	int (*shmctl)(int id, int command, struct shmid_ds *state);
	int (*posix_fadvise)(int fd, off_t o, off_t n, int advice);
	int (*posix_madvise)(void *a, size_t n, int advice);
	int (*fallocate)(int fd, int mode, off_t o, off_t n);
	int (*fsync)(int fd);
	off_t (*lseek)(int fd, off_t o, int from);
	int (*close)(int fd);
	ssize_t (*sendfile)(int to, int from, off_t *o, size_t n);
	int (*sigaltstack)(const stack_t *stack, stack_t *before);
	int (*kill)(pid_t pid, int signal);
	int (*raise)(int signal);
	pid_t (*waitpid)(pid_t pid, int *status, int options);
	int (*personality)(unsigned long persona);
	int (*getrlimit)(int resource, struct rlimit *limit);
	int (*clock_gettime)(clockid_t clock, struct timespec *time);
	ssize_t (*process_vm_writev)(pid_t pid, const struct iovec *l, unsigned long ln,
				     const struct iovec *r, unsigned long rn, unsigned long f);
	void *(*calloc)(size_t count, size_t size);
	void *(*realloc)(void *old, size_t n);
	void (*free)(void *old);
	int (*posix_memalign)(void **memory, size_t alignment, size_t n);
	int (*ioctl)(int fd, unsigned long request, void *argument);
	int (*fcntl)(int fd, int command, long argument);
	int (*prctl)(int option, const unsigned long argument[4]);
	long (*ptrace)(int request, pid_t pid, void *address, void *data);
	struct area_list (*observe_areas)(void);
	struct pages (*observe_pages_of)(pid_t process, const char *label, const void *start,
					 size_t count);
	struct pages (*observe_pages)(const char *label, const void *start, size_t count);
	struct usage (*observe_usage)(const char *label, const void *start, size_t length);
	size_t (*count_in_memory)(const void *start, size_t count);
	struct swap_area (*guard_swap_area)(enum swap_kind kind, size_t bytes);
	void (*guard_swap)(size_t bytes);
	size_t (*swap_area_used)(const struct swap_area *area);
	struct swap_traffic (*swap_traffic_of)(const struct swap_area *area);
	struct compression (*compression_of)(const struct swap_area *area);
	struct memory_group (*guard_memory_group)(size_t limit);
	void (*enter_memory_group)(const struct memory_group *group);
	void (*limit_memory_group)(const struct memory_group *group, size_t bytes);
	void (*limit_memory_group_swap)(const struct memory_group *group, size_t bytes);
	long long (*memory_group_limit_hits)(const struct memory_group *group);
	long long (*memory_group_kills)(const struct memory_group *group);
	long long (*memory_group_used)(const struct memory_group *group);
	long long (*memory_group_figure)(const struct memory_group *group, const char *line);
	long long (*memory_stall)(const struct memory_group *group, const char *kind);
	void (*guard_overcommit)(int mode);
	int (*swapoff)(const char *path);
	struct faults (*faults_now)(void); /* also where faults_of() begins */
	void (*touchstone_assert_race)(struct place place, struct race *race, const char *what);

	struct world *next;
};

void world_register(struct world *world);

#define WORLD(sentence_, ...)                                                                      \
	static struct world this_world = {.file = __FILE__, .sentence = (sentence_), __VA_ARGS__}; \
	__attribute__((constructor)) static void register_this_world(void)                         \
	{                                                                                          \
		world_register(&this_world);                                                       \
	}                                                                                          \
	extern int world_semicolon

#endif
