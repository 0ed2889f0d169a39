/* SPDX-License-Identifier: MIT */
#ifndef KIT_ASSERT_H
#define KIT_ASSERT_H
_Noreturn void __assert_fail(const char *text, const char *file, unsigned line, const char *in);
#ifdef NDEBUG
#define assert(condition) ((void)0)
#else
#define assert(condition)                                                                          \
    ((condition) ? (void)0 : __assert_fail(#condition, __FILE__, __LINE__, __func__))
#endif
#define static_assert _Static_assert
#endif
