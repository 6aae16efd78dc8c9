/* SPDX-License-Identifier: MIT */
/*
 * A process has more areas than the picture
 * =========================================
 *
 * Text, data, heap, stack: four boxes are what everybody remembers. "Real processes use many
 * mapped regions, not a single smooth block", says document 004 (3.5). Even a program that has
 * no C library has more than four, for constants, zeroed globals and the kernel's own pages
 * have areas of their own. A C library, a file, a thread each bring some more, and a browser has
 * thousands.
 *
 *      without a C library     constants text data bss stack [vvar] [vdso]
 *      an ordinary program     the same, heap, loader and libraries of four areas each, buffers...
 *      and then                + a file that it maps, + the stack of each thread and its guard
 *
 * Look with: the number of lines in /proc/PID/maps.
 * Read on:   proc(5) "maps"; document 004 section 3.5.
 */
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("A process has more areas than the picture");

SPECIMEN(does_as_told);

enum { PICTURE = 4, FILES = 3 };

static struct specimen_run run;

/* How many lines the map of a process has. */
static size_t count_lines(pid_t process)
{
	static char text[64 * 1024];
	size_t count = 0;
	ssize_t got;

	snprintf(text, sizeof text, "/proc/%d/maps", (int)process);

	int fd = open(text, O_RDONLY | O_CLOEXEC);

	arrange(fd >= 0);
	while ((got = read(fd, text, sizeof text)) > 0) {
		for (ssize_t i = 0; i < got; i++) {
			count += text[i] == '\n';
		}
	}
	arrange(got == 0);
	close(fd);
	return count;
}

static size_t areas_of_a_small_program(void)
{
	int file = specimen_file(&does_as_told);

	START_PROGRAM(run) {
		execve(specimen_path(file), WORDS("program", "wait"), NO_WORDS);
	}

	size_t count = count_lines(run.pid);

	end_program(&run);
	return count;
}

static void *count_in_thread(void *count)
{
	*(size_t *)count = count_lines(getpid());
	return NULL;
}

CLAIM(even_a_small_program_has_more_than_four, "layout-06",
      "A program without a C library has more than four areas", .needs = SPECIMENS | AREA_LIST)
{
	assert_at_least(areas_of_a_small_program(), PICTURE + 1, "areas of the small program");
}

CLAIM(each_file_and_thread_brings_more, "layout-06",
      "A process that maps files and has a thread has an area more for each, and more than the "
      "small "
      "program",
      .needs = SPECIMENS | AREA_LIST)
{
	size_t before = count_lines(getpid()), with_files, with_thread = 0;
	pthread_t thread;

	for (int i = 0; i < FILES; i++) {
		fresh_mapping(1, MAP_SHARED, memory_file(1, 1));
	}
	with_files = count_lines(getpid());
	assert_at_least(with_files, before + FILES, "areas with the files");
	arrange((errno = pthread_create(&thread, NULL, count_in_thread, &with_thread)) == 0);
	arrange(pthread_join(thread, NULL) == 0);
	assert_at_least(with_thread, with_files + 1, "areas with a thread");
	assert_at_least(with_thread, areas_of_a_small_program() + 1, "the same");
}

CONTROL(what_is_unmapped_is_counted_no_more, "layout-06",
	"Once a mapping is gone the count is what it was before it", .needs = AREA_LIST)
{
	char *area = reserve(3);
	size_t before = count_lines(getpid());

	arrange(mmap(page(area, 1), page_size(), PROT_READ, MAP_SHARED | MAP_FIXED,
		     memory_file(1, 1), 0) == page(area, 1));
	assert_equals(count_lines(getpid()), before + 2, "areas, with one in the midst of another");
	arrange(mmap(page(area, 1), page_size(), PROT_NONE,
		     MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED, -1,
		     0) == page(area, 1));
	assert_equals(count_lines(getpid()), before, "areas, once it was replaced");
}
