/* SPDX-License-Identifier: MIT */
/*
 * Nothing
 * =======
 *
 * No experiment: what a claim costs that does nothing is the floor under what all the others cost.
 */
#include <touchstone/experiment.h>

EXPERIMENT("Nothing");

CLAIM(nothing, "", "Nothing is done")
{
}
