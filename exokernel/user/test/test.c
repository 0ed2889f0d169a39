/* SPDX-License-Identifier: MIT
 * The table of guest tests, and children that they start. */
#include "test.h"

enum {
    EXACT,        /* also needed on one processor whose clock counts instructions */
    DEVICE = 16,  /* needs TEST_NEEDS */
    ALSO = 32,    /* does more where that is */
    BARE = 64,    /* needs edu without an IOMMU */
    TRACED = 128, /* is about the trace */
    WIRE = 256,   /* needs TEST_NEEDS_NETWORK */
    DISK = 512,   /* needs TEST_NEEDS_DISK */
};

typedef void test_case(struct test *t);
static const struct {
    test_case *run;
    const char *name;
    uint32_t cpus;
} cases[] = {
    { test_pages, "pages", 1 },
    { test_page_misuse, "page misuse", 1 },
    { test_capabilities, "capabilities", 1 },
    { test_revocation, "revocation", 1 },
    { test_siblings, "siblings", 1 },
    { test_notices, "notices", 1 },
    { test_notices_wait, "notices wait", 1 },
    { test_notice_first, "notice first", 1 },
    { test_many_notices, "many notices", 1 },
    { test_blocked_holders, "blocked holders", 1 },
    { test_computing_holder, "computing holder", 2 },
    { test_requests, "requests", 1 },
    { test_joined, "derived meanwhile", 1 },
    { test_orphans, "orphans", 1 },
    { test_isolation, "isolation", 1 },
    { test_exceptions, "exceptions", 1 },
    { test_flags, "flags", 1 },
    { test_segments, "segments", 1 },
    { test_jumps, "jumps", 1 },
    { test_foreign_calls, "foreign calls", 1 },
    { test_foreign_registers, "foreign registers", 1 },
    { test_foreign_misuse, "foreign misuse", 1 },
    { test_foreign_wrongs, "foreign wrongs", 1 },
    { test_batches, "batches", 1 },
    { test_batch_misuse, "batch misuse", 1 },
    { test_entries, "entries", 1 },
    { test_values, "values", 1 },
    { test_remote_rights, "rights on another CPU", 2 },
    { test_accounts, "accounts", 1 },
    { test_account_environments, "account environments", 1 },
    { test_account_trees, "account trees", 1 },
    { test_account_names, "account names", 1 },
    { test_account_events, "account events", 1 },
    { test_account_misuse, "account misuse", 1 },
    { test_account_of_others, "accounts of others", 1 },
    { test_lazy_mapping, "lazy mapping", 1 },
    { test_no_memory, "no memory", 1 },
    { test_grants, "grants", 1 },
    { test_messages, "messages", 1 },
    { test_message_misuse, "message misuse", 1 },
    { test_calls, "calls", 1 },
    { test_small_rooms, "small rooms", 1 },
    { test_back_pressure, "back-pressure", 1 },
    { test_large_messages, "large messages", 1 },
    { test_message_capability, "capability in a message", 1 },
    { test_receiver_ends, "receiver ends", 1 },
    { test_timeouts, "time-outs", 1 },
    { test_registers, "registers", 1 },
    { test_deadline_ends, "deadline ends", 1 },
    { test_order, "order", 1 },
    { test_words_beyond, "words beyond a length", 1 },
    { test_yield, "yield", 1 },
    { test_preemption, "preemption", 1 },
    { test_donation, "donated slices", 1 },
    { test_fresh_slices, "fresh slices", 1 },
    { test_shares, "shares of the processor", EXACT },
    { test_tables_return, "tables return", 1 },
    { test_identifiers, "identifiers", 1 | ALSO },
    { test_travel, "rights that travel", 1 },
    { test_flow, "flow between labels", 1 },
    { test_ranges, "ranges of memory", 1 },
    { test_flags_everywhere, "flags everywhere", 1 },
    { test_named_pages, "named pages", 1 },
    { test_close_deadlines, "close deadlines", EXACT },
    { test_waiters, "waiters for a line", 1 },
    { test_broken_senders, "senders that end", 1 },
    { test_nested_handlers, "nested handlers", 1 },
    { test_derivations_on_two_cpus, "derivations on two CPUs", 2 },
    { test_tokens, "tokens", 1 },
    { test_token_travels, "token travels", 1 },
    { test_domains, "domains", 1 },
    { test_domain_children, "child domains", 1 },
    { test_vector_time, "vector time", 1 },
    { test_epochs, "epochs", 1 },
    { test_device, "device", 1 },
    { test_ports, "ports", 1 },
    { test_lines, "lines", 1 },
    { test_line_numbers, "numbers of lines", 1 },
    { test_line_owner, "owner of a line", 1 },
    { test_upcall_numbers, "numbers of upcalls", 1 },
    { test_upcall_room, "room for upcalls", 1 },
    { test_two_deadlines, "two deadlines", 1 },
    { test_full_tables, "full tables", 1 },
    { test_line_rights, "rights to a line", 1 },
    { test_timer, "timer", 1 },
    { test_blocked_owner, "blocked owner", 1 },
    { test_unknown_calls, "unknown calls", 1 },
    { test_half_revoked, "half revoked", 1 },
    { test_half_ended, "half ended", 1 },
    { test_half_made, "half made", 1 },
    { test_many_timers, "many timers", 1 },
    { test_interrupts_meanwhile, "interrupts meanwhile", EXACT },
    { test_trace, "trace", 1 | TRACED },
    { test_trace_cost, "cost of an event", EXACT | TRACED },
    { test_cross_messages, "messages between CPUs", 2 },
    { test_cross_senders, "senders on two CPUs", 2 },
    { test_shootdown, "TLB shootdown", 2 },
    { test_idle_translations, "translations of an idle CPU", 2 },
    { test_remote_end, "ending another CPU's environment", 2 },
    { test_remote_pages, "pages on two CPUs", 2 },
    { test_no_iommu, "no IOMMU", BARE },
    { test_functions, "PCI functions", DEVICE },
    { test_registers_of_device, "registers of a device", DEVICE },
    { test_device_line, "line of a device", DEVICE },
    { test_dma, "DMA", DEVICE },
    { test_dma_hostile, "hostile DMA", DEVICE },
    { test_dma_revoked, "DMA after a revocation", DEVICE },
    { test_dma_account, "DMA tables", DEVICE },
    { test_dma_interrupt, "interrupt by DMA", DEVICE },
    { test_trace_lock, "trace of the lock", 2 | TRACED },
    { test_network_lies, "lies of a device", 1 | ALSO },
    { test_network, "network", WIRE },
    { test_network_hostile, "hostile network", WIRE },
    { test_block_lies, "lies of a disk", 1 | ALSO },
    { test_block, "disk", DISK },
    { test_block_errors, "errors of a disk", DISK },
    { test_block_cost, "cost of a disk", DISK },
    { test_restart, "restart of a driver", DISK },
};

/* Start a child that has a capability for us with `back_rights`, in its third slot (0x10003). */
cap_id_t test_spawn(uint64_t cpu, uint64_t program, uint64_t what, uint64_t back_rights)
{
    const int64_t env = lib_create(cpu);
    const cap_id_t back = env > 0 ? lib_give((cap_id_t)env, EXO_SELF, back_rights) : 0;

    return back && lib_start((cap_id_t)env, program, what, back) == FB_OK ? (cap_id_t)env : 0;
}

/* Yield until the environment has ended. False: it does not end. */
bool test_ended(cap_id_t env)
{
    const uint64_t from = fp_time();

    while (fp_time() - from < PATIENCE) {
        if (exo_env_start(env, EXO_ENTRY, 0, 0, 0, 0) == FB_ESTALE)
            return true;
        exo_yield_to(0);
        __builtin_ia32_pause();
    }
    return false;
}

/* Whether the clock counts instructions: then the same calls take the same time, three times. */
bool test_clock_is_exact(void)
{
    uint64_t took[4];

    for (int i = 0; i < 4; i++) {
        const uint64_t from = fp_time();
        for (int n = 0; n < 1000; n++)
            exo_null(0);
        took[i] = fp_time() - from;
    }
    return took[1] == took[2] && took[2] == took[3];
}

/* Whether a case is one of a part of the tests: all (0), or those that need exact time (1), devices
 * (DEVICE), a device without an IOMMU (BARE), or the trace (TRACED). */
static bool is_wanted(uint32_t needs, uint64_t part)
{
    return !part            ? true
           : part == DEVICE ? needs & (DEVICE | ALSO | WIRE | DISK)
           : part == BARE   ? needs & BARE
           : part == TRACED ? needs & TRACED
                            : needs == EXACT;
}

/* Every case of a part, or only the one with that number, must give up the capabilities that it
 * took, and leave a consistent kernel. */
int64_t test(uint64_t a, uint64_t b)
{
    const struct fp_entry *const entry = ((const struct fp_run *)a)->entry;
    const uint64_t only = entry->params[0], part = entry->params[1];
    uint64_t passed = 0, failed = 0;

    (void)b;
    for (uint64_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct test t = { 0 };
        if (cases[i].cpus % DEVICE > (uint64_t)exo_info(EXO_INFO_CPUS) || (only && i + 1 != only)
            || !is_wanted(cases[i].cpus, part))
            continue;
        const char *lacks = cases[i].cpus & DEVICE && !test_has_device()  ? TEST_NEEDS
                            : cases[i].cpus & WIRE && !test_has_network() ? TEST_NEEDS_NETWORK
                            : cases[i].cpus & DISK && !test_has_disk()    ? TEST_NEEDS_DISK
                            : cases[i].cpus & BARE && !test_has_bare()    ? TEST_NEEDS_BARE
                                                                          : NULL;
        if (lacks) {
            lib_print("skip   "), lib_print(cases[i].name);
            lib_print(": needs "), lib_print(lacks), lib_print("\n");
            continue;
        }
        const int64_t caps = exo_info(EXO_INFO_CAPS);
        cases[i].run(&t);
        CHECK(&t, exo_info(EXO_INFO_CAPS) == caps);
        CHECK(&t, exo_probe(EXO_PROBE_AUDIT, 0, 0) == FB_OK);
        t.failed ? failed++ : passed++;
        lib_print(t.failed ? "FAILED " : "ok     ");
        lib_print(cases[i].name);
        lib_print("\n");
    }
    lib_print("guest: ");
    lib_number(passed);
    lib_print(" passed, ");
    lib_number(failed);
    lib_print(" failed\n");
    fp_check((struct fp_run *)a, passed && !failed, "a test failed");
    return 0;
}

/* Whether the processor can forbid sgdt and its like in ring 3. */
bool test_hides_tables(void)
{
    uint32_t a = 7, b, c = 0, d;

    __asm__ volatile("cpuid" : "+a"(a), "=b"(b), "+c"(c), "=d"(d));
    return c >> 2 & 1;
}

/* Try something that processor or kernel must forbid. Without upcalls, that ends the child. If it
 * is not forbidden, `b` hears of it. */
int64_t test_bad(uint64_t what, uint64_t b)
{
    uint8_t code[16] = { 0xc3 };

    switch (what) {
    case BAD_READ_KERNEL:
        return *(volatile int64_t *)0xffff800000100000ul;
    case BAD_WRITE_TEXT:
        *(volatile int64_t *)EXO_IMAGE = 0;
        break;
    case BAD_RUN_STACK:
        ((void (*)(void))code)();
        break;
    case BAD_NULL:
        return *(volatile int64_t *)0;
    case BAD_PRIVILEGED:
        __asm__ volatile("cli");
        break;
    case BAD_PORT:
        __asm__ volatile("outb %%al, $0xf4" : : "a"(0x10));
        break;
    case BAD_STACK:
        __asm__ volatile("xor %%esp, %%esp; push %%rax" : : : "memory");
        break;
    case BAD_SSE:
        __asm__ volatile(".byte 0x0f, 0x57, 0xc0");
        break;
    case BAD_RUN_CONSTANT:
        ((void (*)(void))(uint64_t)cases)();
        break;
    case BAD_X87:
        __asm__ volatile("fld1");
        break;
    case BAD_LOCAL_TABLE:
        __asm__ volatile("mov %0, %%fs" : : "r"(7));
        break; /* there is none */
    case BAD_SEGMENT:
        __asm__ volatile("mov %0, %%ds" : : "r"(16));
        break; /* the kernel's */
    case BAD_TABLE_REGISTER:
        __asm__ volatile("sgdt (%0)" : : "r"(code) : "memory");
        break;
    case BAD_JUMP:
        ((void (*)(void))(1ul << 63))();
        break;
    case BAD_INTERRUPT:
        __asm__ volatile("int $32");
        break;
    case BAD_BASE:
        __asm__ volatile("wrfsbase %0" : : "r"(0ul));
        break;
    case BAD_COUNTER:
        __asm__ volatile("rdpmc" : : "c"(99) : "rax", "rdx");
        break;
    case BAD_TRAP: {
        uint64_t number = SYS_null;
        __asm__ volatile("pushfq; orq $0x100, (%%rsp); popfq; syscall; nop"
                         : "+a"(number)
                         :
                         : "rcx", "r11", "rdi", "rsi", "rdx", "r8", "r9", "r10");
        break;
    }
    }
    exo_send(b, code, 8); /* it is not forbidden */
    return 0;
}

void test_count_until(volatile uint64_t *mine, const volatile uint64_t *theirs)
{
    for (const uint64_t before = *theirs; *theirs == before; ++*mine)
        __builtin_ia32_pause();
}

void test_leave_by(uint64_t way, cap_id_t peer, volatile uint64_t *shared)
{
    uint64_t word = 0;

    switch (way) {
    case BY_SEND:
        exo_send(peer, &word, 8);
        break;
    case BY_CALL:
        exo_call(peer, &word, 8, 32);
        break;
    case BY_RECEIVE:
        exo_recv(0, &word, 8);
        break;
    case BY_YIELD_TO:
        exo_yield_to(peer);
        break;
    case BY_YIELD:
        exo_yield_to(0);
        break;
    case BY_INTERRUPT:
        test_count_until(shared + 1, shared + 2);
        break;
    }
}
