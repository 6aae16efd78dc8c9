/* SPDX-License-Identifier: MIT */
/* What is resident: touchstone/residency.h on the residency instrument. */
#include <touchstone/residency.h>

#include <link.h>

#include <touchstone/memory.h>

#include "instruments/residency.h"
#include "words/observer.h"

size_t count_in_memory(const void *start, size_t count)
{
	size_t in_memory = 0;

	observer_demands(residency_count(start, count, &in_memory), "mincore");
	return in_memory;
}

/* A byte of each stretch that one page table describes, in everything that is loaded of an object. */
static int touch_stretches(struct dl_phdr_info *object, size_t size, void *nothing)
{
	size_t stretch = page_size() * (page_size() / sizeof(void *));

	(void)size;
	(void)nothing;
	for (size_t i = 0; i < object->dlpi_phnum; i++) {
		const ElfW(Phdr) *part = &object->dlpi_phdr[i];
		uintptr_t start = (uintptr_t)object->dlpi_addr + (uintptr_t)part->p_vaddr;

		if (part->p_type != PT_LOAD || !(part->p_flags & PF_R) || part->p_memsz == 0) {
			continue;
		}
		for (uintptr_t at = start; at < start + part->p_memsz; at += stretch) {
			load((const void *)at);
		}
		load((const void *)(start + part->p_memsz - 1));
	}
	return 0;
}

size_t status_bytes(const char *name)
{
	uint64_t bytes = 0;

	/*
	 * The program's code and data take tables as well, where they are used for the first time. They are
	 * brought now, so that none is added while a claim counts its own.
	 */
	dl_iterate_phdr(touch_stretches, NULL);
	observer_demands(residency_status(name, &bytes), name);
	return (size_t)bytes;
}
