/* SPDX-License-Identifier: MIT
 * What the files about signals share. */
#ifndef LIBOS_SIGNAL_H
#define LIBOS_SIGNAL_H

#include "libos.h"

#define BIT(signal) (1ul << ((signal)-1))
#define UNBLOCKABLE (BIT(SIGKILL) | BIT(SIGSTOP))
enum { DEFAULT = 0, IGNORE = 1, NOT_ON = 2, ON = 1 };

struct signal_context {
    uint64_t r8, r9, r10, r11, r12, r13, r14, r15, rdi, rsi, rbp, rbx, rdx, rax, rcx, rsp, rip,
        flags;
    uint16_t cs, gs, fs, ss;
    uint64_t error, trap, old_mask, address, fpu, reserved[8];
};

struct signal_frame {
    uint64_t restorer;
    uint64_t uc_flags, uc_link, stack, stack_flags, stack_size;
    struct signal_context context;
    uint64_t mask;
    struct {
        int32_t number, error, code, pad;
        uint64_t value, status;
        uint64_t rest[12];
    } info;
};
_Static_assert(sizeof(struct signal_context) == 256 && sizeof(struct signal_frame) == 440,
               "as Linux has it");

/* Why a signal comes, as its handler is told. */
struct cause {
    int32_t code;
    uint64_t value, status, address, error, trap;
};
enum { FPU_SIZE = 512 };

bool signal_ignored(uint32_t signal);
uint32_t signal_take(uint64_t set, uint64_t *code, uint64_t *value);
enum { FIRST_QUEUED = 32 };

/* The word behind si_code: si_pid, and si_uid, which is not told; or the number of a timer. */
static inline uint64_t cause_of(uint64_t code) { return code >> 8 & 0xffffffff; }

/* Let the next way to the program look for signals, if one is due. */
static inline void signal_flag(void) { P->pending = signal_due() || P->back; }

#endif
