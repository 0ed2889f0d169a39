/* SPDX-License-Identifier: MIT
 * Guest tests: a table of cases. Each gets a count of failures, since ring 3 has no globals. */
#ifndef FEUERBIRD_TEST_H
#define FEUERBIRD_TEST_H

#include "exo.h"

struct test {
    uint64_t failed;
};

/* Count and print what does not hold. */
#define CHECK(test, held)                                                                          \
    do {                                                                                           \
        if (!(held)) {                                                                             \
            (test)->failed++;                                                                      \
            lib_print("  " __FILE__ ":");                                                          \
            lib_number(__LINE__);                                                                  \
            lib_print(": " #held "\n");                                                            \
        }                                                                                          \
    } while (0)

/* In ticks. PATIENCE: what never comes is given up then, before the guard outside gives us up.
 * A busy host takes as long as it likes: no check may require an end within A_WHILE. */
#define PATIENCE 200000000000ul
#define A_WHILE 300000000ul

#define ENVIRONMENTS 2048 /* as many as there can be: ENV_LIMIT */

#define AREA 0x40000000ul
#define SHARED 0x11000000ul
#define STACK 0x12000000ul

/* What a child does (test_child), and what a bad one tries (test_bad). */
enum {
    CHILD_SEND_MANY,
    CHILD_SEND_LARGE,
    CHILD_COUNT,
    CHILD_WRITE,
    CHILD_HOLD,
    CHILD_IGNORE,
    CHILD_PAGES,
    CHILD_ECHO,
    CHILD_SPIN,
    CHILD_SMALL,
    CHILD_GRANT,
    CHILD_EVENTS,
    CHILD_COUNT_OR_YIELD,
    CHILD_SEND_ON
};
enum {
    HOLDER_WAITS,
    HOLDER_ASKS,
    HOLDER_SENDS,
    HOLDER_CALLS,
    HOLDER_SENDS_MEMORY,
    HOLDER_COMPUTES
};
enum { DOMAIN_EXPORT, DOMAIN_UPWARDS };
enum {
    BAD_READ_KERNEL,
    BAD_WRITE_TEXT,
    BAD_RUN_STACK,
    BAD_NULL,
    BAD_PRIVILEGED,
    BAD_PORT,
    BAD_STACK,
    BAD_SSE,
    BAD_RUN_CONSTANT,
    BAD_X87,
    BAD_LOCAL_TABLE,
    BAD_SEGMENT,
    BAD_TABLE_REGISTER,
    BAD_JUMP,
    BAD_INTERRUPT,
    BAD_BASE,
    BAD_TRAP,
    BAD_COUNTER,
    BAD_COUNT
};

/* Ways from one environment to another. */
enum { BY_SEND, BY_CALL, BY_RECEIVE, BY_YIELD_TO, BY_YIELD, BY_INTERRUPT, BY_WAYS };

/* user/test/test.c */
cap_id_t test_spawn(uint64_t cpu, uint64_t program, uint64_t what, uint64_t back_rights);
bool test_ended(cap_id_t env);
bool test_clock_is_exact(void);
int64_t test_bad(uint64_t what, uint64_t b);
bool test_hides_tables(void);
/* Count in `mine` until `theirs` changes, which the other side does once it runs. */
void test_count_until(volatile uint64_t *mine, const volatile uint64_t *theirs);
/* Leave the processor once in this way. By an interrupt: shared[1] counts until shared[2] does. */
void test_leave_by(uint64_t way, cap_id_t peer, volatile uint64_t *shared);
/* user/test/page.c */
void test_pages(struct test *t);
void test_page_misuse(struct test *t);
void test_capabilities(struct test *t);
void test_revocation(struct test *t);
void test_siblings(struct test *t);
void test_orphans(struct test *t);
void test_isolation(struct test *t);
void test_lazy_mapping(struct test *t);
void test_no_memory(struct test *t);
void test_grants(struct test *t);
/* user/test/revoke.c */
void test_notices(struct test *t);
void test_notices_wait(struct test *t);
void test_many_notices(struct test *t);
void test_notice_first(struct test *t);
void test_blocked_holders(struct test *t);
void test_computing_holder(struct test *t);
void test_requests(struct test *t);
void test_joined(struct test *t);
/* user/test/ipc.c */
void test_messages(struct test *t);
void test_message_misuse(struct test *t);
void test_calls(struct test *t);
void test_small_rooms(struct test *t);
void test_back_pressure(struct test *t);
void test_large_messages(struct test *t);
void test_message_capability(struct test *t);
void test_receiver_ends(struct test *t);
void test_timeouts(struct test *t);
/* user/test/register.c */
void test_registers(struct test *t);
void test_deadline_ends(struct test *t);
void test_order(struct test *t);
/* user/test/sched.c */
void test_yield(struct test *t);
void test_preemption(struct test *t);
void test_lines(struct test *t);
void test_timer(struct test *t);
void test_line_rights(struct test *t);
void test_blocked_owner(struct test *t);
void test_unknown_calls(struct test *t);
void test_donation(struct test *t);
void test_fresh_slices(struct test *t);
/* user/test/domain.c */
void test_tokens(struct test *t);
void test_token_travels(struct test *t);
void test_domains(struct test *t);
void test_domain_children(struct test *t);
void test_vector_time(struct test *t);
void test_epochs(struct test *t);
/* user/test/device.c */
void test_device(struct test *t);
void test_ports(struct test *t);
/* user/test/machine.c */
void test_exceptions(struct test *t);
void test_flags(struct test *t);
void test_segments(struct test *t);
void test_jumps(struct test *t);
/* user/test/calls.c */
int64_t test_raw(uint64_t number, const uint64_t a[6]);
void test_identifiers(struct test *t);
/* user/test/pci.c: the device that these tests need, and what else */
#define TEST_EDU 0x11e81234
#define TEST_NET 0x10411af4
#define TEST_BLOCK 0x10421af4
#define TEST_NEEDS_DISK "QEMU's virtio-blk-pci behind an IOMMU"
#define TEST_NEEDS "QEMU's edu behind an IOMMU"
#define TEST_NEEDS_NETWORK "two of QEMU's virtio-net-pci behind an IOMMU"
#define TEST_NEEDS_BARE "QEMU's edu without an IOMMU"
cap_id_t test_function(uint64_t identity, uint64_t place);
bool test_has_device(void);
bool test_has_bare(void);
void test_no_iommu(struct test *t);
void test_functions(struct test *t);
void test_registers_of_device(struct test *t);
void test_device_line(struct test *t);
/* user/test/dma.c */
void test_dma(struct test *t);
void test_dma_hostile(struct test *t);
void test_dma_revoked(struct test *t);
void test_dma_account(struct test *t);
/* user/test/forged.c */
void test_dma_interrupt(struct test *t);
/* user/test/net.c */
bool test_has_network(void);
void test_network(struct test *t);
void test_network_hostile(struct test *t);
void test_network_lies(struct test *t);
/* user/test/block.c */
bool test_has_disk(void);
void test_block(struct test *t);
void test_block_errors(struct test *t);
void test_block_lies(struct test *t);
void test_block_cost(struct test *t);
/* user/test/restart.c */
void test_restart(struct test *t);
/* user/test/travel.c */
void test_travel(struct test *t);
void test_flow(struct test *t);
/* user/test/ranges.c */
void test_ranges(struct test *t);
/* user/test/flags.c */
void test_flags_everywhere(struct test *t);
/* user/test/several.c */
void test_named_pages(struct test *t);
void test_close_deadlines(struct test *t);
void test_waiters(struct test *t);
void test_broken_senders(struct test *t);
void test_nested_handlers(struct test *t);
void test_derivations_on_two_cpus(struct test *t);
/* user/test/words.c */
void test_words_beyond(struct test *t);
/* user/test/share.c */
void test_shares(struct test *t);
void test_tables_return(struct test *t);
/* user/test/steps.c */
void test_half_revoked(struct test *t);
void test_half_ended(struct test *t);
void test_half_made(struct test *t);
void test_many_timers(struct test *t);
void test_interrupts_meanwhile(struct test *t);
/* user/test/fpu.c */
void test_foreign_registers(struct test *t);
/* user/test/foreign.c */
cap_id_t test_foreign(uint64_t cpu, cap_id_t page);
void test_foreign_calls(struct test *t);
void test_foreign_misuse(struct test *t);
void test_foreign_wrongs(struct test *t);
/* user/test/account.c */
void test_accounts(struct test *t);
void test_account_environments(struct test *t);
void test_account_trees(struct test *t);
void test_account_names(struct test *t);
void test_account_events(struct test *t);
void test_account_misuse(struct test *t);
void test_account_of_others(struct test *t);
/* user/test/borders.c */
void test_line_numbers(struct test *t);
void test_line_owner(struct test *t);
void test_upcall_numbers(struct test *t);
void test_upcall_room(struct test *t);
void test_two_deadlines(struct test *t);
void test_full_tables(struct test *t);
/* user/test/values.c */
void test_values(struct test *t);
/* user/test/batch.c */
void test_batches(struct test *t);
void test_batch_misuse(struct test *t);
void test_entries(struct test *t);
void test_remote_rights(struct test *t);
/* user/test/trace.c */
void test_trace(struct test *t);
void test_trace_cost(struct test *t);
void test_trace_lock(struct test *t);
/* user/test/smp.c */
void test_cross_messages(struct test *t);
void test_cross_senders(struct test *t);
void test_shootdown(struct test *t);
void test_idle_translations(struct test *t);
void test_remote_end(struct test *t);
void test_remote_pages(struct test *t);

#endif
