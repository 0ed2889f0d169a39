/* SPDX-License-Identifier: MIT
 * QEMU's virt machines: the serial line, and the names of faults. */
#include "kit.h"

#ifdef __riscv
#define UART 0x10000000ul
#else
#define UART 0x09000000ul
#endif

void kit_machine(void);
const char *kit_fault_name(unsigned long code);

void kit_put(char c) { *(volatile char *)UART = c; }

void kit_machine(void) {}

const char *kit_fault_name(unsigned long code)
{
#ifdef __aarch64__
    code >>= 26;
    switch (code) {
    case 0x00:
        return "undefined instruction";
    case 0x0e:
        return "illegal execution state";
    case 0x15:
        return "system call";
    case 0x18:
        return "system register is not available";
    case 0x21:
        return "instruction abort";
    case 0x22:
        return "unaligned program counter";
    case 0x25:
        return "data abort";
    case 0x26:
        return "unaligned stack";
    case 0x3c:
        return "breakpoint";
    }
#else
    static const char *const names[] = {
#ifdef __riscv
        "unaligned instruction",  "instruction access fault",
        "illegal instruction",    "breakpoint",
        "unaligned load",         "load access fault",
        "unaligned store",        "store access fault",
        [9] = "system call",      [12] = "instruction page fault",
        [13] = "load page fault", [15] = "store page fault",
#else
        [1] = "undefined instruction",
        [2] = "system call",
        [3] = "prefetch abort",
        [4] = "data abort",
#endif
    };
    if (code < sizeof names / sizeof *names && names[code])
        return names[code];
#endif
    return "unknown fault";
}
