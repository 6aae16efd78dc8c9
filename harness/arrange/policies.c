/* SPDX-License-Identifier: MIT */
#include <touchstone/policies.h>

#include <stdint.h>

#include <touchstone/outcome.h>

#include "arrange/pager.h"

static size_t ask_policy(struct frames *frames)
{
	return frames->policy->victim(frames);
}

size_t (*frames_choose)(struct frames *frames) = ask_policy;

void frames_begin(struct frames *frames, const struct policy *policy, size_t count)
{
	arrange(count > 0 && count <= MOST_FRAMES);
	*frames = (struct frames){.policy = policy, .count = count};
}

size_t frame_of(const struct frames *frames, size_t page)
{
	for (size_t i = 0; i < frames->taken; i++) {
		if (frames->held[i].page == page) {
			return i;
		}
	}
	return NO_PAGE;
}

bool frames_access(struct frames *frames, size_t page, struct held *victim)
{
	size_t at = frame_of(frames, page);
	bool faults = at == NO_PAGE;

	victim->page = NO_PAGE;
	frames->now++;
	if (faults && frames->taken < frames->count) {
		at = frames->taken++;
	} else if (faults) {
		at = frames_choose(frames);
		*victim = frames->held[at];
	}
	if (faults) {
		frames->held[at] = (struct held){.page = page, .came = frames->now};
	}
	frames->held[at].used = frames->now;
	frames->held[at].referenced = true;
	return faults;
}

unsigned long faults_on_paper(const struct policy *policy, size_t count,
			      const unsigned char *string, size_t length)
{
	struct frames frames;
	struct held victim;
	unsigned long faults = 0;

	frames_begin(&frames, policy, count);
	for (size_t i = 0; i < length; i++) {
		frames.ahead = string + i + 1;
		frames.ahead_count = length - i - 1;
		faults += frames_access(&frames, string[i], &victim);
	}
	return faults;
}

void random_string(unsigned char *string, size_t length, size_t pages, unsigned seed)
{
	uint64_t state = seed;

	arrange(pages > 0 && pages <= 256);
	for (size_t i = 0; i < length; i++) {
		state = state * 6364136223846793005ULL + 1442695040888963407ULL;
		string[i] = (unsigned char)((state >> 33) % pages);
	}
}
