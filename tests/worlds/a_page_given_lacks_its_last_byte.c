/* SPDX-License-Identifier: MIT */
/* Of a page that a pager gives, or lets the kernel fill with zeros, the last byte is wrong. */
#include <linux/userfaultfd.h>
#include <sys/ioctl.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

/* Before anybody is woken. */
static int give(int fd, struct uffdio_copy *copy)
{
	struct uffdio_range given = {copy->dst, copy->len};
	uint64_t wake = !(copy->mode & UFFDIO_COPY_MODE_DONTWAKE);

	copy->mode |= UFFDIO_COPY_MODE_DONTWAKE;
	if (ioctl(fd, UFFDIO_COPY, copy) != 0) {
		return -1;
	}
	store((char *)(uintptr_t)(copy->dst + copy->len - 1), 0);
	return wake ? ioctl(fd, UFFDIO_WAKE, &given) : 0;
}

static int give_zeros(int fd, struct uffdio_zeropage *zeros)
{
	zeros->mode |= UFFDIO_ZEROPAGE_MODE_DONTWAKE;
	if (ioctl(fd, UFFDIO_ZEROPAGE, zeros) != 0) {
		return -1;
	}
	store((char *)(uintptr_t)(zeros->range.start + zeros->range.len - 1), 1);
	return ioctl(fd, UFFDIO_WAKE, &zeros->range);
}

static int control(int fd, unsigned long request, void *argument)
{
	return request == UFFDIO_COPY       ? give(fd, argument)
	       : request == UFFDIO_ZEROPAGE ? give_zeros(fd, argument)
					    : ioctl(fd, request, argument);
}

WORLD("A machine where a page that is given lacks its last byte",
      .breaks = "what_is_given_then_is_what_is_read zeros_need_no_source"
		" the_program_can_bring_a_missing_page_itself."
		"who_is_not_registered_is_served_by_the_kernel "
		"a_waiting_fault_goes_on_when_it_is_woken.a_plain_copy_wakes_at_once "
		"a_missing_page_can_be_left_to_the_kernel.a_page_that_is_there_asks_nobody",
      .spares = "the_pager_is_told_page_and_access it_sleeps_until_it_is_woken uffd-08",
      .ioctl = control);
