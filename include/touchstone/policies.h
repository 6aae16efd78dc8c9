/* SPDX-License-Identifier: MIT */
/*
 * Who has to go: replacement policies, as small as they are in a textbook.
 *
 * A policy is asked when every frame is taken, and names the frame whose page has to go. It knows what
 * stands in struct held: when the page came, when it was used last, and whether it was used since
 * the policy looked. What it wants to know has a price: accesses that have to be watched.
 *
 * The same policies run over real page faults (pager.h) and on paper (faults_on_paper).
 */
#ifndef TOUCHSTONE_POLICIES_H
#define TOUCHSTONE_POLICIES_H

#include <stdbool.h>
#include <stddef.h>

enum { MOST_FRAMES = 64 };
#define NO_PAGE ((size_t)-1)

/* A page that has a frame. Times are numbers of accesses, counted from 1. */
struct held {
	size_t page;
	unsigned long came;
	unsigned long used;
	bool referenced; /* the reference bit: set by an access, cleared by the policy */
	bool changed;    /* stored to since it came */
};

struct frames {
	const struct policy *policy;
	struct held held[MOST_FRAMES];
	size_t count; /* how many frames there are */
	size_t taken; /* of them, the first so many hold a page */
	size_t hand;  /* Clock's */
	unsigned long now;
	const unsigned char *ahead; /* the accesses to come, for who may know the future */
	size_t ahead_count;
	void (*watch_again)(struct frames *frames, size_t frame); /* its bit was cleared */
};

/* What a policy has to be told, besides which page faulted. */
enum watch {
	WATCHES_NOTHING,    /* an access to a page that has a frame costs nothing */
	WATCHES_FIRST_USES, /* the first access after the bit was cleared */
	WATCHES_EVERY_USE,  /* every access */
};

struct policy {
	const char *name;
	enum watch watch;
	size_t (*victim)(struct frames *frames); /* all are taken: whose page goes */
};

/* First in, first out: the page that came longest ago, however much it is used. */
static inline size_t fifo_victim(struct frames *frames)
{
	size_t oldest = 0;

	for (size_t i = 1; i < frames->taken; i++) {
		if (frames->held[i].came < frames->held[oldest].came) {
			oldest = i;
		}
	}
	return oldest;
}

/* Least recently used: the page whose last use is longest ago. */
static inline size_t lru_victim(struct frames *frames)
{
	size_t oldest = 0;

	for (size_t i = 1; i < frames->taken; i++) {
		if (frames->held[i].used < frames->held[oldest].used) {
			oldest = i;
		}
	}
	return oldest;
}

/* Most recently used: the very page that was used last. Bad on most programs, right on a loop. */
static inline size_t mru_victim(struct frames *frames)
{
	size_t newest = 0;

	for (size_t i = 1; i < frames->taken; i++) {
		if (frames->held[i].used > frames->held[newest].used) {
			newest = i;
		}
	}
	return newest;
}

/* Clock: a hand goes round; a page whose bit is set loses the bit and has a second chance. */
static inline size_t clock_victim(struct frames *frames)
{
	for (;;) {
		size_t at = frames->hand;
		struct held *held = &frames->held[at];

		frames->hand = (at + 1) % frames->count;
		if (!held->referenced) {
			return at;
		}
		held->referenced = false;
		if (frames->watch_again) {
			frames->watch_again(frames, at);
		}
	}
}

/* The optimum: the page that is needed again latest, or never. Nobody can know that in advance. */
static inline size_t optimum_victim(struct frames *frames)
{
	size_t best = 0, latest = 0;

	for (size_t i = 0; i < frames->taken; i++) {
		size_t next = 0;

		while (next < frames->ahead_count && frames->ahead[next] != frames->held[i].page) {
			next++;
		}
		if (next > latest || i == 0) {
			latest = next;
			best = i;
		}
	}
	return best;
}

static const struct policy fifo = {"FIFO", WATCHES_NOTHING, fifo_victim};
static const struct policy lru = {"LRU", WATCHES_EVERY_USE, lru_victim};
static const struct policy mru = {"MRU", WATCHES_EVERY_USE, mru_victim};
static const struct policy second_chance = {"Clock", WATCHES_FIRST_USES, clock_victim};
static const struct policy optimum = {"the optimum", WATCHES_NOTHING, optimum_victim};

/* Empty frames, at most MOST_FRAMES. */
void frames_begin(struct frames *frames, const struct policy *policy, size_t count);

/* The frame that holds the page, or NO_PAGE. */
size_t frame_of(const struct frames *frames, size_t page);

/*
 * An access to a page, noted as far as the policy is told of it. Where the page has no frame, one
 * is found, at the cost of *victim where all were taken (NO_PAGE: none had to go). Yields whether it faulted.
 */
bool frames_access(struct frames *frames, size_t page, struct held *victim);

/* How many of these accesses fault when the policy has so many frames: no memory is touched. */
unsigned long faults_on_paper(const struct policy *policy, size_t count,
			      const unsigned char *string, size_t length);

/* Accesses to random pages, at most 256 of them: the same ones on every machine. */
void random_string(unsigned char *string, size_t length, size_t pages, unsigned seed);

#endif
