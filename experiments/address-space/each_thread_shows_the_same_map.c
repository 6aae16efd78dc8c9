/* SPDX-License-Identifier: MIT */
/*
 * Each thread shows the same map
 * ==============================
 *
 * The list of areas belongs to the address space, and threads share that (documents 002, 003).
 * So each thread has a memory map of its own in /proc only by name: it is the same list, in
 * which a change that one thread makes is a change for all. A forked child is shown another
 * list.
 *
 *      /proc/PID/maps            --+
 *      /proc/PID/task/TID/maps   --+--> the list of areas       /proc/CHILD/maps --> another list
 *      /proc/thread-self/maps    --+
 *
 * Look with: /proc/self/maps and /proc/thread-self/maps, byte by byte.
 * Read on:   proc(5), clone(2) CLONE_VM; documents 002, 003.
 */
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("Each thread shows the same map");

enum { TEXT = 64 * 1024, PAGES = 4 };

struct map {
	char text[TEXT];
	size_t length;
};

static void read_map(struct map *map, const char *path)
{
	ssize_t got = 1;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	map->length = 0;
	while (fd >= 0 && got > 0 && map->length < TEXT) {
		got = read(fd, map->text + map->length, TEXT - map->length);
		map->length += got > 0 ? (size_t)got : 0;
	}
	if (fd < 0 || got != 0 || close(fd) != 0) {
		undecided("needs %s: Linux 3.17, and a list below 64 KiB", path);
	}
}

/* Of the process, of its other thread; and of the process when that thread has unmapped a page. */
struct maps {
	struct map process, thread, later;
	char *area;
};

static void *read_maps(void *argument)
{
	struct maps *maps = argument;

	read_map(&maps->process, "/proc/self/maps");
	read_map(&maps->thread, "/proc/thread-self/maps");
	arrange(munmap(page(maps->area, 1), page_size()) == 0);
	read_map(&maps->later, "/proc/thread-self/maps");
	return NULL;
}

CLAIM(each_thread_shows_the_same_map, "vma-05",
      "A thread's map is its process's, byte for byte, and what it unmaps is gone from both",
      .needs = AREA_LIST)
{
	static struct maps maps;
	pthread_t thread;

	maps.area = fresh_pages(PAGES, MAP_PRIVATE);
	errno = pthread_create(&thread, NULL, read_maps, &maps);
	arrange(errno == 0 && pthread_join(thread, NULL) == 0);
	assert_equals(maps.thread.length, maps.process.length, "bytes of the thread's map");
	assert_same_bytes(maps.thread.text, maps.process.text, maps.process.length,
			  "the thread's map");
	assert_equals(count_areas(page(maps.area, 1), page_size()), 0, "areas where it unmapped");
	assert_differs(maps.later.length, maps.thread.length, "bytes of the map after that");
}

CONTROL(a_child_shows_a_map_of_its_own, "vma-05",
	"What a child unmaps is gone from its own map, and stays in its parent's",
	.needs = AREA_LIST)
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE);

	IN_CHILD {
		arrange(munmap(page(area, 1), page_size()) == 0);
		assert_equals(count_areas(area, PAGES * page_size()), 2, "areas of the child");
	}
	assert_equals(count_areas(area, PAGES * page_size()), 1, "areas of the parent");
}
