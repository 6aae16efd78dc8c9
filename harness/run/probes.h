/* SPDX-License-Identifier: MIT */
/*
 * The probes behind the needs, where no instrument proves itself. A probe tries, in the claim's own
 * process; it never looks at a version, a uid or a name.
 */
#ifndef RUN_PROBES_H
#define RUN_PROBES_H

#include <stdbool.h>

/* probes_memory.c */
bool probe_frame_identity(void);
bool probe_executable_memory(void);
bool probe_no_execute(void);
bool probe_lockable_memory(void);
bool probe_sysv_memory(void);
bool probe_posix_memory(void);
bool probe_advice(void);
bool probe_protection_keys(void);
bool probe_userfaultfd(void);
bool probe_write_protect_events(void);
bool probe_soft_dirty(void);
bool probe_page_scan(void);
bool probe_referenced_bits(void);

/* probes_machine.c */
bool probe_huge_pages(void);
bool probe_huge_page_pool(void);
bool probe_disk(void);
bool probe_two_processors(void);
bool probe_heuristic_overcommit(void);
bool probe_random_layout(void);
bool probe_kernel_same_page(void);

/* probes_processes.c */
bool probe_tracing(void);
bool probe_personalities(void);
bool probe_memory_doors(void);

/* probes_malloc.c */
bool probe_gnu_malloc(void);
bool probe_libc_malloc(void);

#endif
