/* SPDX-License-Identifier: MIT */
/*
 * Counting page faults.
 *
 *     struct faults spent = faults_of(memset(area, 1, length));
 *     assert_equals(spent.minor, PAGES, "minor faults of the first write to each page");
 *
 * Observes: ru_minflt and ru_majflt of this process, all its threads together: faults that the
 *           kernel repaired. A fault that ends in a signal is in neither (getrusage(2)).
 * Exact:    counting costs no fault of its own; the harness has counted once before the claim.
 * Needs:    FAULT_COUNTS. Some sandboxes and emulators count nothing, or wrongly.
 */
#ifndef TOUCHSTONE_FAULTS_H
#define TOUCHSTONE_FAULTS_H

struct faults {
	long minor; /* repaired without input/output */
	long major; /* had to wait for input/output */
};

/* The faults of this process since it started, and those since an earlier reading. */
struct faults faults_now(void);
struct faults faults_since(struct faults earlier);

/*
 * Both kinds in one number: up to Linux 5.19 a store that makes a file's page dirty may have to be
 * taken again, and is then counted as a major fault, though it read nothing.
 */
static inline long of_both_kinds(struct faults faults)
{
	return faults.minor + faults.major;
}

/*
 * Where others may add to what is counted (a page that is just being written to the disk is protected
 * again), the fewest faults of some rounds count.
 */
static inline void keep_least(long *least, long counted)
{
	*least = counted < *least ? counted : *least;
}

/* The faults that the given statements cost. */
#define faults_of(...)                                                                             \
	({                                                                                         \
		struct faults before_ = faults_now();                                              \
		__asm__ volatile("" ::: "memory");                                                 \
		__VA_ARGS__;                                                                       \
		__asm__ volatile("" ::: "memory");                                                 \
		faults_since(before_);                                                             \
	})

#endif
