/* SPDX-License-Identifier: MIT */
/*
 * The page map of a process: /proc/PID/pagemap, /proc/kpageflags and /proc/kpagecount
 * (Documentation/admin-guide/mm/pagemap.rst). Functions return 0 or a negative errno;
 * a short read is -ENODATA.
 */
#ifndef INSTRUMENTS_PAGEMAP_H
#define INSTRUMENTS_PAGEMAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* The bits of a pagemap word. Bit 55 (soft-dirty) may be set on pages never touched. */
#define PAGEMAP_PRESENT    (UINT64_C(1) << 63)
#define PAGEMAP_SWAPPED    (UINT64_C(1) << 62)
#define PAGEMAP_OF_FILE    (UINT64_C(1) << 61)
#define PAGEMAP_GUARD      (UINT64_C(1) << 58) /* MADV_GUARD_INSTALL, told since 6.15; with 62 */
#define PAGEMAP_EXCLUSIVE  (UINT64_C(1) << 56)
#define PAGEMAP_SOFT_DIRTY (UINT64_C(1) << 55)
#define PAGEMAP_FRAME      ((UINT64_C(1) << 55) - 1)

/* Bits of a kpageflags word (linux/kernel-page-flags.h). */
#define KPAGE_ANON          (UINT64_C(1) << 12)
#define KPAGE_COMPOUND_HEAD (UINT64_C(1) << 15)
#define KPAGE_COMPOUND_TAIL (UINT64_C(1) << 16)
#define KPAGE_HUGE          (UINT64_C(1) << 17)
#define KPAGE_KSM           (UINT64_C(1) << 21)
#define KPAGE_THP           (UINT64_C(1) << 22)
#define KPAGE_ZERO          (UINT64_C(1) << 24)

/*
 * process 0: the caller. One word a page, from the page that start points into, in as few reads as
 * the kernel allows. -ENOENT: no such process, or no pagemap; -EACCES: not ours to look at;
 * -ENODATA: beyond the address space. After an error the words mean nothing.
 */
int pagemap_read(pid_t process, const void *start, size_t count, uint64_t *words);
/* From a descriptor that is open on a pagemap, or on a recording of one. */
int pagemap_read_from(int fd, uint64_t first_page, size_t count, uint64_t *words);

/* The frame number, or 0 where the page is absent, swapped, or the kernel hides numbers. */
uint64_t pagemap_frame(uint64_t word);
/* Whether any present page of these carries a number that is not 0. */
bool pagemap_is_numbered(const uint64_t *words, size_t count);

/*
 * For each pagemap word: the frame's flags, or how often it is mapped; 0 where there is no frame,
 * or its number is hidden. -EACCES where the file may not be read, even when no page has a frame.
 */
int kpageflags_read(const uint64_t *words, size_t count, uint64_t *flags);
int kpagecount_read(const uint64_t *words, size_t count, uint64_t *counts);

/*
 * One letter a page, as in touchstone/pages.h: . o s z ~  flags may be NULL; then a present page
 * that is neither exclusive nor of a file is drawn 's' though it may be the zero page. A guard page
 * is absent. A page that is being migrated reads as swapped for that moment: read again.
 */
char pagemap_letter(uint64_t word, const uint64_t *flags);

/* The strip as text: letters for up to 64 pages, runs ("o*256 s .*12") beyond that. Cut to fit,
 * a run only as a whole; always ended, unless size is 0. */
void pagemap_draw(const uint64_t *words, const uint64_t *flags, size_t count, char *text,
		  size_t size);

/* Self-proofs, on fresh memory: true when the instrument told the truth here. */
bool pagemap_proves_presence(void);  /* absent -> present over one touch */
bool pagemap_proves_exclusive(void); /* bit 56: 1 -> 0 -> 1 over a child's life */
bool pagemap_proves_numbers(void);   /* two touched pages have different numbers, none 0 */
bool kpageflags_proves_itself(void); /* a page only read is the zero page, a written one is not */

#endif
