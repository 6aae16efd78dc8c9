/* SPDX-License-Identifier: MIT */
/*
 * What several worlds do: parting pages, and acting at the very moment of an access.
 */
#ifndef WORLDS_ACTS_H
#define WORLDS_ACTS_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

#include "worlds/gate.h"

bool is_private(const struct mapping *mapping); /* and may be written */
bool is_of_file(const struct mapping *mapping);

/* For gate_each_mapping: each page that is there and private gets a frame of this process's own. */
void part_pages(const struct mapping *mapping);

/*
 * Takes a permission from the pages, so that the next access (left = PROT_NONE) or the next store
 * (PROT_READ) calls first(page), with the page whole again and the access still to come. What a
 * fork shares and pagemap shows is as before; only system calls meet EFAULT.
 */
void watch(void *start, size_t length, int left, void (*first)(char *page));
void watch_private(int left, void (*first)(char *page)); /* each private mapping of the gate */
bool is_watched(const void *address);

/* pthread_create for a thread in which part_of(guard) bytes of its guard, from below, can be used. */
int create_unguarded(pthread_t *thread, const pthread_attr_t *attributes, void *(*start)(void *),
		     void *argument, size_t (*part_of)(size_t guard));

/* What the kernel itself answers: for worlds in which syscall(2) lies about some numbers only. */
long pass_on(long number, const long argument[6]);

#endif
