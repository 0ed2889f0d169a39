/* SPDX-License-Identifier: MIT
 * Objects of System V: found by a key or a number, and there until somebody removes them. */
#ifndef LIBOS_SERVER_IPC_H
#define LIBOS_SERVER_IPC_H

#include "server.h"

enum { IPC_OBJECTS = 256, SEMAPHORES = 1024, UNDOS = 2048, WAITERS = 64, EIDRM = 43, ENOMSG = 42 };

struct semaphore {
    uint16_t value;
    uint32_t pid;
};

struct ipc {
    uint32_t kind; /* enum ipc_kind; 0: free place */
    int32_t key;   /* 0: private */
    uint32_t sequence, mode, user, group, creator, creator_group;
    uint64_t changed, first_time, second_time; /* of the last operation, by kind */
    uint32_t creator_pid, last_pid, other_pid;
    uint64_t size;                      /* semaphores; bytes of memory; most bytes of a queue */
    uint32_t open;                      /* memory: its open file */
    bool removed;                       /* memory: goes with the last that has it attached */
    uint32_t first, last, count, bytes; /* of a queue: messages */
    struct {
        uint32_t pid, number;
        bool for_zero;
    } waiter[WAITERS]; /* of semaphores; of a queue only the pid is used */
    uint32_t waiters;
};
#define IPC ((struct ipc *)IPC_AT)
#define SEMAPHORE ((struct semaphore *)(IPC_AT + 0x100000000ul)) /* SEMAPHORES for each object */

struct ipc *ipc_of(uint64_t kind, uint64_t id);
static inline struct semaphore *semaphores_of(const struct ipc *o)
{
    return SEMAPHORE + (uint64_t)(o - IPC) * SEMAPHORES;
}
void ipc_watch(struct ipc *o, const struct proc *p, uint32_t number, bool for_zero);
void ipc_unwatch(struct ipc *o, uint64_t pid);
void ipc_wake(struct ipc *o);

#endif
