/* SPDX-License-Identifier: MIT */
#ifndef KIT_LIMITS_H
#define KIT_LIMITS_H
/* The compiler's own has said everything. */
#endif
