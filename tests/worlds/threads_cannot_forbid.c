/* SPDX-License-Identifier: MIT */
/* munmap and mprotect of any but the first thread are of no consequence. */
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "worlds/world.h"

static int unmap(void *address, size_t length)
{
	return syscall(SYS_gettid) == getpid() ? munmap(address, length) : 0;
}

static int protect(void *address, size_t length, int protection)
{
	return syscall(SYS_gettid) == getpid() ? mprotect(address, length, protection) : 0;
}

WORLD("A machine where threads cannot forbid",
      .breaks = "what_one_thread_forbids_is_forbidden_to_all"
		" each_thread_shows_the_same_map.each_thread_shows_the_same_map",
      .spares = "what_one_thread_maps_the_others_have vma-03 vma-04 munmap-01", .munmap = unmap,
      .mprotect = protect);
