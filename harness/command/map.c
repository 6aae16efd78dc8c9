/* SPDX-License-Identifier: MIT */
/* touchstone map: an address space, drawn. */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "command/command.h"
#include "map/draw.h"
#include "map/watch.h"
#include "run/outcome.h"
#include "run/session.h"
#include "run/whole_file.h"

struct wishes {
	bool all, json, difference, at_start;
	const char *html, *pages;
	double after; /* seconds between the two moments; negative: until a line is typed */
};

static void usage(FILE *out)
{
	fputs("Usage: touchstone map [OPTION]... [PID | COMMAND [ARGUMENT]...]\n"
	      "Draw an address space: of a process, of a command that is run, or of this very "
	      "program.\n\n"
	      "  -p, --pages=AREA     draw the pages of the areas that AREA names: an address in "
	      "one, or\n"
	      "                       a part of its description (heap, stack, libc)\n"
	      "  -d, --diff           show what changes: between two moments of a process (until a "
	      "line is\n"
	      "                       typed, or --after), or from a command's start to its end\n"
	      "      --after=SECONDS  with --diff and a process: how long to wait\n"
	      "      --at=start|end   when to look at a command: before its first instruction, or\n"
	      "                       before it ends (this is usual)\n"
	      "  -f, --format=FORMAT  text (usual) or json\n"
	      "      --html=FILE      write a page with a picture to FILE\n"
	      "  -a, --all            give each area a line, however many are alike\n"
	      "  -h, --help           show this, and exit\n",
	      out);
}

enum { AFTER = 256, AT, HTML };

static const struct option options[] = {
	{"pages", required_argument, NULL, 'p'},
	{"diff", no_argument, NULL, 'd'},
	{"after", required_argument, NULL, AFTER},
	{"at", required_argument, NULL, AT},
	{"format", required_argument, NULL, 'f'},
	{"html", required_argument, NULL, HTML},
	{"all", no_argument, NULL, 'a'},
	{"help", no_argument, NULL, 'h'},
	{NULL, 0, NULL, 0},
};

/* Whether the value of an option is one of two words; *second tells which. */
static bool is_one_of(const char *value, const char *first, const char *other, bool *second)
{
	*second = strcmp(value, other) == 0;
	return *second || strcmp(value, first) == 0;
}

/* 0, or the status to end with; -1 after help was shown. */
static int read_options(int argc, char **argv, struct wishes *wishes)
{
	int option;
	char *end;
	bool is_end;

	while ((option = getopt_long(argc, argv, "+p:df:ah", options, NULL)) != -1) {
		switch (option) {
		case 'p':
			wishes->pages = optarg;
			break;
		case 'd':
			wishes->difference = true;
			break;
		case 'a':
			wishes->all = true;
			break;
		case HTML:
			wishes->html = optarg;
			break;
		case AFTER:
			wishes->after = strtod(optarg, &end);
			if (end == optarg || *end || !(wishes->after >= 0 && wishes->after < 1e6)) {
				return session_complain(argv[0], "not a number of seconds", optarg);
			}
			break;
		case AT:
			if (!is_one_of(optarg, "start", "end", &is_end)) {
				return session_complain(argv[0], "neither start nor end", optarg);
			}
			wishes->at_start = !is_end;
			break;
		case 'f':
			if (!is_one_of(optarg, "text", "json", &wishes->json)) {
				return session_complain(argv[0], "no such format", optarg);
			}
			break;
		case 'h':
			usage(stdout);
			return -1;
		default:
			return EXIT_USAGE; /* getopt has complained */
		}
	}
	if (wishes->difference && (wishes->html || wishes->pages)) {
		return session_complain(argv[0], "--diff goes with neither --html nor --pages",
					NULL);
	}
	if (wishes->json && wishes->pages) {
		return session_complain(argv[0], "--pages is drawn as text only", NULL);
	}
	return 0;
}

static int complain(const char *name, const char *about, int error)
{
	const char *why = error == -ESRCH ? "no such process, or it ended while it was read"
			  : error == -ENODATA
				  ? "it has no address space (a kernel thread, or one that ends)"
				  : strerror(-error);

	session_complain(name, why, about);
	return EXIT_ERROR;
}

static void wait_for_the_second_moment(const struct wishes *wishes)
{
	if (wishes->after >= 0) {
		usleep((useconds_t)(wishes->after * 1e6));
		return;
	}
	fputs("touchstone map: press Enter for the second moment\n", stderr);
	for (int c = getchar(); c != '\n' && c != EOF; c = getchar()) {
		continue;
	}
}

static int write_page(const char *name, const char *path, const struct space *space)
{
	struct whole_file file;

	if (!whole_file_open(&file, path)) {
		return complain(name, path, -errno);
	}
	draw_html(file.out, space);
	return whole_file_close(&file) ? 0 : complain(name, path, -errno);
}

static int draw(const char *name, const struct wishes *wishes, const struct space *space)
{
	if (wishes->html) {
		return write_page(name, wishes->html, space);
	}
	if (wishes->pages) {
		int error = draw_pages(stdout, space, wishes->pages);

		if (error == -ENOENT) {
			return session_complain(name, "no area is called that", wishes->pages);
		}
		return error ? complain(name, wishes->pages, error) : command_end(name);
	}
	(wishes->json ? draw_json(stdout, space) : draw_text(stdout, space, wishes->all));
	return command_end(name);
}

/* A command that is gone has no pages to be read: those are drawn of a process only. */
static int map_command(const char *name, const struct wishes *wishes, char **argv)
{
	struct space first, last;
	bool wants_first = wishes->difference || wishes->at_start;
	bool wants_last = wishes->difference || !wishes->at_start;
	int error, status;

	if (wishes->pages) {
		return session_complain(name, "--pages wants a PID", argv[0]);
	}
	error = watch_command(argv, wants_first ? &first : NULL, wants_last ? &last : NULL);
	if (error) {
		return complain(name, argv[0], error);
	}
	if (wishes->difference) {
		(wishes->json ? draw_difference_json : draw_difference)(stdout, &first, &last);
		status = command_end(name);
	} else {
		status = draw(name, wishes, wants_first ? &first : &last);
	}
	if (wants_first) {
		space_free(&first);
	}
	if (wants_last) {
		space_free(&last);
	}
	return status;
}

static int map_process(const char *name, const struct wishes *wishes, pid_t pid, const char *about)
{
	struct space first, last;
	int status, error = space_read(pid, &first);

	if (error) {
		return complain(name, about, error);
	}
	if (wishes->difference) {
		wait_for_the_second_moment(wishes);
		error = space_read(pid, &last);
		if (error) {
			status = complain(name, about, error);
		} else {
			(wishes->json ? draw_difference_json : draw_difference)(stdout, &first,
										&last);
			status = command_end(name);
			space_free(&last);
		}
	} else {
		status = draw(name, wishes, &first);
	}
	space_free(&first);
	return status;
}

int command_map(int argc, char **argv)
{
	struct wishes wishes = {.after = -1};
	int status = read_options(argc, argv, &wishes);
	const char *what = optind < argc ? argv[optind] : NULL;
	char *end;
	long pid;

	if (status != 0) {
		return status < 0 ? command_end(argv[0]) : status;
	}
	if (!what) {
		return map_process(argv[0], &wishes, getpid(), "this program");
	}
	errno = 0;
	pid = strtol(what, &end, 10);
	if (*end || end == what) {
		return map_command(argv[0], &wishes, &argv[optind]);
	}
	if (errno || pid <= 0 || pid > 1 << 22 || optind + 1 < argc) {
		return session_complain(argv[0], "not a process",
					argv[optind + 1 < argc ? optind + 1 : optind]);
	}
	return map_process(argv[0], &wishes, (pid_t)pid, what);
}
