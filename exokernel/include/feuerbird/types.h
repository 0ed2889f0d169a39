/* SPDX-License-Identifier: MIT
 * The words that kernel and ring 3 share: identifiers, capability types, levels, tokens. */
#ifndef FEUERBIRD_TYPES_H
#define FEUERBIRD_TYPES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FB_PAGE_SIZE 4096u

/* Names one capability for the whole life of the kernel: never given out twice. 0 names nothing. */
typedef uint64_t cap_id_t;

/* What a capability stands for. */
#define FB_CAP_TYPES(X)                                                                            \
    X(NONE, 0, "nothing")                                                                          \
    X(PAGE, 1, "a page of physical memory")                                                        \
    X(IOPORT, 2, "a range of I/O ports")                                                           \
    X(IRQ, 3, "an interrupt line")                                                                 \
    X(DMA, 4, "a DMA channel")                                                                     \
    X(HYPERVISOR, 5, "the virtual machine extensions")                                             \
    X(CRYPTOKEY, 6, "a key that stays in the kernel")                                              \
    X(PROCESS, 7, "an environment and its mailbox")                                                \
    X(REGISTERS, 8, "a page of a PCI function's registers")                                        \
    X(PCI, 0x102, "a PCI function") /* the low bytes of these: caps.c */                           \
    X(MAPPING, 0x103, "a page that a PCI function reaches")

#define FB_CAP_TYPE_ENUM(name, value, text) CAP_##name = (value),
enum cap_type { FB_CAP_TYPES(FB_CAP_TYPE_ENUM) };
#undef FB_CAP_TYPE_ENUM

/* How far a security domain is trusted: each level may do what those below it may. */
enum domain_level {
    LEVEL_UNTRUSTED = 0,
    LEVEL_STANDARD = 1,
    LEVEL_PRIVILEGED = 2,
    LEVEL_SUPERVISOR = 3,
    LEVEL_KERNEL = 4,
};
#define DOMAIN_LEVELS 5u

/* An exported capability: a claim that may leave the kernel, and the seal that only it can make.
 *
 *    0        8          16       20      24     28         32     40
 *    | id     | resource | rights | owner | type | reserved | seal |
 *    '------------------- what the seal covers -------------'
 */
struct exo_cap {
    cap_id_t id;
    uint64_t resource;
    uint32_t rights;
    uint32_t owner;
    uint32_t type;
    uint32_t reserved; /* 0 */
    uint64_t seal;
};
_Static_assert(sizeof(struct exo_cap) == 40, "struct exo_cap is part of the system-call interface");

#endif
