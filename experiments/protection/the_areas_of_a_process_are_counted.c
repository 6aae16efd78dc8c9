/* SPDX-License-Identifier: MIT */
/*
 * The areas of a process are counted, and mprotect may be one too many
 * ====================================================================
 *
 * Each area takes the kernel some memory, so a process may have only so many: vm.max_map_count,
 * 65530 unless somebody changed it. A program that never maps anything can come up against it, for
 * mprotect(2) splits areas: protecting one page in the middle of an area leaves three.
 *
 *      1 area      +------------------------------------------+
 *      + 2         +---+-+------------------------------------+     mprotect(page 1)
 *      + 2         +---+-+---+-+------------------------------+     mprotect(page 3) ...
 *      at last     ENOMEM, with memory to spare
 *
 * Nothing that makes no area is refused then: a border may move, and areas may merge.
 *
 * Look with: the answers of mprotect; /proc/self/maps before it begins. The pages are never
 * touched, nor ever writable, so nothing is promised and no frame is used.
 * Read on:   mprotect(2) "ENOMEM", proc(5) "max_map_count"; documents 003, 004 section 13.4.
 */
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>
#include <fcntl.h>

#include <touchstone/experiment.h>

EXPERIMENT("The areas of a process are counted, and mprotect may be one too many");

enum { AFFORDABLE = 70000 };

/* vm.max_map_count, as long as so many areas can be made in a fraction of a second. */
static size_t most_areas(void)
{
	char text[32] = "";
	int fd = open("/proc/sys/vm/max_map_count", O_RDONLY);
	ssize_t length = fd < 0 ? -1 : read(fd, text, sizeof text - 1);
	size_t most = length > 0 ? strtoul(text, NULL, 10) : 0;

	if (most < 100 || most > AFFORDABLE) {
		undecided("needs a vm.max_map_count that can be read and is below 70000");
	}
	return most;
}

/* The areas below what belongs to the kernel, whose own pages are listed and not counted. */
static size_t areas_now(void)
{
	return count_areas(NULL, SIZE_MAX / 16 * 15);
}

/* Inaccessible memory, two pages for each area that there may be. */
static char *inaccessible_memory(size_t most)
{
	char *area = mmap(NULL, 2 * most * page_size(), PROT_NONE,
			  MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	arrange(area != MAP_FAILED);
	return area;
}

/* Splits off one page at each odd place, and tells how often that was granted. */
static size_t split_all(char *area, size_t most)
{
	size_t split = 0;

	while (split + 1 < most &&
	       mprotect(page(area, 2 * split + 1), page_size(), PROT_READ) == 0) {
		split++;
	}
	return split;
}

CLAIM(splitting_ends_at_the_limit, "prot-35",
      "Splitting areas by mprotect goes on until there are vm.max_map_count, and ends in ENOMEM",
      .needs = AREA_LIST, .seconds = 60)
{
	IN_CHILD {
		size_t most = most_areas();
		char *area = inaccessible_memory(most);
		size_t before = areas_now(), split = split_all(area, most);
		char *next = page(area, 2 * split + 1), *last = next - 2 * page_size();

		/* One call makes two areas; the one that fails may have made the first of its two. */
		assert_at_least(before + 2 * split, most - 2, "areas when mprotect was refused");
		assert_at_most(before + 2 * split, most, "areas when mprotect was refused");
		for (int round = 0; round < 3; round++) {
			assert_refused(mprotect(page(next, 1), page_size(), PROT_READ), ENOMEM);
			assert_trap(try_load(page(next, 1)), SIGSEGV, SEGV_ACCERR, page(next, 1));
			assert_trap(try_load(next), SIGSEGV, SEGV_ACCERR, next);
		}
		assert_no_trap(try_load(last));
		assert_trap(try_load(page(last, 1)), SIGSEGV, SEGV_ACCERR, page(last, 1));
	}
}

CLAIM(what_makes_no_area_is_still_granted, "prot-35",
      "At the limit a border may still move and areas may merge, and what merged may split again",
      .seconds = 60)
{
	IN_CHILD {
		size_t most = most_areas();
		char *area = inaccessible_memory(most);

		arrange(split_all(area, most) >= 8);
		assert_accepted(mprotect(page(area, 2), page_size(), PROT_READ)); /* 1, 2, 3: one */
		assert_no_trap(try_load(page(area, 2)));
		assert_accepted(mprotect(page(area, 4), page_size(), PROT_READ)); /* and 4, 5 */
		assert_no_trap(try_load(page(area, 4)));
		assert_accepted(
			mprotect(page(area, 3), page_size(), PROT_NONE)); /* two and three */
		assert_trap(try_load(page(area, 3)), SIGSEGV, SEGV_ACCERR, page(area, 3));
		assert_no_trap(try_load(page(area, 2)));
		assert_no_trap(try_load(page(area, 4)));
	}
}

CONTROL(changing_whole_areas_never_ends, "prot-35",
	"As many calls that change one whole area to and fro are all granted", .seconds = 60)
{
	size_t most = most_areas();
	char *area = fresh_pages(1, MAP_PRIVATE);

	for (size_t i = 0; i <= most; i++) {
		arrange(mprotect(area, page_size(), i % 2 ? PROT_READ | PROT_WRITE : PROT_NONE) ==
			0);
	}
	assert_accepted(mprotect(area, page_size(), PROT_READ | PROT_WRITE));
	assert_no_trap(try_store(area, 1));
}
