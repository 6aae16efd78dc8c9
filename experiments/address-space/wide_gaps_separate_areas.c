/* SPDX-License-Identifier: MIT */
/*
 * Wide gaps separate areas
 * ========================
 *
 * "Each process behaves as if it has a large, private, contiguous memory region", says document
 * 004 (5.2). Contiguous is an area, and not what a process has: program, heap, libraries and
 * stack stand far apart, and most of the addresses from the lowest to the highest belong to
 * nobody. That is what makes most wild pointers traps, and it leaves room to grow into.
 *
 *      program  heap                                   libraries         stack
 *      [####]...[###]...........[nothing]...............[#######]........[###]
 *                                   ^
 *                                   SEGV_MAPERR
 *
 * Look with: /proc/self/maps.
 * Read on:   proc(5); document 004 sections 3.5 and 5.2.
 */
#include <inttypes.h>
#include <stdio.h>

#include <touchstone/experiment.h>

EXPERIMENT("Wide gaps separate areas");

enum { LINE = 64 };

/* From the lowest area to the highest. */
struct survey {
	uintptr_t lowest, highest, mapped;
	uintptr_t gap, gap_length; /* the widest */
	size_t areas;
};

/* The kernel shows [vsyscall] in the map of each process: it lies in the kernel's own half. */
static bool is_alien(const char *line, size_t length)
{
	static const char alien[] = "[vsyscall]";
	size_t end = sizeof alien - 1;

	return length >= end && memcmp(line + length - end, alien, end) == 0;
}

static struct survey survey_areas(void)
{
	struct survey survey = {0};
	struct area_list list = observe_areas();

	for (size_t at = 0, length; at < list.length; at += length + 1) {
		const char *line = list.text + at, *end = memchr(line, '\n', list.length - at);
		char numbers[LINE] = "";
		uintptr_t from, to;

		length = end ? (size_t)(end - line) : list.length - at;
		if (length == 0 || is_alien(line, length)) {
			continue;
		}
		memcpy(numbers, line, length < LINE ? length : LINE - 1);
		arrange(sscanf(numbers, "%" SCNxPTR "-%" SCNxPTR, &from, &to) == 2);
		if (survey.areas > 0 && from - survey.highest > survey.gap_length) {
			survey.gap = survey.highest;
			survey.gap_length = from - survey.highest;
		}
		survey.lowest = survey.areas++ ? survey.lowest : from;
		survey.mapped += to - from;
		survey.highest = to;
	}
	arrange(survey.areas > 0);
	evidence("areas", "%zu, from %#zx to %#zx", survey.areas, (size_t)survey.lowest,
		 (size_t)survey.highest);
	return survey;
}

CLAIM(most_addresses_belong_to_nobody, "vma-13",
      "Of the addresses from the lowest area to the highest, less than half are in any area",
      .needs = AREA_LIST)
{
	struct survey survey = survey_areas();

	assert_at_least(survey.areas, 3, "areas");
	assert_at_most(survey.mapped, (survey.highest - survey.lowest) / 2, "bytes in areas");
}

CLAIM(a_gap_is_no_memory, "vma-13",
      "The first byte of the widest gap and the one in its middle can be neither read nor written",
      .needs = AREA_LIST)
{
	struct survey survey = survey_areas();
	uintptr_t each[] = {survey.gap, survey.gap + survey.gap_length / 2};

	arrange(survey.gap_length > 0);
	for (size_t i = 0; i < 2; i++) {
		char *nowhere = (char *)each[i];

		assert_trap(try_load(nowhere), SIGSEGV, SEGV_MAPERR, nowhere);
		assert_trap(try_store(nowhere, 1), SIGSEGV, SEGV_MAPERR, nowhere);
	}
}

CONTROL(an_area_has_no_gap, "vma-13",
	"Within an area every byte can be read, and the map has one line for it, without a gap",
	.needs = AREA_LIST)
{
	enum { PAGES = 64 };
	char *area = fresh_pages(PAGES, MAP_PRIVATE);
	struct area seen = observe_area(area);

	assert_address(seen.start, area, "where it starts");
	assert_address(seen.end, page(area, PAGES), "where it ends");
	assert_all_bytes(area, PAGES * page_size(), 0, "what is read in it");
}
