/* SPDX-License-Identifier: MIT */
/*
 * specimen flags: -nostdlib -static -no-pie -fno-pie -ffreestanding -O1 -Wno-unused-command-line-argument
 *
 * A program linked for one place says which rights its areas have.
 */
#include "tells_its_rights.h"
