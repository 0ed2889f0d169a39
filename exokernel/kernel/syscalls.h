/* SPDX-License-Identifier: MIT
 * The handlers of the system calls, by file. A _Noreturn one ends in ring 3 by itself. */
#ifndef FEUERBIRD_KERNEL_SYSCALLS_H
#define FEUERBIRD_KERNEL_SYSCALLS_H

#include <feuerbird/syscalls.h>
#include <feuerbird/types.h>

struct env;

/* kernel/syscalls.c: the functions of the calls that may switch, by number */
typedef void switching_call(uint64_t a, uint64_t b, uint64_t c, uint64_t d, uint64_t e, uint64_t f);
extern const void *const switch_table[FB_SYSCALL_LIMIT];

/* kernel/syscalls.c */
int64_t call_again(uint64_t call, uint64_t a, uint64_t b, uint64_t c, uint64_t d, uint64_t e);
int64_t sys_null(void);
int64_t sys_unknown(void);
int64_t sys_alloc_page(uint64_t physical);
int64_t sys_alloc_page_for(cap_id_t env, uint64_t physical);
int64_t sys_unbind_page(cap_id_t page);
int64_t sys_map(cap_id_t env, cap_id_t page, uint64_t address, uint64_t rights);
int64_t sys_unmap(cap_id_t env, cap_id_t page);
int64_t sys_grant(cap_id_t env, uint64_t ids, uint64_t count, uint64_t rights);
int64_t sys_accept(uint64_t count);
int64_t sys_derive(cap_id_t id, uint64_t rights);
int64_t sys_cap_drop(cap_id_t id);
int64_t sys_env_alloc(uint64_t cpu, uint64_t capacity);
int64_t sys_env_start(cap_id_t env, uint64_t pc, uint64_t sp, uint64_t a, uint64_t b, uint64_t c);
int64_t sys_env_label(cap_id_t env, uint64_t level, uint64_t categories);
int64_t sys_env_destroy(cap_id_t env);
int64_t sys_finish(uint64_t ticket, uint64_t result);
int64_t sys_scrub(uint64_t pages);
int64_t sys_info(uint64_t what);
_Noreturn void sys_exit(int64_t status);
/* kernel/account.c */
int64_t sys_account(cap_id_t env, uint64_t what, uint64_t amount);
/* kernel/revoke.c */
int64_t sys_revoke(cap_id_t id, uint64_t deadline);
/* kernel/batch.c */
int64_t sys_protect(cap_id_t env, cap_id_t page, uint64_t rights);
int64_t sys_map_pages(cap_id_t env, uint64_t ids, uint64_t count, uint64_t address,
                      uint64_t rights);
int64_t sys_unmap_pages(cap_id_t env, uint64_t ids, uint64_t count);
int64_t sys_protect_pages(cap_id_t env, uint64_t ids, uint64_t count, uint64_t rights);
int64_t sys_entries(uint64_t address, uint64_t count, uint64_t buffer);
/* kernel/foreign.c */
_Noreturn void sys_foreign(cap_id_t env, uint64_t entry, uint64_t address);
int64_t sys_fs_base(uint64_t base);
/* kernel/sched.c */
_Noreturn void sys_yield_to(cap_id_t target);
/* kernel/ipc.c */
_Noreturn void sys_send(cap_id_t dest, uint64_t w0, uint64_t length, uint64_t w1, uint64_t w2,
                        uint64_t w3);
_Noreturn void sys_call(cap_id_t dest, uint64_t w0, uint64_t length, uint64_t w1, uint64_t w2,
                        uint64_t w3);
_Noreturn void words_found(struct env *to, uint64_t w0, uint64_t length, uint64_t w1, uint64_t w2,
                           uint64_t w3);
_Noreturn void sys_recv(cap_id_t mailbox, uint64_t buffer, uint64_t capacity);
_Noreturn void sys_recv_timed(cap_id_t mailbox, uint64_t buffer, uint64_t capacity,
                              uint64_t deadline);
/* kernel/irq.c */
int64_t sys_irq_alloc(uint64_t number, uint64_t rights);
_Noreturn void sys_irq_wait(cap_id_t id, uint64_t deadline);
int64_t sys_irq_ack(cap_id_t id);
int64_t sys_irq_upcall(cap_id_t id, uint64_t on);
int64_t sys_irq_trigger(cap_id_t id);
int64_t sys_timer_set(cap_id_t id, uint64_t when);
/* kernel/ports.c */
int64_t sys_ioport_alloc(uint64_t first);
int64_t sys_ioport_in(cap_id_t id, uint64_t port);
int64_t sys_ioport_out(cap_id_t id, uint64_t port, uint64_t byte);
/* kernel/pci.c */
int64_t sys_pci_list(uint64_t place);
int64_t sys_pci_alloc(uint64_t name);
int64_t sys_pci_read(cap_id_t id, uint64_t offset);
int64_t sys_pci_command(cap_id_t id, uint64_t bits);
int64_t sys_pci_page(cap_id_t id, uint64_t bar, uint64_t page);
/* kernel/dma.c */
int64_t sys_dma_map(cap_id_t id, cap_id_t page, uint64_t address, uint64_t rights);
int64_t sys_dma_refused(cap_id_t id, cap_id_t line);
/* kernel/token.c */
int64_t sys_cap_export(cap_id_t id, uint64_t rights, uint64_t token);
int64_t sys_cap_verify(uint64_t token);
int64_t sys_cap_import(uint64_t token);
/* kernel/upcall.c */
int64_t sys_set_upcall(uint64_t entry, uint64_t stack, uint64_t size);
/* kernel/user.c */
_Noreturn void sys_probe(uint64_t operation, uint64_t a, uint64_t b);

#endif
