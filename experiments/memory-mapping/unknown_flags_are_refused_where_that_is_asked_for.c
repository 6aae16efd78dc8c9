/* SPDX-License-Identifier: MIT */
/*
 * Unknown flags are refused where that is asked for
 * =================================================
 *
 * mmap(2) has always ignored flags that it does not know. So a program that asks for something new
 * gets a mapping from an old kernel as well, only without what it asked for, and cannot tell.
 * MAP_SHARED_VALIDATE is a second way to say MAP_SHARED: the same mapping, but the kernel
 * promises every flag that is given with it, or refuses with EOPNOTSUPP.
 *
 *                              MAP_SHARED      MAP_PRIVATE     MAP_SHARED_VALIDATE
 *      a flag it knows         a mapping       a mapping       a mapping
 *      a flag it knows not     a mapping       a mapping       EOPNOTSUPP
 *      MAP_SYNC                a mapping                       EOPNOTSUPP, unless the file lies in
 *                                                              persistent memory (DAX)
 *
 * MAP_SYNC is the flag that this was made for: data are to be durable as soon as they are stored.
 * A promise like that must not be ignored. No file in main memory can give it.
 *
 * Look with: errno, and the bytes of the file.
 * Read on:   mmap(2) MAP_SHARED_VALIDATE, MAP_SYNC.
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("Unknown flags are refused where that is asked for");

#ifndef MAP_SHARED_VALIDATE
#define MAP_SHARED_VALIDATE 3
#endif
#ifndef MAP_SYNC /* some architectures have none */
#define MAP_SYNC 0
#endif

enum { PAGES = 2 };

/* No architecture gives these bits a meaning. */
static const int unknown[] = {1 << 22, 1 << 25, 1 << 22 | 1 << 25};

static char *map_file(int fd, int flags)
{
	return mmap(NULL, PAGES * page_size(), PROT_READ | PROT_WRITE, flags, fd, 0);
}

/* A file that can be mapped with MAP_SHARED_VALIDATE. */
static int validated_file(void)
{
	int fd = memory_file(PAGES, 1);

	if (map_file(fd, MAP_SHARED_VALIDATE) == MAP_FAILED && errno == EINVAL) {
		undecided("needs MAP_SHARED_VALIDATE: Linux 4.15 or later");
	}
	return fd;
}

CLAIM(an_unknown_flag_is_refused_if_asked, "mmap-01",
      "MAP_SHARED_VALIDATE refuses a flag that the kernel does not know with EOPNOTSUPP")
{
	int fd = validated_file();

	for (size_t i = 0; i < 3; i++) {
		assert_refused(map_file(fd, MAP_SHARED_VALIDATE | unknown[i]), EOPNOTSUPP);
		assert_refused(map_file(fd, MAP_SHARED_VALIDATE | MAP_POPULATE | unknown[i]),
			       EOPNOTSUPP);
	}
}

CLAIM(a_validated_mapping_is_shared, "mmap-01",
      "Otherwise MAP_SHARED_VALIDATE is MAP_SHARED: what is stored is in the file, for everybody")
{
	const int known[] = {0, MAP_POPULATE, MAP_NORESERVE, MAP_STACK};
	static char content[PAGES * 64 * 1024];
	int fd = validated_file();

	arrange(PAGES * page_size() <= sizeof content);
	for (unsigned i = 0; i < 4; i++) {
		char *area = (char *)assert_accepted(map_file(fd, MAP_SHARED_VALIDATE | known[i]));

		assert_pattern(area, PAGES * page_size(), 1 + i, "the mapping of the file");
		IN_CHILD {
			write_pattern(area, PAGES * page_size(), 2 + i);
		}
		assert_pattern(area, PAGES * page_size(), 2 + i, "what a child has stored");
		read_at(fd, content, PAGES * page_size(), 0);
		assert_pattern(content, PAGES * page_size(), 2 + i, "the file");
	}
}

CONTROL(other_mappings_ignore_what_they_do_not_know, "mmap-01",
	"With MAP_SHARED and MAP_PRIVATE the same flags are ignored, and the mapping shows the "
	"file")
{
	int fd = memory_file(PAGES, 1);

	for (size_t i = 0; i < 3; i++) {
		char *shared = (char *)assert_accepted(map_file(fd, MAP_SHARED | unknown[i]));
		char *private = (char *)assert_accepted(map_file(fd, MAP_PRIVATE | unknown[i]));

		assert_pattern(private, PAGES * page_size(), 1, "a private mapping");
		write_pattern(private, PAGES * page_size(), 2);
		assert_pattern(shared, PAGES * page_size(), 1, "a shared mapping");
	}
}

CLAIM(durable_stores_are_promised_by_no_memory, "mmap-02",
      "MAP_SYNC is refused with EOPNOTSUPP for a file in main memory, which cannot be durable")
{
	int fd = validated_file();

	if (MAP_SYNC == 0) {
		undecided("needs MAP_SYNC: another architecture");
	}
	assert_refused(map_file(fd, MAP_SHARED_VALIDATE | MAP_SYNC), EOPNOTSUPP);
	assert_accepted(map_file(fd, MAP_SHARED_VALIDATE));
}

CONTROL(a_plain_shared_mapping_ignores_the_wish, "mmap-02",
	"With MAP_SHARED the same wish for the same file is silently ignored")
{
	char *area =
		(char *)assert_accepted(map_file(memory_file(PAGES, 1), MAP_SHARED | MAP_SYNC));

	assert_pattern(area, PAGES * page_size(), 1, "the mapping");
}
