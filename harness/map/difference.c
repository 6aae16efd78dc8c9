/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "map/draw.h"

static void draw_line(FILE *out, char sign, const struct span *span)
{
	fprintf(out, "%c %16lx %8s ", sign, (unsigned long)span->start,
		human_size(span_size(span)));
	fprintf(out, "%8s %s  %s", human_size(span->usage.rss), span->permissions, span->words);
}

/* The same area, though its ends, rights or contents may have changed. */
static bool is_same(const struct span *one, const struct span *other)
{
	return one->start < other->end && other->start < one->end &&
	       strcmp(one->path, other->path) == 0;
}

static void tell_change(FILE *out, const char *what, size_t before, size_t after, size_t *told)
{
	if (before != after) {
		fprintf(out, "%s %s %s -> ", (*told)++ ? ";" : ":", what, human_size(before));
		fputs(human_size(after), out);
	}
}

/* Whether anything is told. */
static bool draw_change(FILE *out, const struct span *before, const struct span *after)
{
	size_t told = 0;

	if (before->start == after->start && before->end == after->end &&
	    strcmp(before->permissions, after->permissions) == 0 &&
	    before->usage.rss == after->usage.rss && before->usage.swap == after->usage.swap &&
	    before->usage.shared == after->usage.shared) {
		return false;
	}
	draw_line(out, '*', after);
	tell_change(out, "size", span_size(before), span_size(after), &told);
	if (strcmp(before->permissions, after->permissions) != 0) {
		fprintf(out, "%s rights %s -> %s", told++ ? ";" : ":", before->permissions,
			after->permissions);
	}
	tell_change(out, "resident", before->usage.rss, after->usage.rss, &told);
	tell_change(out, "shared", before->usage.shared, after->usage.shared, &told);
	tell_change(out, "in swap", before->usage.swap, after->usage.swap, &told);
	fputc('\n', out);
	return true;
}

void draw_difference(FILE *out, const struct space *before, const struct space *after)
{
	size_t i = 0, j = 0, told = 0, size_before, size_after;
	struct usage sum_before = space_sum(before, &size_before);
	struct usage sum_after = space_sum(after, &size_after);

	fprintf(out, "%s (process %ld), from one moment to another\n\n", after->command,
		(long)after->pid);
	while (i < before->count || j < after->count) {
		const struct span *old = i < before->count ? &before->spans[i] : NULL;
		const struct span *new = j < after->count ? &after->spans[j] : NULL;

		if (old && new &&is_same(old, new)) {
			told += draw_change(out, old, new);
			i++;
			j++;
		} else if (old && (!new || old->start <= new->start)) {
			draw_line(out, '-', old);
			fputc('\n', out);
			told++;
			i++;
		} else {
			draw_line(out, '+', new);
			fputc('\n', out);
			told++;
			j++;
		}
	}
	fprintf(out, "%s%zu areas came (+), went (-) or changed (*); %s -> ", told ? "\n" : "",
		told, human_size(size_before));
	fprintf(out, "%s of addresses, %s -> ", human_size(size_after), human_size(sum_before.rss));
	fprintf(out, "%s resident\n", human_size(sum_after.rss));
}
