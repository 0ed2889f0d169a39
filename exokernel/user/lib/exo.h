/* SPDX-License-Identifier: MIT
 * For programs in ring 3: the system calls and a small library. Read this first. */
#ifndef FEUERBIRD_EXO_H
#define FEUERBIRD_EXO_H

#include <feuerbird/abi.h>
#include <feuerbird/errors.h>
#include <feuerbird/rights.h>
#include <feuerbird/syscalls.h>
#include <feuerbird/types.h>

#include "feuerprobe.h"

#define RW (EXO_RIGHT_R | EXO_RIGHT_W)

struct exo_from {
    uint64_t number;
    cap_id_t capability;
};

/* user/lib/start.S: identifiers and results are positive, errors are negative */
int64_t exo_null(uint64_t ignored);
int64_t exo_set_upcall(const void *entry, uint64_t stack, uint64_t size);
int64_t exo_alloc_page(uint64_t physical);
int64_t exo_alloc_page_for(cap_id_t environment, uint64_t physical);
int64_t exo_unbind_page(cap_id_t page);
int64_t exo_yield_to(cap_id_t environment);
int64_t exo_env_alloc(uint64_t cpu, uint64_t capacity);
int64_t exo_irq_alloc(uint64_t line, uint64_t rights);
int64_t exo_irq_wait(cap_id_t line, uint64_t deadline);
int64_t exo_irq_ack(cap_id_t line);
_Noreturn void exo_exit(int64_t status);
int64_t exo_map(cap_id_t environment, cap_id_t page, uint64_t address, uint64_t rights);
int64_t exo_unmap(cap_id_t environment, cap_id_t page);
int64_t exo_grant(cap_id_t environment, cap_id_t *ids, uint64_t count, uint64_t rights);
int64_t exo_accept(uint64_t count);
int64_t exo_foreign(cap_id_t environment, const void *entry, uint64_t address);
int64_t exo_fs_base(uint64_t base);
int64_t exo_protect(cap_id_t environment, cap_id_t page, uint64_t rights);
int64_t exo_map_pages(cap_id_t environment, const cap_id_t *pages, uint64_t count, uint64_t address,
                      uint64_t rights);
int64_t exo_unmap_pages(cap_id_t environment, const cap_id_t *pages, uint64_t count);
int64_t exo_protect_pages(cap_id_t environment, const cap_id_t *pages, uint64_t count,
                          uint64_t rights);
int64_t exo_entries(uint64_t address, uint64_t count, uint64_t *buffer);
int64_t exo_account(cap_id_t environment, uint64_t what, uint64_t amount);
int64_t exo_revoke(cap_id_t id, uint64_t deadline);
int64_t exo_derive(cap_id_t id, uint64_t rights);
int64_t exo_env_start(cap_id_t environment, uint64_t pc, uint64_t sp, uint64_t a, uint64_t b,
                      uint64_t c);
int64_t exo_env_destroy(cap_id_t environment);
int64_t exo_timer_set(cap_id_t line, uint64_t time);
int64_t exo_irq_upcall(cap_id_t line, uint64_t on);
int64_t exo_irq_trigger(cap_id_t line);
int64_t exo_scrub(uint64_t pages);
int64_t exo_finish(uint64_t ticket, uint64_t result);
int64_t exo_cap_drop(cap_id_t id);
int64_t exo_info(uint64_t what);
int64_t exo_probe(uint64_t operation, uint64_t a, uint64_t b);
int64_t exo_ioport_alloc(uint64_t first);
int64_t exo_ioport_in(cap_id_t ports, uint64_t port);
int64_t exo_ioport_out(cap_id_t ports, uint64_t port, uint64_t byte);
int64_t exo_pci_list(uint64_t place);
int64_t exo_pci_alloc(uint64_t name);
int64_t exo_pci_read(cap_id_t function, uint64_t offset);
int64_t exo_pci_command(cap_id_t function, uint64_t bits);
int64_t exo_pci_page(cap_id_t function, uint64_t bar, uint64_t page);
int64_t exo_dma_map(cap_id_t function, cap_id_t page, uint64_t address, uint64_t rights);
int64_t exo_dma_refused(cap_id_t function, cap_id_t line);
int64_t exo_cap_export(cap_id_t id, uint64_t rights, struct exo_cap *token);
int64_t exo_cap_verify(const struct exo_cap *token);
int64_t exo_cap_import(const struct exo_cap *token);
int64_t exo_env_label(cap_id_t environment, uint64_t level, uint64_t categories);
void upcall_entry(void);
/* user/lib/message.S: buffers consist of whole aligned words */
int64_t exo_send(cap_id_t to, const void *buffer, uint64_t length);
int64_t exo_send_cap(cap_id_t to, const void *buffer, uint64_t length, cap_id_t capability);
int64_t exo_call(cap_id_t to, void *buffer, uint64_t length, uint64_t capacity);
int64_t exo_recv(cap_id_t mailbox, void *buffer, uint64_t capacity);
int64_t exo_recv_timed(cap_id_t mailbox, void *buffer, uint64_t capacity, uint64_t deadline);
int64_t exo_recv_from(cap_id_t mailbox, void *buffer, uint64_t capacity, uint64_t deadline,
                      struct exo_from *from);
/* user/lib/lib.c */
cap_id_t lib_page(uint64_t address, uint64_t rights);
int64_t lib_stack(cap_id_t environment);
int64_t lib_create(uint64_t cpu);
int64_t lib_start(cap_id_t environment, uint64_t program, uint64_t a, uint64_t b);
cap_id_t lib_give(cap_id_t environment, cap_id_t id, uint64_t rights);
int64_t lib_share(cap_id_t environment, cap_id_t page, uint64_t address, uint64_t rights);
int64_t lib_upcall(uint64_t page, void (*handler)(uint64_t cause, uint64_t value, uint64_t detail));
void lib_scrub(uint64_t pages);
void lib_single(struct fp_run *run);
void lib_print(const char *text);
void lib_number(uint64_t number);

/* Ticks from before a call to the time that the other side stores in note[0] by
 * FP_CLOCK_AND_MARK(FP_MARK_ARRIVE); note[0] is 0 before. The twin ends at once, since it reaches
 * nobody. */
#define LIB_ONE_WAY(skip, note, function, ...)                                                     \
    __extension__({                                                                                \
        if (!(skip))                                                                               \
            FP_MARK(FP_MARK_DEPART);                                                               \
        FP_MARK(FP_MARK_BEGIN);                                                                    \
        const uint64_t lib_from = fp_clock();                                                      \
        FP_CALL(skip, function, __VA_ARGS__);                                                      \
        const uint64_t lib_back = FP_CLOCK_AND_MARK(FP_MARK_END);                                  \
        while (!(skip) && !(note)[0])                                                              \
            __builtin_ia32_pause();                                                                \
        ((skip) ? lib_back : (note)[0]) - lib_from;                                                \
    })

/* Every program of the image. main.c calls it by its number. */
/* clang-format off */
#define USER_PROGRAMS(X)                                                                   \
    X(bench_null) X(bench_round_trip) X(bench_call) X(bench_one_way) X(bench_recv)         \
    X(bench_pages) X(bench_round_trip_cold) X(bench_stream) X(echo_send) X(echo_call)      \
    X(sink) X(bench_yield) X(bench_schedule) X(yield_back) X(bench_blocked) X(wake_back)   \
    X(bench_export) X(bench_verify) X(bench_verify_forged) X(bench_import)                 \
    X(bench_grant) X(bench_revoke) X(bench_alloc_map) X(bench_alloc_clear)                 \
    X(bench_alloc_bulk) X(bench_unbind) X(bench_fault) X(bench_timer) X(bench_irq_wait)    \
    X(bench_irq_wake) X(irq_sink) X(bench_preemption) X(bench_round_trip_sliced)           \
    X(bench_call_sliced) X(bench_recv_timed) X(bench_unmap) X(bench_irq_alloc)             \
    X(bench_map) X(bench_unmap_other_cpu) X(store_on) X(bench_env_alloc) X(bench_env_destroy) \
    X(bench_timer_set) X(wait_long) X(bench_recv_expired) X(bench_irq_upcall)              \
    X(bench_ioport_alloc) X(bench_ioport_in) X(bench_ioport_out) X(bench_accept)           \
    X(bench_account) X(test_account_child)                                                 \
    X(bench_contended) X(contend)                                                          \
    X(bench_derive) X(bench_drop) X(bench_irq_ack) X(test) X(test_bad) X(test_child)       \
    X(test_domain_child) X(bench_send_cap) X(sink_capability)                              \
    X(test_low_parent) X(test_second_owner) X(test_clock_child) X(fuzz) X(fuzz_one)        \
    X(fuzz_victim) X(fuzz_listener) X(test_holder) X(test_exception)                       \
    X(test_maker) X(test_sealer) X(test_waiter) X(test_long_calls)                         \
    X(test_register_child) X(test_late_child) X(test_segment_child)                        \
    X(test_words_child) X(test_words_caller) X(share_victim) X(share_waiter) X(share_hog)  \
    X(test_nester) X(test_line_taker) \
    X(bench_map_pages) X(bench_unmap_pages) X(bench_protect_pages) X(bench_protect)        \
    X(bench_entries) X(bench_fault_handler)                                                \
    X(bench_foreign) X(bench_foreign_switch) X(foreign_back)                               \
    X(test_foreign_keeper) X(test_foreign_caller) X(test_foreign_wrong)                    \
    X(test_sender) X(test_flow_source) X(test_flow_target) X(test_range_sender)            \
    X(test_range_receiver) X(test_one_sender) X(test_deriver) X(libos_server)           \
    X(rt_adversary) X(test_device_receiver) X(test_dma_driver) X(test_dma_poor)      \
    X(test_trace_child) X(test_disk_driver)
/* clang-format on */

#define USER_PROGRAM_ENUM(name) PROGRAM_##name,
enum user_program { USER_PROGRAMS(USER_PROGRAM_ENUM) USER_PROGRAM_COUNT };
#undef USER_PROGRAM_ENUM

#endif
