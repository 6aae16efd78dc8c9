/* SPDX-License-Identifier: MIT */
/* The event of a store to a protected page comes when the page has been changed already. */
#include <linux/userfaultfd.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static ssize_t tell(int fd, void *buffer, size_t length)
{
	ssize_t got = read(fd, buffer, length);
	struct uffd_msg *told = buffer;

	if (got == (ssize_t)sizeof *told && told->event == UFFD_EVENT_PAGEFAULT &&
	    told->arg.pagefault.flags & UFFD_PAGEFAULT_FLAG_WP) {
		char *page = page_of((char *)(uintptr_t)told->arg.pagefault.address);
		struct uffdio_writeprotect leave = {.range = {(uintptr_t)page, page_size()},
						    .mode = UFFDIO_WRITEPROTECT_MODE_DONTWAKE};

		ioctl(fd, UFFDIO_WRITEPROTECT, &leave);
		store(page + page_size() / 2, (unsigned char)~load(page + page_size() / 2));
	}
	return got;
}

WORLD("A machine where a store is told when it is done", .breaks = "the_store_waits_for_leave",
      .spares = "a_store_is_told protection_comes_back_when_asked_for fault-19", .read = tell);
