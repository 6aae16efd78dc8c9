/* SPDX-License-Identifier: MIT */
/*
 * Dirty pages of a file are written so that they can go
 * =====================================================
 *
 * A clean page of a file can be let go at once. A dirty one holds the only copy of what was stored
 * there, so it is third on the list of document 004 (12.4): "write dirty pages back if needed". Then it
 * is clean, and its frame can be had. So a program may store into more pages of a file than there
 * are frames, without a word of msync(2), and none of it is lost.
 *
 *      limit    |<------- 512 pages ------->|
 *      storing  |[d][d][d][d][d][d] ...     |        d: dirty
 *      later    |[ ][ ][d][d][d][d] ...     |[d][d]  the first were written, and are gone
 *      on disk   [0][1]
 *
 * What has no place to be written to cannot go: a file in memory without swap is such a thing.
 *
 * Look with: every byte of the file; mincore(2); whether the child was killed.
 * Read on:   cgroups(7), memfd_create(2); document 004 section 12.4.
 */
#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <touchstone/experiment.h>
#include <touchstone/processors.h>

EXPERIMENT("Dirty pages of a file are written so that they can go");

enum { LIMIT = 512, PAGES = 2 * LIMIT, LARGEST_PAGE = 64 * 1024, OLD = 3, NEW = 4, ATTEMPTS = 5 };

enum { DONE, TOO_MANY_IN_MEMORY };

/* By stores to a mapping, or by pwrite(2), page by page; the number of pages changed is counted for the parent. */
static int change_all(int fd, bool mapped, volatile unsigned *changed)
{
	static char content[LARGEST_PAGE];
	char *file = mmap(NULL, PAGES * page_size(), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);

	arrange(file != MAP_FAILED && madvise(file, PAGES * page_size(), MADV_RANDOM) == 0);
	for (size_t i = 0; i < PAGES; i++) {
		pattern_bytes(content, page_size(), NEW, i * page_size());
		if (mapped) {
			memcpy(page(file, i), content, page_size());
		} else {
			write_at(fd, content, page_size(), i * page_size());
		}
		*changed = (unsigned)i + 1;
	}
	return count_in_memory(file, PAGES) > LIMIT ? TOO_MANY_IN_MEMORY : DONE;
}

/* How a child in the group ends that does so: it may be killed. */
static int end_of_a_changing_child(const struct memory_group *group, int fd, bool mapped,
				   volatile unsigned *changed)
{
	int status = 0;
	pid_t child = fork();

	arrange(child >= 0);
	if (child == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		enter_memory_group(group);
		_exit(change_all(fd, mapped, changed));
	}
	arrange(waitpid(child, &status, 0) == child);
	return status;
}

static void assert_it_comes_to_its_end(bool mapped)
{
	int fd = mapped ? cold_file(PAGES, OLD) : disk_file(PAGES, OLD);
	volatile unsigned *changed = (void *)fresh_pages(1, MAP_SHARED);
	unsigned most = 0;
	struct memory_group group;
	int status = SIGKILL;

	arrange(page_size() <= LARGEST_PAGE);
	make_cold(fd, PAGES);
	group = guard_memory_group(LIMIT * page_size());
	/*
	 * The kernel may lose patience with a slow disk: version 1, above all, does not make who stores wait for
	 * it. And who was killed has left dirty pages.
	 */
	for (int i = 0; i < ATTEMPTS && WIFSIGNALED(status); i++) {
		status = end_of_a_changing_child(&group, fd, mapped, changed);
		most = *changed > most ? *changed : most;
	}
	evidence("pages changed", "%u, with room for %d", most, LIMIT);
	/* Dirty pages went, or the room was full of them, on a machine whose disk is known to be slow. */
	if (WIFSIGNALED(status) &&
	    (most > LIMIT + LIMIT / 4 || (most >= LIMIT / 2 && this_machine_is_slow()))) {
		undecided("needs a disk that keeps up with who stores: after some pages he was "
			  "killed");
	}
	assert_equals(WIFSIGNALED(status) ? WTERMSIG(status) : 0, 0, "the signal that ended it");
	assert_differs(WEXITSTATUS(status), TOO_MANY_IN_MEMORY, "1: more in memory than the limit");
	arrange(WEXITSTATUS(status) == DONE);
	assert_at_least(memory_group_limit_hits(&group), 1, "times the limit was hit");
	evidence("bytes charged", "%lld", memory_group_used(&group));
	(void)posix_fadvise(fd, 0, 0,
			    POSIX_FADV_DONTNEED); /* let as much as can be come from the disk */

	char *file = fresh_mapping(PAGES, MAP_SHARED, fd);

	assert_pattern(file, PAGES * page_size(), NEW, "the file");
}

CLAIM(stores_to_a_mapping_come_to_their_end, "pressure-04",
      "Twice as many pages of a mapped file as there is memory can be stored to, and nothing is "
      "lost",
      .needs = MEMORY_CGROUP | DISK_FILE, .alone = "memory cgroup")
{
	assert_it_comes_to_its_end(true);
}

CLAIM(writes_come_to_their_end, "pressure-04",
      "Twice as many pages of a file as there is memory can be written by pwrite(2), nothing is "
      "lost",
      .needs = MEMORY_CGROUP | DISK_FILE, .alone = "memory cgroup")
{
	assert_it_comes_to_its_end(false);
}

CONTROL(what_can_be_written_nowhere_cannot_go, "pressure-04",
	"Who stores to as many pages of a file in memory, where there is no swap, is killed at the "
	"limit",
	.needs = MEMORY_CGROUP, .alone = "memory cgroup")
{
	int fd = memory_file(0, OLD);
	struct memory_group group = guard_memory_group(LIMIT * page_size());

	arrange(ftruncate(fd, (off_t)(PAGES * page_size())) == 0);
	limit_memory_group_swap(&group, 0);

	volatile unsigned *changed = (void *)fresh_pages(1, MAP_SHARED);
	int status = end_of_a_changing_child(&group, fd, true, changed);

	assert_equals(WIFSIGNALED(status) ? WTERMSIG(status) : 0, SIGKILL,
		      "the signal that ended the child");
}
