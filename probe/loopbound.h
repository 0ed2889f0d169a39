/* SPDX-License-Identifier: MIT
 * Notes for `feuerprobe prove`: how often a loop repeats, beside the loop. The guide is
 * docs/prove.md.
 *
 *     FB_LOOP("ceil(K_max/64)", for (uint32_t i = 0; i < words; i++))
 *         out->word[i] = 0;
 *
 * A note costs no instruction. It is a record in the section .feuerprobe, which no loader loads:
 * the address of a point of the code, a letter for its kind, source file and line, and a text. The
 * compiler keeps the notes in order, and copies or drops them with the code around them.
 *
 * A bound counts how often the body runs each time the loop is reached. It is made of whole
 * numbers, parameters, + and *, ceil(x/8), floor(x/8) and log2(x).
 */
#ifndef LOOPBOUND_H
#define LOOPBOUND_H

#ifdef __ASSEMBLER__

/* In assembly, before a string instruction with a rep prefix: how often it repeats. */
/* clang-format off */
#define FB_REPEAT(bound)                                                                           \
    77: .pushsection .feuerprobe, "", @progbits; .quad 77b; .asciz "R"; .ascii __FILE__;           \
    .ascii ":"; .asciz FB_TEXT_(__LINE__); .asciz bound; .popsection
/* clang-format on */

#else

/* A for or while loop, with its bound. The head stands on one line, the body follows. */
#define FB_LOOP(bound, ...) FB_LOOP_AT_(bound, __FILE__ ":" FB_TEXT_(__LINE__), __VA_ARGS__)
#define FB_LOOP_AT_(bound, place, ...)                                                             \
    FB_NOTE_("E", place, bound);                                                                   \
    __VA_ARGS__ if (({                                                                             \
                        FB_NOTE_("I", place, "");                                                  \
                        0;                                                                         \
                    }))                                                                            \
    {                                                                                              \
    }                                                                                              \
    else

/* The same with a note in the body alone, for a loop whose code FB_LOOP would change. The source
 * line of the jump back to its beginning must be in the debug information. */
#define FB_LOOP_INSIDE(bound, ...)                                                                 \
    __VA_ARGS__ if (({                                                                             \
                        FB_NOTE_("O", __FILE__ ":" FB_TEXT_(__LINE__), bound);                     \
                        0;                                                                         \
                    }))                                                                            \
    {                                                                                              \
    }                                                                                              \
    else

/* The condition of a do loop, on one line, with the loop's bound; as FB_LOOP_INSIDE.
 *     do { ... } while (FB_AGAIN("N", i < n)); */
#define FB_AGAIN(bound, condition)                                                                 \
    (({ FB_NOTE_("O", __FILE__ ":" FB_TEXT_(__LINE__), bound); }), (condition))

/* Directly before an indirect call: the functions that it may call, with commas. */
#define FB_CALLS(functions) FB_NOTE_("C", __FILE__ ":" FB_TEXT_(__LINE__), functions)

/* Directly before a string instruction with a rep prefix: how often it repeats. */
#define FB_REPEAT(bound) FB_NOTE_("R", __FILE__ ":" FB_TEXT_(__LINE__), bound)

/* In a function: what a parameter of the bounds in it, and in what it calls, is here. */
#define FB_LET(parameter, value) FB_NOTE_("L", __FILE__ ":" FB_TEXT_(__LINE__), parameter "=" value)

/* Only x86-64 is proved. The colons matter: without operands, the statement would be taken to
 * change memory. */
#ifdef __x86_64__
#define FB_NOTE_(kind, place, text)                                                                \
    __asm__ __volatile__ __inline__(                                                               \
        "77: .pushsection .feuerprobe,\"\",@progbits; .quad 77b; .asciz \"" kind                   \
        "\"; .asciz \"" place "\"; .asciz \"" text "\"; .popsection" ::)
#else
#define FB_NOTE_(kind, place, text) ((void)0)
#endif

#endif

#define FB_TEXT_(number) FB_TEXT2_(number)
#define FB_TEXT2_(number) #number

#endif
