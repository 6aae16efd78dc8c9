/* SPDX-License-Identifier: MIT */
/*
 * Page faults that the program is told of, and answers itself (userfaultfd(2)).
 *
 *     faults = open_userfault(area, length, UFFDIO_REGISTER_MODE_MISSING, 0);
 *     answer_userfaults(faults, bring_the_page);       a thread calls it with each event
 *     load(area);                                      waits until the ioctls there have let it go on
 *
 * An answer runs beside the claim, so it asserts nothing: it records, and calls ioctl_userfaultfd(2).
 * Needs USERFAULTFD, or WRITE_PROTECT_EVENTS.
 */
#ifndef TOUCHSTONE_USERFAULT_H
#define TOUCHSTONE_USERFAULT_H

#include <errno.h>
#include <fcntl.h>
#include <linux/userfaultfd.h>
#include <pthread.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <touchstone/memory.h>
#include <touchstone/outcome.h>

#ifndef UFFD_USER_MODE_ONLY
#define UFFD_USER_MODE_ONLY 1
#endif

/* A descriptor of userfaultfd with these features, to which a range is registered in this mode. */
static inline int open_userfault(const void *start, size_t length, uint64_t mode, uint64_t features)
{
	struct uffdio_api api = {.api = UFFD_API, .features = features};
	struct uffdio_register wanted = {.range = {(uintptr_t)start, length}, .mode = mode};
	int fd = (int)syscall(SYS_userfaultfd, O_CLOEXEC | UFFD_USER_MODE_ONLY);

	arrange(fd >= 0 && ioctl(fd, UFFDIO_API, &api) == 0);
	arrange(ioctl(fd, UFFDIO_REGISTER, &wanted) == 0);
	return fd;
}

/* The page that an event is about. */
static inline char *page_told(const struct uffd_msg *told)
{
	return page_of((char *)(uintptr_t)told->arg.pagefault.address);
}

struct userfault_reader {
	int fd;
	void (*answer)(const struct uffd_msg *told);
};

static inline void *touchstone_read_userfaults(void *argument)
{
	const struct userfault_reader *reader = argument;
	struct uffd_msg told;

	while (read(reader->fd, &told, sizeof told) == (ssize_t)sizeof told) {
		reader->answer(&told);
	}
	return NULL;
}

/* From here on a thread reads the events and calls the answer with each. Once in a process. */
static inline void answer_userfaults(int fd, void (*answer)(const struct uffd_msg *told))
{
	static struct userfault_reader reader;
	pthread_t thread;

	reader = (struct userfault_reader){fd, answer};
	errno = pthread_create(&thread, NULL, touchstone_read_userfaults, &reader);
	arrange(errno == 0);
}

#endif
