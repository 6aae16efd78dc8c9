/* SPDX-License-Identifier: MIT */
/*
 * The cache gives its room back
 * =============================
 *
 * Free memory is of no use to anybody, so the kernel keeps files in it that were read (document 004, section
 * 18.3). A machine that has run for a while shows little free memory for that reason, and is not short of
 * any: a clean page is a copy of what is on the disk, and is forgotten as soon as a program wants its frame.
 *
 *      after reading        [file][file][file][file][    ][    ]
 *      a program's needs    [file][mine][mine][mine][mine][mine]      nothing was refused
 *
 * A memory cgroup is a machine of a size that we choose. In it the program's pages and what is in the
 * cache do not fit together; each of them does alone.
 *
 * Look with: mincore(2), and the cgroup's own count of how often it came up against its limit.
 * Read on:   cgroups(7); document 004 sections 18.3 and 16.
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("The cache gives its room back");

enum { FILE_PAGES = 512, OWN = 512, TIGHT = FILE_PAGES + OWN / 2, ROOMY = 4 * (FILE_PAGES + OWN) };

static struct memory_group live_with(size_t pages)
{
	struct memory_group group = guard_memory_group(pages * page_size());

	enter_memory_group(&group);
	return group;
}

/* A file that was just written and read, all of it in the cache, and none of it mapped by a touch. */
static char *cached_file(int *fd)
{
	static char bytes[64 * 1024];
	char *file;

	arrange(page_size() <= sizeof bytes);
	*fd = disk_file(FILE_PAGES, 1);
	file = mmap(NULL, FILE_PAGES * page_size(), PROT_READ, MAP_SHARED, *fd, 0);
	arrange(file != MAP_FAILED);
	for (size_t i = 0; i < FILE_PAGES; i++) {
		read_at(*fd, bytes, page_size(), i * page_size());
	}
	return file;
}

CLAIM(a_program_is_served_from_the_cache, "opt-07",
      "Where the cache has filled the memory a program gets all that it wants, at the cache's cost",
      .needs = MEMORY_CGROUP | DISK_FILE, .alone = "memory cgroup")
{
	struct memory_group group = live_with(TIGHT);
	int fd;
	char *file = cached_file(&fd), *own = fresh_pages(OWN, MAP_PRIVATE);

	assert_at_least(count_in_memory(file, FILE_PAGES), TIGHT - OWN + 1, "pages of it cached");
	IN_CHILD {
		write_pattern(own, OWN * page_size(), 2);
		assert_pattern(own, OWN * page_size(), 2, "the program's own pages");
		assert_at_most(count_in_memory(file, FILE_PAGES), TIGHT - OWN,
			       "pages of the file that are still cached");
	}
	assert_at_least(memory_group_limit_hits(&group), 1, "times the limit was hit");
}

CLAIM(nothing_of_the_file_is_lost, "opt-07",
      "What the cache has given up comes back from the disk, every byte of it",
      .needs = MEMORY_CGROUP | DISK_FILE, .alone = "memory cgroup")
{
	int fd;
	char *file, *own;

	(void)live_with(TIGHT);
	file = cached_file(&fd);
	own = fresh_pages(OWN, MAP_PRIVATE);
	IN_CHILD {
		write_pattern(own, OWN * page_size(), 2);
		assert_pattern(file, FILE_PAGES * page_size(), 1, "the file");
		assert_pattern(own, OWN * page_size(), 2, "the program's own pages");
	}
}

CONTROL(where_there_is_room_the_cache_stays, "opt-07",
	"Where there is room for both the file stays cached, while the program gets its memory",
	.needs = MEMORY_CGROUP | DISK_FILE, .alone = "memory cgroup")
{
	struct memory_group group = live_with(ROOMY);
	int fd;
	char *file = cached_file(&fd), *own = fresh_pages(OWN, MAP_PRIVATE);

	load_each(file, FILE_PAGES); /* mapped pages stay, whoever drops caches meanwhile */
	write_pattern(own, OWN * page_size(), 2);
	assert_equals(count_in_memory(file, FILE_PAGES), FILE_PAGES, "pages of the file cached");
	assert_equals(memory_group_limit_hits(&group), 0, "times the limit was hit");
}
