/* SPDX-License-Identifier: MIT */
/*
 * The argument of the ioctl PAGEMAP_SCAN on /proc/PID/pagemap, as the kernel defines it. linux/fs.h
 * has it since Linux 6.7, under the names in brackets; older headers do not.
 *
 * Needs: PAGE_SCAN. Read: the kernel's Documentation/admin-guide/mm/pagemap.rst.
 */
#ifndef TOUCHSTONE_PAGE_SCAN_H
#define TOUCHSTONE_PAGE_SCAN_H

#include <stdint.h>
#include <sys/ioctl.h>

#define SCAN_PAGES _IOWR('f', 16, struct page_scan)

struct page_scan {
	uint64_t size;         /* of this struct */
	uint64_t flags;        /* SCAN_PROTECTS, SCAN_INSISTS */
	uint64_t start, end;   /* of the range */
	uint64_t walk_end;     /* out: where it stopped */
	uint64_t regions;      /* address of an array of struct page_region (vec) */
	uint64_t region_count; /* and its length (vec_len) */
	uint64_t max_pages;    /* to be found at most; 0: any number */
	uint64_t inverted;     /* kinds to be taken for their contrary (category_inverted) */
	uint64_t wanted;       /* a page must be of all of these kinds (category_mask) */
	uint64_t wanted_any;   /* and, where not 0, of one of these (category_anyof_mask) */
	uint64_t told;         /* the kinds that are told of what was found (return_mask) */
};

struct page_region {
	uint64_t start, end, kinds;
};

enum { SCAN_PROTECTS = 1 << 0, SCAN_INSISTS = 1 << 1 };

enum page_kind {
	PAGE_WRITTEN = 1 << 1,
	PAGE_OF_FILE = 1 << 2,
	PAGE_PRESENT = 1 << 3,
	PAGE_SWAPPED = 1 << 4,
	PAGE_ZERO = 1 << 5,
};

#endif
