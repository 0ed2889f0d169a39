/* SPDX-License-Identifier: MIT
 * What the processor must forbid, on every CPU, told by its exception; flags that ring 3 takes into
 * a system call; segment selectors that it leaves behind; addresses that it may jump to. */
#include "test.h"

enum { FAULT = EXO_UPCALL_FAULT, EXCEPTION = EXO_UPCALL_EXCEPTION, NOT_FORBIDDEN = 99, ANY = 1 };
enum { FLAG_TF = 0x100, FLAG_DF = 0x400, FLAG_IOPL = 0x3000, FLAG_NT = 0x4000, FLAG_AC = 0x40000 };

/* detail: the error code; of a page fault 1 present, 2 write, 4 from ring 3, 16 instruction. */
static const struct {
    uint64_t what, cause, value, detail;
} expected[BAD_COUNT] = {
    { BAD_READ_KERNEL, FAULT, 0xffff800000100000, 5 },
    { BAD_WRITE_TEXT, FAULT, EXO_IMAGE, 7 },
    { BAD_RUN_STACK, FAULT, ANY, 21 },
    { BAD_NULL, FAULT, 0, 4 },
    { BAD_PRIVILEGED, EXCEPTION, 13, 0 },
    { BAD_PORT, EXCEPTION, 13, 0 },
    { BAD_STACK, FAULT, -8ul, 6 },
    { BAD_SSE, EXCEPTION, 6, 0 },
    { BAD_RUN_CONSTANT, FAULT, ANY, 21 },
    { BAD_X87, EXCEPTION, 7, 0 },
    { BAD_LOCAL_TABLE, EXCEPTION, 13, 4 },
    { BAD_SEGMENT, EXCEPTION, 13, 16 },
    { BAD_TABLE_REGISTER, EXCEPTION, 13, 0 },
    { BAD_JUMP, EXCEPTION, 13, 0 },
    { BAD_INTERRUPT, EXCEPTION, 13, ANY }, /* QEMU counts 16 bytes a gate */
    { BAD_BASE, EXCEPTION, 6, 0 },
    { BAD_TRAP, EXCEPTION, 1, 0 },
#ifdef FP_COUNTER
    { BAD_COUNTER, EXCEPTION, ANY, 0 }, /* rdpmc */
#else
    { BAD_COUNTER, EXCEPTION, 13, 0 },
#endif
};

static void tell(uint64_t cause, uint64_t value, uint64_t detail)
{
    volatile uint64_t *shared = (uint64_t *)SHARED;

    shared[0] = cause, shared[1] = value, shared[2] = detail;
    exo_exit(0);
}

int64_t test_exception(uint64_t what, uint64_t b)
{
    lib_page(STACK, RW);
    lib_upcall(STACK, tell);
    test_bad(what, b);
    *(volatile uint64_t *)SHARED = NOT_FORBIDDEN;
    return 0;
}

void test_exceptions(struct test *t)
{
    volatile uint64_t *shared = (uint64_t *)SHARED;
    const cap_id_t page = lib_page(SHARED, RW);

    for (uint64_t cpu = 0; cpu < (uint64_t)exo_info(EXO_INFO_CPUS); cpu++) {
        for (uint64_t i = 0; i < BAD_COUNT; i++) {
            if (i == BAD_TABLE_REGISTER && !test_hides_tables()) {
                lib_print("  skipped: this processor cannot hide its tables\n");
                continue;
            }
            const cap_id_t env = (cap_id_t)lib_create(cpu);
            shared[0] = shared[1] = shared[2] = 0;
            lib_share(env, page, SHARED, RW);
            lib_start(env, PROGRAM_test_exception, expected[i].what, 0);
            CHECK(t, test_ended(env) && expected[i].what == i);
            const bool same = shared[0] == expected[i].cause
                              && (expected[i].value == ANY || shared[1] == expected[i].value)
                              && (expected[i].detail == ANY || shared[2] == expected[i].detail);
            CHECK(t, same);
            if (!same) {
                for (int k = 0; k < 3; k++)
                    lib_print("  "), lib_number(shared[k]);
                lib_print(" of "), lib_number(i), lib_print("\n");
            }
        }
    }
    exo_unbind_page(page);
}

/* Make a system call with these flags set. Its result, and the flags after it. */
static int64_t call_with(uint64_t flags, uint64_t number, uint64_t a, uint64_t b, uint64_t c,
                         uint64_t d, uint64_t *after)
{
    register uint64_t r10 __asm__("r10") = d;
    register uint64_t set __asm__("r12") = flags;
    int64_t result;

    __asm__ volatile("pushfq; popq %%rbx; orq %%rbx, %%r12; pushq %%r12; popfq; syscall\n"
                     "pushfq; popq %%r12; pushq %%rbx; popfq"
                     : "=a"(result), "+r"(set), "+D"(a), "+S"(b), "+d"(c), "+r"(r10)
                     : "a"(number)
                     : "rcx", "r11", "r8", "r9", "rbx", "memory");
    *after = set;
    return result;
}

/* Flags of ring 3 do not harm the kernel, and are not lost. With DF set copies would go down (QEMU
 * clears DF whatever the mask says); with NT set iretq would switch tasks. */
void test_flags(struct test *t)
{
    const uint64_t flags = FLAG_DF | FLAG_NT | FLAG_AC;
    volatile uint64_t *shared = (uint64_t *)SHARED;
    const cap_id_t page = lib_page(SHARED, RW), env = (cap_id_t)lib_create(0);
    cap_id_t id[2] = { page, page };
    uint64_t after = 0;

    CHECK(t, call_with(flags | FLAG_IOPL, SYS_null, 0, 0, 0, 0, &after) == FB_OK);
    CHECK(t, (after & (flags | FLAG_IOPL)) == flags);
    CHECK(t, call_with(flags, SYS_grant, EXO_SELF, (uint64_t)id, 2, RW, &after) == FB_OK);
    CHECK(t, (after & flags) == flags && id[0] != page && id[1] != page && id[0] != id[1]);
    CHECK(t, exo_cap_drop(id[0]) == FB_OK && exo_cap_drop(id[1]) == FB_OK);
    lib_share(env, page, SHARED, RW);
    exo_probe(EXO_PROBE_SLICE, 100000, 0);
    lib_start(env, PROGRAM_test_child, CHILD_COUNT, 0);
    for (int i = 0; i < 5; i++) { /* to one that an interrupt stopped, until it has had some time */
        const uint64_t before = shared[0], from = fp_time();
        while (shared[0] == before && fp_time() - from < PATIENCE) {
            CHECK(t, call_with(flags, SYS_yield_to, env, 0, 0, 0, &after) == FB_OK);
            CHECK(t, (after & flags) == flags);
        }
        CHECK(t, shared[0] != before);
    }
    exo_probe(EXO_PROBE_SLICE, 0, 0);
    CHECK(t, exo_env_destroy(env) == FB_OK);
    exo_unbind_page(page);
}

/* ds, es, fs and gs, 16 bits each. */
static uint64_t selectors(void)
{
    uint64_t ds, es, fs, gs;

    __asm__ volatile("mov %%ds, %0; mov %%es, %1; mov %%fs, %2; mov %%gs, %3"
                     : "=r"(ds), "=r"(es), "=r"(fs), "=r"(gs));
    return ds | es << 16 | fs << 32 | gs << 48;
}

/* Load each with a selector that is not null: of data, of code, or null with other low bits. */
static void select(void)
{
    __asm__ volatile("mov %0, %%ds; mov %1, %%es; mov %2, %%fs; mov %0, %%gs"
                     :
                     : "r"(0x1b), "r"(0x23), "r"(3));
}

/* One more way from one environment to another. */
enum { BY_END = BY_WAYS };

/* Leave selectors behind by the way `what`. shared[0] collects what it found of others. */
int64_t test_segment_child(uint64_t what, uint64_t b)
{
    volatile uint64_t *shared = (uint64_t *)SHARED;

    for (;; shared[3]++) {
        shared[0] |= selectors();
        select();
        if (what == BY_END)
            return 0;
        test_leave_by(what, b, shared);
    }
}

/* No environment finds another's selectors, by whichever way it comes to run. */
void test_segments(struct test *t)
{
    volatile uint64_t *shared = (uint64_t *)SHARED;
    const cap_id_t page = lib_page(SHARED, RW);
    uint64_t word = 0;

    for (uint64_t way = 0; way <= BY_END; way++) {
        const cap_id_t env = (cap_id_t)lib_create(0);
        uint64_t found = 0;
        lib_share(env, page, SHARED, RW);
        const cap_id_t back = lib_give(env, EXO_SELF, EXO_RIGHT_W | EXO_RIGHT_X);
        exo_probe(EXO_PROBE_SLICE, way == BY_INTERRUPT ? 100000 : 0, 0);
        shared[0] = shared[3] = 0;
        select();
        lib_start(env, PROGRAM_test_segment_child, way, back);
        for (int round = 0; round < 4; round++) {
            select();
            switch (way) {
            case BY_SEND:
                exo_recv(0, &word, 8);
                break;
            case BY_CALL:
                round ? exo_call(env, &word, 8, 32) : exo_recv(0, &word, 8);
                break;
            case BY_RECEIVE:
                round ? exo_send(env, &word, 8) : exo_yield_to(0);
                break;
            case BY_YIELD_TO:
                exo_yield_to(env);
                break;
            case BY_INTERRUPT:
                test_count_until(shared + 2, shared + 1);
                break;
            default:
                exo_yield_to(0);
            }
            found |= selectors();
            if (way == BY_END)
                break;
        }
        exo_probe(EXO_PROBE_SLICE, 0, 0);
        CHECK(t, found == 0 && shared[0] == 0 && (shared[3] >= 2 || way == BY_END));
        CHECK(t, way == BY_END ? test_ended(env) : exo_env_destroy(env) == FB_OK);
        while (exo_recv_timed(0, &word, 8, 0) >= 0)
            ; /* what it sent last */
    }
    exo_unbind_page(page);
}

enum { JUMPS = 4000 };
#define LAST_PAGE (EXO_USER_END - FB_PAGE_SIZE)

/* Jump to `target`, where it faults. The cause and value of the upcall. */
static void jump(uint64_t target, uint64_t *cause, uint64_t *value)
{
    uint64_t number = SYS_set_upcall, entry = STACK, size = 2048;

    __asm__ volatile("lea 1f(%%rip), %%rdi; syscall; mov %%rsp, %%rbx\n"
                     "jmp *%[target]\n"
                     "1: mov (%%rsp), %[cause]; mov 8(%%rsp), %[value]; mov %%rbx, %%rsp"
                     : "+a"(number), "+S"(entry),
                       "+d"(size), [cause] "=&r"(*cause), [value] "=&r"(*value)
                     : [target] "r"(target)
                     : "rbx", "rcx", "rdi", "r8", "r9", "r10", "r11", "memory");
}

/* The kernel never returns to a non-canonical address, where sysret and iretq would fault in ring
 * 0. No environment can begin there, a jump there faults in ring 3, and user space ends so early
 * that a system call in its last bytes returns to a canonical address. */
void test_jumps(struct test *t)
{
    const uint64_t bad[] = { EXO_USER_END,       0x7fffffffffff,     1ul << 47, 1ul << 63,
                             0xffff7fffffffffff, 0xffff800000000000, -2ul,      -1ul };
    const cap_id_t page = lib_page(AREA, RW), stack = lib_page(STACK, RW);
    const cap_id_t code = (cap_id_t)exo_derive(page, EXO_RIGHT_R | EXO_RIGHT_X);
    const cap_id_t env = (cap_id_t)lib_create(0);
    uint64_t cause, value;

    for (uint64_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        CHECK(t, exo_env_start(env, bad[i], STACK, 0, 0, 0) == FB_EADDRESS);
        CHECK(t, exo_set_upcall((const void *)bad[i], STACK, 2048) == FB_EADDRESS);
    }
    CHECK(t, exo_map(0, code, LAST_PAGE, EXO_RIGHT_R | EXO_RIGHT_X) == FB_OK);
    *(volatile uint16_t *)(AREA + FB_PAGE_SIZE - 2) = 0x050f; /* syscall, as the last instruction */
    jump(EXO_USER_END - 2, &cause, &value);
    CHECK(t, cause == FAULT && value == EXO_USER_END);
    jump(1ul << 63, &cause, &value);
    CHECK(t, cause == EXCEPTION && value == 13);
    const cap_id_t spin = test_spawn(0, PROGRAM_test_child, CHILD_SPIN, 0);
    exo_probe(EXO_PROBE_SLICE, 20000, 0);
    for (int i = 0; i < JUMPS; i++) { /* an interrupt may come between the jump and its fault */
        jump(bad[i % 8], &cause, &value);
        CHECK(t, cause == EXCEPTION || (cause == FAULT && value == bad[i % 8]));
    }
    exo_probe(EXO_PROBE_SLICE, 0, 0);
    exo_set_upcall(NULL, 0, 0);
    CHECK(t, exo_env_destroy(env) == FB_OK && exo_env_destroy(spin) == FB_OK);
    exo_unbind_page(page);
    exo_unbind_page(stack);
}
