/* SPDX-License-Identifier: MIT */
/*
 * What a world does at the moment a page is touched: userfaultfd(2) holds whoever touches it, and a
 * thread of the world decides what the page shall be.
 *
 *     static void serve(char *page, bool writes)
 *     {
 *             give_page(page, contents);
 *     }
 *     serve_touches(area, length, serve);      from now on, for pages of the area that are absent
 *
 * Whether a touch that is served counts as a minor or as a major fault differs among kernels. Where
 * userfaultfd is not to be had the claim is undecided. Without privileges only the program's own
 * touches are served, and those of the kernel in its name end in EFAULT.
 */
#ifndef WORLDS_TOUCHES_H
#define WORLDS_TOUCHES_H

#include <stdbool.h>
#include <stddef.h>

typedef void serve_function(char *page, bool writes);

/* A world's .enter, where it matters that later calls cost no fault for what serving takes itself.
 */
void prepare_to_serve(void);

/* One function a world: the last one given serves. */
void serve_touches(void *area, size_t length, serve_function *serve);
/* The same, and then also the first write to a page that lend_zeros had served. */
void serve_touches_and_writes(void *area, size_t length, serve_function *serve);
void leave_touches_alone(void *area, size_t length);

/* A frame of its own behind the page, with these contents (NULL: zeros). Costs no fault. */
void give_page(char *page, const void *contents);
/*
 * The kernel's page of zeros behind the page (behind shared memory: a frame of zeros). Costs no
 * fault.
 */
void lend_zeros(char *page);

#endif
