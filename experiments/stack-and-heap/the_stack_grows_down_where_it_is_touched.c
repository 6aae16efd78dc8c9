/* SPDX-License-Identifier: MIT */
/*
 * The stack grows down, where it is touched
 * =========================================
 *
 * Each call needs a frame (document 004, 3.4), and the deeper it is the lower its frame lies.
 * Nobody asks the kernel for those pages. The first touch below the area
 * faults, the kernel makes the area longer, and the program never knows.
 *
 *      end    +-----------+   stays
 *      start  +-----------+   falls with the first touch below it  v
 *             :  x        :   any touch will do, near the stack pointer or not
 *             :           :
 *             end - RLIMIT_STACK
 *
 * Old kernels wanted the touch near the stack pointer. Now whatever lies within the limit will do.
 *
 * Look with: the addresses of local variables; /proc/self/maps before and after.
 * Read on:   getrlimit(2) RLIMIT_STACK, proc(5) "maps"; document 004 sections 3, 3.4 and 20.4.
 */
#include <sys/resource.h>

#include <touchstone/experiment.h>

EXPERIMENT("The stack grows down, where it is touched");

enum { FRAME = 1024, DEPTH = 20, MIB = 1024 * 1024 };

/* Where each call has its frame, the outermost first. */
static char *frames[DEPTH];

static void descend(int depth);

/* volatile: so that each call is one, and has a frame. */
static void (*volatile call_deeper)(int depth) = descend;

static void descend(int depth)
{
	volatile char frame[FRAME];

	frame[0] = frame[FRAME - 1] = (char)depth;
	frames[depth] = (char *)(uintptr_t)frame;
	if (depth + 1 < DEPTH) {
		call_deeper(depth + 1);
	}
	frame[1] = frame[0]; /* so that the call cannot become a jump */
}

/* The main stack, where the limit leaves room below it for two mebibytes, and so do all others. */
static struct area stack_with_room(void)
{
	struct area stack = observe_area(__builtin_frame_address(0));
	char *room = mmap(NULL, 2 * MIB, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	struct rlimit limit;

	arrange(room != MAP_FAILED && munmap(room, 2 * MIB) == 0);
	arrange(stack.exists && getrlimit(RLIMIT_STACK, &limit) == 0);
	if (limit.rlim_cur < stack.end - stack.start + 2 * MIB) {
		undecided("needs a main stack that may still grow: one that grows on demand, and a "
			  "larger ulimit -s");
	}
	return stack;
}

CLAIM(deeper_calls_lie_lower, "layout-03",
      "Each of 20 calls, one in the other, has its frame below that of its caller")
{
	call_deeper(0);
	for (int depth = 1; depth < DEPTH; depth++) {
		assert_at_least(frames[depth - 1] - frames[depth], FRAME,
				"bytes from a call's frame up to its caller's");
	}
}

CLAIM(the_area_grows_at_its_lower_end, "layout-03 stack-01",
      "Touched below, page by page, the area's start falls to the touched page, and its end stays",
      .needs = AREA_LIST)
{
	struct area before = stack_with_room();

	for (size_t pages = 1; pages <= 8; pages++) {
		char *low = (char *)before.start - pages * page_size();

		assert_no_trap(try_store(low + page_size() - 1, 'g'));

		struct area now = observe_area(low);

		assert_address(now.start, low, "the stack's start");
		assert_address(now.end, before.end, "the stack's end");
		assert_all_bytes(low, page_size() - 1, 0, "the rest of the new page");
	}
}

/* What the map has above the stack's line, or behind its addresses. */
static struct area_list without_stack(struct area_list list, bool above)
{
	const char *name = memmem(list.text, list.length, "[stack]", 7);
	const char *line = name ? memrchr(list.text, '\n', (size_t)(name - list.text)) : NULL;

	arrange(line);
	return above ? (struct area_list){list.text, (size_t)(line - list.text)}
		     : (struct area_list){name, list.length - (size_t)(name - list.text)};
}

CLAIM(no_other_area_changes, "stack-01",
      "A stack that grew by a mebibyte has changed no other line of the map", .needs = AREA_LIST)
{
	struct area stack = stack_with_room();
	struct area_list before = observe_areas();

	for (size_t grown = 0; grown < MIB; grown += page_size()) {
		store((char *)stack.start - grown - 1, 'g');
	}
	assert_address(observe_area(&stack).start, stack.start - MIB, "the stack's start");

	struct area_list now = observe_areas();

	assert_same_areas(without_stack(now, true), without_stack(before, true), "what lies below");
	assert_same_areas(without_stack(now, false), without_stack(before, false), "and above");
}

CLAIM(a_touch_far_below_the_stack_pointer_will_do, "stack-05",
      "One store more than a mebibyte below the stack pointer extends the area down to it",
      .needs = AREA_LIST)
{
	struct area before = stack_with_room();
	char *low = page_of((char *)before.start - MIB - MIB / 2);

	assert_no_trap(try_store(low, 'f'));
	assert_address(observe_area(low).start, low, "the stack's start");
	assert_address(observe_area(low).end, before.end, "the stack's end");
	assert_all_bytes(low + 1, before.start - (uintptr_t)low - 1, 0, "all that is new");
}

CONTROL(beyond_the_limit_no_touch_will_do, "layout-03 stack-01 stack-05",
	"With a lower limit the same store traps, and the area is as it was", .needs = AREA_LIST)
{
	struct area before = stack_with_room();
	char *low = page_of((char *)before.start - MIB - MIB / 2);

	IN_CHILD {
		struct rlimit limit;

		arrange(getrlimit(RLIMIT_STACK, &limit) == 0);
		limit.rlim_cur = before.end - before.start + MIB;
		arrange(setrlimit(RLIMIT_STACK, &limit) == 0);
		assert_trap(try_store(low, 'f'), SIGSEGV, SEGV_MAPERR, low);
		assert_address(observe_area(&before).start, before.start, "the stack's start");
	}
}
