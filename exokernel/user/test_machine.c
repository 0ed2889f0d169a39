/* SPDX-License-Identifier: MIT
 * What the processor itself must forbid, by the exception that it raises, on every CPU; and the flags
 * that ring 3 takes into a system call. */
#include "test.h"

enum { FAULT = EXO_UPCALL_FAULT, EXCEPTION = EXO_UPCALL_EXCEPTION, ANY = 1 };
enum { FLAG_TF = 0x100, FLAG_DF = 0x400, FLAG_IOPL = 0x3000, FLAG_NT = 0x4000, FLAG_AC = 0x40000 };

/* detail: the error code. Of a page fault: 1 present, 2 write, 4 from ring 3, 16 instruction. */
static const struct { uint64_t what, cause, value, detail; } expected[BAD_COUNT] = {
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
    { BAD_INTERRUPT, EXCEPTION, 13, ANY },
    { BAD_BASE, EXCEPTION, 6, 0 },
    { BAD_TRAP, EXCEPTION, 1, 0 },
#ifdef FP_COUNTER
    { BAD_COUNTER, EXCEPTION, ANY, 0 }, /* it reads one; of those that are not there, no */
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
    return test_bad(what, b);
}

void test_exceptions(struct test *t)
{
    volatile uint64_t *shared = (uint64_t *)SHARED;
    const cap_id_t page = lib_page(SHARED, RW);

    for (uint64_t cpu = 0; cpu < (uint64_t)exo_info(EXO_INFO_CPUS); cpu++) {
        for (uint64_t i = 0; i < BAD_COUNT; i++) {
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

/* A system call with these flags set: its result, and the flags after it. */
static int64_t call_with(uint64_t flags, uint64_t number, uint64_t a, uint64_t b, uint64_t c,
                         uint64_t d, uint64_t *after)
{
    register uint64_t r10 __asm__("r10") = d;
    register uint64_t set __asm__("r12") = flags;
    int64_t result;

    __asm__ volatile("pushfq; popq %%rbx; orq %%rbx, %%r12; pushq %%r12; popfq; syscall\n"
                     "pushfq; popq %%r12; pushq %%rbx; popfq"
                     : "=a"(result), "+r"(set), "+D"(a), "+S"(b), "+d"(c), "+r"(r10)
                     : "a"(number) : "rcx", "r11", "r8", "r9", "rbx", "memory");
    *after = set;
    return result;
}

/* They neither harm the kernel, nor are they lost: copies go upwards (QEMU clears DF whatever the mask
 * says), and iretq would take NT for a task. */
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
