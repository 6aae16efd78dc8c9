/* SPDX-License-Identifier: MIT */
/*
 * A pager of our own: memory of many pages of which only a few have frames at any time.
 *
 *     struct pager pager;
 *
 *     start_pager(&pager, &fifo, 5, 3);              five pages, three frames, none filled
 *     pager_load(&pager, 4);                         a real load, and a real fault
 *     assert_equals(pager.faults, 1, "faults");
 *
 * It does in this process what the kernel does for all: an access to a page without a frame
 * traps; where all frames are taken, the policy (policies.h) names a victim; a victim that was stored to
 * since it came is written back; its frame is given up (MADV_DONTNEED), and the page that is
 * wanted is read in. So no more than `frames` pages of the memory are ever present.
 *
 * Observes: the pager's own counts below, one for each event.
 * How:      userfaultfd(2) tells of pages without a frame, where it is allowed; else mprotect(2) and
 *           SIGSEGV do, with equal counts. Accesses to pages that have one are watched, as far
 *           as the policy wants it, by mprotect and SIGSEGV. Which way is kept as evidence.
 * Needs:    nothing. An error where memory is not to be had.
 */
#ifndef TOUCHSTONE_PAGER_H
#define TOUCHSTONE_PAGER_H

#include <stdbool.h>
#include <stddef.h>

#include <touchstone/outcome.h>
#include <touchstone/policies.h>

enum { PAGER_PAGES = 64 }; /* at most so many pages, and so many frames */

struct pager {
	char *memory; /* the pages, as the program sees them: page(pager.memory, 4) */
	size_t pages;
	struct frames frames;   /* who holds which frame, and what the policy knows of it */
	unsigned long accesses; /* loads and stores so far */
	unsigned long faults;   /* of them, to a page without a frame */
	unsigned long
		noticed; /* traps on pages that have one: recency that was watched, first stores */
	unsigned long written; /* victims written back */
	unsigned long dropped; /* victims that were clean, and just forgotten */
	unsigned long read;    /* pages read in */
	size_t last_victim;    /* the page that went last; NO_PAGE: none yet */
	bool by_events;        /* userfaultfd tells of the faults */
	char *store;           /* the backing store: the pages as they were written back */
	int events;            /* the userfaultfd, or -1 */
};

/*
 * Page n begins as the n-th page of the pattern with seed 1 (memory.h), in the backing store. One pager a
 * process at a time; stop_pager ends it. start_pager_by_signals does without userfaultfd.
 */
void start_pager(struct pager *pager, const struct policy *policy, size_t pages, size_t frames);
void start_pager_by_signals(struct pager *pager, const struct policy *policy, size_t pages,
			    size_t frames);
void stop_pager(struct pager *pager);

/* One real access to the byte at an offset in the page. */
unsigned char pager_load(struct pager *pager, size_t page, size_t offset);
void pager_store(struct pager *pager, size_t page, size_t offset, unsigned char value);

/* Loads the first byte of each page of the string in turn; yields how many of the loads faulted. */
unsigned long pager_replay(struct pager *pager, const unsigned char *string, size_t length);

/*
 * assert_replay(&pager, string, length, 9, "faults"): loads a byte of each page of the string in
 * turn, at changing offsets. Each is the pattern's, for nobody has stored to the pages, and so many
 * of the loads fault.
 */
#define assert_replay(pager_, string_, length_, faults_, what_)                                    \
	touchstone_assert_replay(HERE, pager_, string_, length_, faults_, what_)

void touchstone_assert_replay(struct place place, struct pager *pager, const unsigned char *string,
			      size_t length, unsigned long faults, const char *what);

#endif
