/* SPDX-License-Identifier: MIT */
/*
 * The cache gives its room back
 * =============================
 *
 * Free memory is of no use to anybody, so the kernel keeps in it what was read or written of files
 * (document 004, section 18.3). A machine that has run for a while shows little free memory for that
 * reason, and is not short of any: a clean page is a copy of what is on the disk, and is forgotten as
 * soon as a program wants its frame.
 *
 *      at first             [file][file][file][file][    ][    ]
 *      a program's needs    [file][mine][mine][mine][mine][mine]      nothing was refused
 *
 * A memory cgroup is a machine of a size that we choose. In it the program's pages and what is in the
 * cache do not fit together; each of them does alone. Where nothing could be given back the program
 * would be killed.
 *
 * Look with: mincore(2), and the cgroup's own count of how often it came up against its limit.
 * Read on:   cgroups(7); document 004 sections 18.3 and 16.
 */
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("The cache gives its room back");

enum { FILE_PAGES = 1024, OWN = 512, TIGHT = FILE_PAGES + OWN / 2, ROOMY = 4 * (FILE_PAGES + OWN) };

/* A file that was just written to the disk: all of it is in the cache, clean, and mapped but not touched. */
static char *cached_file(void)
{
	char *file = mmap(NULL, FILE_PAGES * page_size(), PROT_READ, MAP_SHARED,
			  disk_file(FILE_PAGES, 1), 0);

	arrange(file != MAP_FAILED);
	return file;
}

enum { SERVED, STILL_CACHED, NOT_CACHED, LOST };

/* The whole life of a process in the group; its exit status tells what became of it. */
static int live_in(const struct memory_group *group)
{
	static unsigned char expected[64 * 1024];
	char *file, *own = fresh_pages(OWN, MAP_PRIVATE);

	enter_memory_group(group);
	file = cached_file();
	if (count_in_memory(file, FILE_PAGES) <= TIGHT - OWN) {
		return NOT_CACHED;
	}
	write_pattern(own, OWN * page_size(), 2);
	if (count_in_memory(file, FILE_PAGES) > TIGHT - OWN) {
		return STILL_CACHED;
	}
	for (size_t i = 0; i < FILE_PAGES; i++) {
		pattern_bytes(expected, page_size(), 1, i * page_size());
		if (memcmp(page(file, i), expected, page_size()) != 0) {
			return LOST;
		}
	}
	return SERVED;
}

static int end_of_a_life_in(const struct memory_group *group)
{
	int status;
	pid_t child = fork();

	arrange(child >= 0);
	if (child == 0) { /* which is killed where nothing is given back: that is no error here */
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		_exit(live_in(group));
	}
	arrange(waitpid(child, &status, 0) == child);
	return status;
}

CLAIM(a_program_is_served_from_the_cache, "opt-07",
      "Where the cache has filled the memory a program gets all that it wants, at the cache's cost",
      .needs = MEMORY_CGROUP | DISK_FILE, .alone = "memory cgroup")
{
	struct memory_group group = guard_memory_group(TIGHT * page_size());
	int status = end_of_a_life_in(&group);

	/* A page on its way to or from the disk cannot go just then; where all are, somebody is killed. */
	for (int again = 0; again < 2 && WIFSIGNALED(status); again++) {
		group = guard_memory_group(TIGHT * page_size());
		status = end_of_a_life_in(&group);
	}
	assert_equals(WIFSIGNALED(status) ? WTERMSIG(status) : 0, 0, "the signal that ended it");
	if (WEXITSTATUS(status) == NOT_CACHED) {
		undecided("needs a machine where nobody else drops caches just now");
	}
	arrange(WEXITSTATUS(status) <= LOST);
	assert_differs(WEXITSTATUS(status), STILL_CACHED, "1: the file was still cached");
	assert_differs(WEXITSTATUS(status), LOST, "3: the file came back otherwise");
	assert_at_least(memory_group_limit_hits(&group), 1, "times the limit was hit");
}

CONTROL(where_there_is_room_the_cache_stays, "opt-07",
	"Where there is room for both the file stays cached, while the program gets its memory",
	.needs = MEMORY_CGROUP | DISK_FILE, .alone = "memory cgroup")
{
	struct memory_group group = guard_memory_group(ROOMY * page_size());
	char *file, *own = fresh_pages(OWN, MAP_PRIVATE);

	enter_memory_group(&group);
	file = cached_file();
	load_each(file, FILE_PAGES); /* mapped pages stay, whoever drops caches meanwhile */
	write_pattern(own, OWN * page_size(), 2);
	assert_equals(count_in_memory(file, FILE_PAGES), FILE_PAGES, "pages of the file cached");
	assert_equals(memory_group_limit_hits(&group), 0, "times the limit was hit");
}
