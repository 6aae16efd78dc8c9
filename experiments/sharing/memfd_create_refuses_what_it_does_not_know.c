/* SPDX-License-Identifier: MIT */
/*
 * memfd_create refuses what it does not know
 * ==========================================
 *
 * The label of a memory file is shown behind "memfd:", and a name in Linux has 255 bytes at most: 249
 * are left, and one more is EINVAL. The label lies in the caller's memory, so a pointer that leads
 * nowhere is EFAULT, and so is a label that runs off the end of what is mapped. And a flag that the
 * kernel does not know is refused, not overlooked: only so can a program ask for something new
 * and learn whether it got it.
 *
 *      |m|e|m|f|d|:|<----- 249 bytes ----->|0|          +1: EINVAL
 *
 *      ... |l|a|b|##########            no 0 before the end of the mapping: EFAULT
 *
 * Look with: errno, and the number that a duplicate gets: a refused call takes no descriptor.
 * Read on:   memfd_create(2).
 */
#include <errno.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("memfd_create refuses what it does not know");

enum { NAME_LIMIT = 249, FIRST_SIZE_BIT = 26 };

#ifndef MFD_HUGETLB
#define MFD_HUGETLB 4U
#endif

static const char *label_of(size_t length)
{
	static char label[NAME_LIMIT + 10];

	memset(label, 'l', sizeof label);
	label[length] = 0;
	return label;
}

/* The number that the next descriptor gets. */
static int next_descriptor(void)
{
	int fd = dup(STDERR_FILENO);

	if (fd < 0) {
		fd = memfd_create("next", 0);
	}
	arrange(fd >= 0 && close(fd) == 0);
	return fd;
}

CLAIM(a_label_has_249_bytes_at_most, "memfd-04",
      "A label of 249 bytes is accepted, and one of 250 or more is refused with EINVAL")
{
	int next = next_descriptor();

	assert_refused(memfd_create(label_of(NAME_LIMIT + 1), 0), EINVAL);
	assert_refused(memfd_create(label_of(NAME_LIMIT + 7), 0), EINVAL);
	assert_equals(next_descriptor(), next, "the next descriptor");
	assert_accepted(memfd_create(label_of(NAME_LIMIT), 0));
}

CLAIM(a_label_must_be_readable, "memfd-04",
      "A label that lies in no memory, or does not end before its memory does, is EFAULT")
{
	char *area = fresh_pages(1, MAP_PRIVATE), *end = page(area, 1);

	memset(area, 'l', page_size());
	assert_refused(memfd_create(NULL, 0), EFAULT);
	assert_refused(memfd_create(end, 0), EFAULT); /* reserve() left a page inaccessible there */
	assert_refused(memfd_create(end - 1, 0), EFAULT);
	assert_refused(memfd_create(end - NAME_LIMIT, 0), EFAULT);
	store(end - 1, 0);
	assert_accepted(memfd_create(end - 1, 0));
	assert_accepted(memfd_create(end - NAME_LIMIT, 0));
}

CLAIM(unknown_flags_are_refused, "memfd-05",
      "The bits that choose a size of huge pages are EINVAL where no huge pages are asked for")
{
	int next = next_descriptor();

	for (int bit = FIRST_SIZE_BIT; bit < 32; bit++) {
		assert_refused(memfd_create("flags", 1U << bit), EINVAL);
		assert_refused(memfd_create("flags", MFD_CLOEXEC | MFD_ALLOW_SEALING | 1U << bit),
			       EINVAL);
	}
	assert_refused(memfd_create("flags", ~MFD_HUGETLB), EINVAL);
	assert_equals(next_descriptor(), next, "the next descriptor");
}

CLAIM(a_file_takes_a_descriptor, "memfd-16",
      "Where the limit of descriptors is reached no memory file is made: EMFILE")
{
	struct rlimit limit;

	arrange(getrlimit(RLIMIT_NOFILE, &limit) == 0);
	limit.rlim_cur = (rlim_t)next_descriptor();
	arrange(setrlimit(RLIMIT_NOFILE, &limit) == 0);
	assert_refused(memfd_create("one too many", 0), EMFILE);
	limit.rlim_cur++;
	arrange(setrlimit(RLIMIT_NOFILE, &limit) == 0);
	assert_accepted(memfd_create("the last one", 0));
	assert_refused(memfd_create("one too many", 0), EMFILE);
}

CONTROL(what_is_known_is_accepted, "memfd-04 memfd-05 memfd-16",
	"Each of the two flags, both together, and none are accepted, with a label and without")
{
	int next = next_descriptor();

	assert_accepted(memfd_create("", 0));
	assert_differs(next_descriptor(), next, "the next descriptor");
	assert_accepted(memfd_create("flags", MFD_CLOEXEC));
	assert_accepted(memfd_create("flags", MFD_ALLOW_SEALING));
	assert_accepted(memfd_create("flags", MFD_CLOEXEC | MFD_ALLOW_SEALING));
}
