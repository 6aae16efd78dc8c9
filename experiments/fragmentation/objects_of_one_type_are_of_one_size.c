/* SPDX-License-Identifier: MIT */
/*
 * Objects of one type are of one size, side by side
 * =================================================
 *
 * For its own objects the kernel has "a slab or SLUB allocator for frequently used fixed-size kernel
 * objects" (document 004, section 4.3). Each type has a cache, each cache takes whole pages from the buddy
 * allocator, and carves them into objects of one size. So what becomes free in it fits the next object:
 *
 *      a slab of a cache     | object | object | object | object |..|      whole pages, with one rest
 *
 * The pages are a power of two, as the buddy allocator has them. Of slab and SLUB only SLUB is left.
 *
 * Look with: /proc/slabinfo: objsize, objperslab and pagesperslab of each cache; root only.
 * Read on:   slabinfo(5); document 004 section 4.3.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("Objects of one type are of one size, side by side");

enum { MOST_CACHES = 1000 };

struct cache {
	char name[64];
	unsigned long size, per_slab, pages;
};

/* Every cache of the kernel, from one reading of the file to its end. */
static size_t read_caches(struct cache caches[MOST_CACHES])
{
	static char text[256 * 1024];
	int fd = open("/proc/slabinfo", O_RDONLY | O_CLOEXEC);
	size_t length = 0, count = 0;
	ssize_t got = 0;

	if (fd < 0) {
		undecided("needs /proc/slabinfo: root, and a kernel that has it");
	}
	while (length < sizeof text - 1 &&
	       (got = read(fd, text + length, sizeof text - 1 - length)) > 0) {
		length += (size_t)got;
	}
	arrange(got == 0 && close(fd) == 0);
	text[length] = 0;
	for (char *line = text; line && count < MOST_CACHES; line = strchr(line, '\n')) {
		struct cache *cache = &caches[count];

		line += *line == '\n';
		count += sscanf(line, "%63s %*u %*u %lu %lu %lu", cache->name, &cache->size,
				&cache->per_slab, &cache->pages) == 4;
	}
	arrange(count > 0);
	return count;
}

static struct cache caches[MOST_CACHES];

CLAIM(all_objects_of_a_slab_fit_its_pages, "frag-11",
      "In each cache the objects of a slab, all of one size, fit into its pages, a power of two")
{
	size_t count = read_caches(caches);

	for (size_t i = 0; i < count; i++) {
		struct cache *cache = &caches[i];

		evidence("cache", "%s", cache->name);
		assert_at_most(cache->size * cache->per_slab, cache->pages * page_size(),
			       "bytes of the objects of a slab");
		assert_at_least(cache->per_slab, 1, "objects in a slab");
		assert_equals(cache->pages & (cache->pages - 1), 0, "bits beside the highest");
	}
}

CONTROL(other_types_have_other_sizes, "frag-11",
	"The caches differ in the size of their objects: it belongs to the type")
{
	size_t count = read_caches(caches), others = 0;

	for (size_t i = 1; i < count; i++) {
		others += caches[i].size != caches[0].size;
	}
	assert_at_least(others, 1, "caches whose objects have another size than the first one's");
}
