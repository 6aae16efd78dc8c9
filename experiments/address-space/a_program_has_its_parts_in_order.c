/* SPDX-License-Identifier: MIT */
/*
 * A program has its parts in the order of the picture, unless it asked for another
 * ================================================================================
 *
 * The classic picture has text at the bottom, then data, bss and heap, far above them the mapped
 * region, and the stack at the top. Document 004 calls it conceptual (3.7). For an ordinary
 * program, which is started with a finite limit of its stack, the order is real:
 *
 *      high   stack            stack pointer at the start         (and [vdso] on some processors)
 *             mapped region    the loader, the first to be mapped
 *             heap             break
 *             image            text, data, bss: one file, in one piece
 *      low
 *
 * Healthy programs can look otherwise. What is linked to run anywhere and names no loader
 * (static-pie) may lie in the mapped region itself. With the old layout (setarch -L, or
 * vm.legacy_va_layout) the mapped region grows upwards from somewhere in the middle, which may
 * be below the program; so it may be with ulimit -s unlimited, for the region begins below the
 * room that the stack is given. And constants may lie below the code: the linker decides.
 *
 * Look with: small programs that tell where their parts are.
 * Read on:   personality(2) ADDR_COMPAT_LAYOUT, getrlimit(2) RLIMIT_STACK, vdso(7); document 004
 *            sections 3 and 3.7.
 */
#include <fcntl.h>
#include <link.h>
#include <stdio.h>
#include <sys/personality.h>
#include <sys/resource.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("A program has its parts in the order of the picture, unless it asked for another");

SPECIMEN(does_as_told);
SPECIMEN(tells_its_places_fixed);
SPECIMEN(tells_its_places_movable);

enum { USUAL_STACK = 8 * 1024 * 1024, RUNS = 4 };

static const unsigned long asks = 0xffffffff; /* personality(2) then changes nothing */
static struct specimen_run run;

/* In the child that becomes the program. */
static void want_the_usual_layout(void)
{
	const char old = setting_letter("/proc/sys/vm/legacy_va_layout");
	struct rlimit limit;

	if ((old && old != '0') || personality(asks) & ADDR_COMPAT_LAYOUT) {
		undecided("needs the usual layout: vm.legacy_va_layout = 0, and no setarch -L");
	}
	arrange(getrlimit(RLIMIT_STACK, &limit) == 0);
	limit.rlim_cur = limit.rlim_cur < USUAL_STACK ? limit.rlim_cur : USUAL_STACK;
	arrange(setrlimit(RLIMIT_STACK, &limit) == 0);
}

/*
 * The program names as its loader the one that tells its places: that lies in the mapped region.
 */
static const char *with_loader(const struct specimen *program)
{
	int loader = specimen_file(&tells_its_places_movable);
	const char *name = specimen_path(loader);
	struct specimen both = specimen_with_header(program, (ElfW(Phdr)){.p_type = PT_INTERP},
						    name, strlen(name) + 1);

	arrange(fcntl(loader, F_SETFD, 0) == 0);
	return specimen_path(specimen_file(&both));
}

static void assert_order(const char *const parts[])
{
	for (size_t i = 1; parts[i]; i++) {
		unsigned long long low = specimen_said(&run, parts[i - 1]);
		unsigned long long high = specimen_said(&run, parts[i]);

		evidence(parts[i - 1], "%#llx", low);
		evidence(parts[i], "%#llx", high);
		if (low >= high) {
			broken(HERE, "parts in order", "%s at %#llx, above %s at %#llx",
			       parts[i - 1], low, parts[i], high);
		}
	}
}

CLAIM(the_image_is_below_the_heap, "layout-01",
      "Code, data, zeroed globals, break and stack of a program without a loader lie in this order",
      .needs = SPECIMENS)
{
	const char *program = specimen_path(specimen_file(&does_as_told));

	for (int i = 0; i < RUNS; i++) {
		START_PROGRAM(run) {
			want_the_usual_layout();
			execve(program, WORDS("program", "addresses", "break"), NO_WORDS);
		}
		assert_order((const char *const[]){"code", "data", "bss", "break", "stack", NULL});
	}
}

CLAIM(the_mapped_region_is_between_heap_and_stack, "layout-01",
      "Image, break, mapped region and stack lie in this order, wherever the image may be loaded",
      .needs = SPECIMENS)
{
	const char *programs[] = {with_loader(&tells_its_places_fixed),
				  with_loader(&tells_its_places_movable)};

	for (int i = 0; i < 2 * RUNS; i++) {
		START_PROGRAM(run) {
			want_the_usual_layout();
			execve(programs[i % 2], WORDS("program"), NO_WORDS);
		}
		assert_order((const char *const[]){"entry", "break", "running", "stack", NULL});
	}
}

CONTROL(the_old_layout_begins_lower, "layout-01",
	"With ADDR_COMPAT_LAYOUT, and no chance, the same program's mapped region begins lower",
	.needs = SPECIMENS)
{
	const char *program = with_loader(&tells_its_places_movable);
	unsigned long long begins[2];

	for (int old = 0; old < 2; old++) {
		START_PROGRAM(run) {
			unsigned long now = (unsigned long)personality(asks) | ADDR_NO_RANDOMIZE;

			want_the_usual_layout();
			if (personality(old ? now | ADDR_COMPAT_LAYOUT : now) < 0) {
				undecided("needs leave to set the personality ADDR_COMPAT_LAYOUT");
			}
			execve(program, WORDS("program"), NO_WORDS);
		}
		begins[old] = specimen_said(&run, "running");
	}
	assert_at_most(begins[1], begins[0] - 1, "where the mapped region begins");
}
