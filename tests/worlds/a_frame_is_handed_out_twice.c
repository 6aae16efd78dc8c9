/* SPDX-License-Identifier: MIT */
/* The last page of private memory is one frame to the fifth and the seventh child. */
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <touchstone/memory.h>
#include <touchstone/outcome.h>

#include "worlds/acts.h"

enum { ONE = 5, OTHER = 7 };

static int common, children;

static void make_common_frame(void)
{
	common = (int)syscall(SYS_memfd_create, "common", 0);
	arrange(common >= 0 && ftruncate(common, (off_t)page_size()) == 0);
}

static void count(pid_t child)
{
	children += child > 0;
}

static void replace(const struct mapping *mapping)
{
	if (is_private(mapping) && !is_of_file(mapping)) {
		char *last = mapping->start + mapping->length - page_size();

		(void)!pwrite(common, last, page_size(), 0);
		mmap(last, page_size(), mapping->protection, MAP_SHARED | MAP_FIXED, common, 0);
	}
}

static void born(void)
{
	if (children + 1 == ONE || children + 1 == OTHER) {
		gate_each_mapping(replace);
	}
}

WORLD("A machine where one frame is handed out twice",
      .breaks = "nobody_finds_foreign_bytes no_frame_is_handed_out_twice",
      .spares = "shared_frames_belong_to_all prot-11 the_list_is_whole_in_other_frames",
      .enter = make_common_frame, .born = born, .forked = count);
