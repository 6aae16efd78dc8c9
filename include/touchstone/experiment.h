/* SPDX-License-Identifier: MIT */
/*
 * The vocabulary in which an experiment is written. This page is its manual.
 *
 *     EXPERIMENT("A forked page is copied when somebody writes to it, and not before");
 *
 *     CLAIM(a_write_copies_one_page, "cow-03",
 *           "The first write to a shared page gives the writer a frame of its own",
 *           .needs = FRAME_IDENTITY)
 *     {
 *             char *area = mmap(...);                         arrange:  the kernel is called
 *             arrange(area != MAP_FAILED);                              in the open
 *             ...
 *             store(page(area, 3), 'c');                      disturb
 *             struct pages childs = observe_pages("child", area, PAGES);    observe
 *             assert_frames_differ_only_at(childs, parents, 3);             assert
 *     }
 *
 * word                            when it passes                 when it does not
 * ------------------------------  -----------------------------  ------------------------------------
 * CLAIM, CONTROL    claim.h       its body reached the end       by the words below
 * arrange           outcome.h     the set-up succeeded           error: the condition and errno
 * undecided         outcome.h     (never)                        undecided: the reason given
 * assert_equals...  expect.h      the value becomes evidence     broken: "expected 8 minor faults, seen 7"
 * assert_refused    expect.h      the call failed with errno     broken: what it answered instead
 * assert_all_bytes  memory.h      every byte was looked at       broken: the first byte that differs
 * assert_strip      pages.h       every page is as drawn         broken: both strips, one above the other
 * assert_same_frames  pages.h     one frame behind each pair     broken: the pages where frames part
 * assert_same_areas   areas.h     no line of maps has changed    broken: the first line that differs
 * assert_trap       traps.h       signal, code, address match    broken: what came instead, and the area
 * faults_of         faults.h      counts, and asserts nothing
 * IN_CHILD          children.h    the child ran to its end       the child's outcome, its file and line
 * assert_race       timing.h      the ratio showed in this run   broken: both times
 *
 * What the harness has done before a body runs:
 *   - the process is fresh, has one thread, and is forked once more by check, which guards the time;
 *   - its needs were probed (needs.h);
 *   - transparent huge pages are switched off in it (PR_SET_THP_DISABLE), so that one page is one
 *     fault; an experiment about huge pages switches them on again;
 *   - SIGSEGV, SIGBUS, SIGILL and SIGFPE that nobody expects end the claim as broken, with the
 *     address and the area; SIGCHLD and SIGALRM are as after a fresh start;
 *   - page faults were counted once, so that counting costs none;
 *   - it dies with whoever started it, and its children die with it.
 * The words allocate from a fixed array of the program, so they map nothing and move no break.
 */
#ifndef TOUCHSTONE_EXPERIMENT_H
#define TOUCHSTONE_EXPERIMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <check.h>

#include <touchstone/areas.h>
#include <touchstone/children.h>
#include <touchstone/claim.h>
#include <touchstone/expect.h>
#include <touchstone/faults.h>
#include <touchstone/files.h>
#include <touchstone/machine.h>
#include <touchstone/memory.h>
#include <touchstone/memory_group.h>
#include <touchstone/needs.h>
#include <touchstone/outcome.h>
#include <touchstone/pages.h>
#include <touchstone/privileges.h>
#include <touchstone/residency.h>
#include <touchstone/specimens.h>
#include <touchstone/swap.h>
#include <touchstone/timing.h>
#include <touchstone/traps.h>

#endif
