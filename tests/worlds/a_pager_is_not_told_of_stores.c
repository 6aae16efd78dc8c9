/* SPDX-License-Identifier: MIT */
/* Who reads the events of userfaultfd is told each touch of a missing page as a load. */
#include <linux/userfaultfd.h>
#include <unistd.h>

#include "worlds/world.h"

static ssize_t tell(int fd, void *buffer, size_t length)
{
	ssize_t got = read(fd, buffer, length);
	struct uffd_msg *told = buffer;

	if (got == (ssize_t)sizeof *told && told->event == UFFD_EVENT_PAGEFAULT) {
		told->arg.pagefault.flags &= ~(uint64_t)UFFD_PAGEFAULT_FLAG_WRITE;
	}
	return got;
}

WORLD("A machine whose pagers are not told of stores",
      .breaks = "the_pager_is_told_page_and_access a_store_is_told",
      .spares = "what_is_given_then_is_what_is_read uffd-10 uffd-06", .read = tell);
