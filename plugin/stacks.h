/* SPDX-License-Identifier: MIT
 * Shadow stacks: who called the instruction that executes, across the boundary of the kernel.
 *
 * A *node* is a call path: its caller's node, the address of the call, and the address that was
 * entered. A *stack* is a thread of the guest: an environment, or a processor that boots. It is
 * recognised by three things, since this interface does not show registers:
 *
 *   ret              the place in physical memory that the return address comes from, which is the
 *                    place where a call stored it
 *   sysret, iret     the address that is returned to, among the stacks that wait for that address
 *   address space    the place that the value of CR3 was loaded from, just before it was written
 *
 * A wrong guess puts instructions below another caller. It never changes how many they are. */
#ifndef FEUERPROBE_STACKS_H
#define FEUERPROBE_STACKS_H

#include "insn.h"

/* How a node was entered, and its letter in the file. */
enum entered {
    BY_BOOT = 'B',
    BY_START = 'E',
    BY_CALL = 'C',
    BY_SYSCALL = 'S',
    BY_INTERRUPT = 'I',
    BY_UPCALL = 'U'
};

struct node {
    uint64_t site, target; /* the call's address, and the one that was entered; the number of the
                            * processor that boots, or of the environment that begins */
    uint32_t parent;       /* 0: none */
    enum entered kind;
};

enum { STACK_CPUS = 16 };

/* Node of the instruction `now`, which processor `cpu` begins after `last`, if `last` did `flow`.
 * delivered: an interrupt or a fault came between. 0: too many paths, or no memory. */
uint32_t stacks_step(unsigned int cpu, const struct insn *last, const struct insn *now,
                     enum flow flow, bool delivered, bool faulted);
/* The instruction accessed memory at this physical address. */
void stacks_access(unsigned int cpu, uint64_t physical, bool store);
/* A plan entry begins: environments are numbered from 0 again. */
void stacks_entry(void);
/* It wrote CR3. */
void stacks_switch(unsigned int cpu);
const struct node *stacks_node(uint32_t id);

#endif
