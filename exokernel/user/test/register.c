/* SPDX-License-Identifier: MIT
 * Registers after a crossing, by each path of arch/x86_64/message.S: the sender's number, the
 * registers that survive, and no value of the kernel. */
#include "test.h"

enum { RAX, RDI, RSI, RDX, R10, R8, R9, RCX, R11, REGISTERS };
enum { FLAG_IF = 0x200, FLAGS_MOST = 1 << 22 };
#define KEPT 0x5555000011110000ul
#define KERNEL 0xffff800000000000ul

/* Make the system call v[RAX] with these arguments; then v holds the registers. Whether all that
 * must survive did, and no register holds an address of the kernel. */
static bool cross(uint64_t v[REGISTERS])
{
    register uint64_t r10 __asm__("r10") = v[R10], r8 __asm__("r8") = v[R8];
    register uint64_t r9 __asm__("r9") = v[R9], r11 __asm__("r11");
    register uint64_t r12 __asm__("r12") = KEPT + 12, r13 __asm__("r13") = KEPT + 13;
    register uint64_t r14 __asm__("r14") = KEPT + 14, r15 __asm__("r15") = KEPT + 15;
    uint64_t rax = v[RAX], rdi = v[RDI], rsi = v[RSI], rdx = v[RDX], rbx = KEPT, rcx;

    __asm__ volatile("syscall"
                     : "+a"(rax), "+D"(rdi), "+S"(rsi), "+d"(rdx), "+b"(rbx), "=c"(rcx), "+r"(r10),
                       "+r"(r8), "+r"(r9), "=r"(r11), "+r"(r12), "+r"(r13), "+r"(r14), "+r"(r15)
                     :
                     : "memory");
    const bool kept = rbx == KEPT && r12 == KEPT + 12 && r13 == KEPT + 13 && r14 == KEPT + 14
                      && r15 == KEPT + 15;
    v[RAX] = rax, v[RDI] = rdi, v[RSI] = rsi, v[RDX] = rdx, v[R10] = r10, v[R8] = r8, v[R9] = r9;
    v[RCX] = rcx, v[R11] = r11;
    for (int i = RDI; i < REGISTERS; i++)
        if (v[i] >= KERNEL && v[i] != rax) /* a copy of the error is allowed */
            return false;
    return kept && r11 & FLAG_IF && r11 < FLAGS_MOST && rcx - EXO_IMAGE < EXO_IMAGE_END - EXO_IMAGE;
}

/* After a plain call, only the result is left. */
static bool plain(const uint64_t v[REGISTERS])
{
    return !(v[RDI] | v[RSI] | v[RDX] | v[R10] | v[R8] | v[R9]);
}

static int64_t result(uint64_t v[REGISTERS], uint64_t number, cap_id_t id, uint64_t length,
                      bool *clean)
{
    const uint64_t in[REGISTERS] = { number, id, 1, length, 2, 3, 4 };

    for (int i = 0; i < REGISTERS; i++)
        v[i] = in[i];
    *clean = cross(v);
    return (int64_t)v[RAX];
}

/* A message of four words from the environment of that number, without a capability. */
static bool from(const uint64_t v[REGISTERS], uint64_t number)
{
    return v[RDI] == number && v[RDX] == 0 && v[RSI] == 1 && v[R10] == 2 && v[R8] == 3
           && v[R9] == 4;
}

/* The other side: sends one message at once, two more in its next turn, then waits. */
int64_t test_register_child(uint64_t what, uint64_t b)
{
    volatile uint64_t *shared = (uint64_t *)SHARED;
    uint64_t v[REGISTERS];
    bool clean;

    shared[0] = (uint64_t)exo_info(EXO_INFO_NUMBER);
    for (shared[1] = 0;; shared[1]++) {
        for (int i = 0; i < 3; i++)
            shared[2] += result(v, SYS_send, b, 32, &clean) != FB_OK || !clean;
        shared[2] += result(v, SYS_recv, 0, 32, &clean) != 32 || !clean || !from(v, what);
        shared[2] += result(v, SYS_call, b, 32, &clean) != 32 || !clean || !from(v, what);
    }
}

/* Every path: to oneself, to a waiting receiver, into and out of a mailbox, and an error. */
void test_registers(struct test *t)
{
    const uint64_t me = (uint64_t)exo_info(EXO_INFO_NUMBER);
    const cap_id_t page = lib_page(SHARED, RW), env = (cap_id_t)lib_create(0);
    const cap_id_t mute = (cap_id_t)exo_derive(EXO_SELF, EXO_RIGHT_R);
    volatile uint64_t *shared = (uint64_t *)SHARED;
    uint64_t v[REGISTERS];
    bool clean;

    CHECK(t, result(v, SYS_null, 0, 0, &clean) == FB_OK && clean && plain(v));
    CHECK(t, result(v, SYS_unmap, 0, 0, &clean) == FB_ESTALE && clean && plain(v));
    CHECK(t, result(v, SYS_send, 0, 32, &clean) == FB_ESTALE && clean);
    CHECK(t, result(v, SYS_send, page, 32, &clean) == FB_EINVALID && clean);
    CHECK(t, result(v, SYS_call, mute, 32, &clean) == FB_EDENIED && clean);
    for (uint64_t messages = 1; messages <= 3; messages++) {
        for (uint64_t i = 0; i < messages; i++)
            CHECK(t, result(v, SYS_send, EXO_SELF, 32, &clean) == FB_OK && clean);
        for (uint64_t i = 0; i < messages; i++)
            CHECK(t, result(v, SYS_recv, 0, 32, &clean) == 32 && clean && from(v, me));
    }
    CHECK(t, result(v, SYS_recv_timed, 0, 32, &clean) == FB_ETIMEOUT && clean);
    lib_share(env, page, SHARED, RW);
    lib_start(env, PROGRAM_test_register_child, me, lib_give(env, EXO_SELF, EXO_RIGHT_W));
    for (uint64_t round = 0; round < 3; round++) {
        CHECK(t, result(v, SYS_recv, 0, 32, &clean) == 32 && clean && from(v, shared[0]));
        CHECK(t, result(v, SYS_yield_to, 0, 0, &clean) == FB_OK && clean);
        for (int i = 0; i < 2; i++)
            CHECK(t, result(v, SYS_recv, 0, 32, &clean) == 32 && clean && from(v, shared[0]));
        CHECK(t, result(v, SYS_call, env, 32, &clean) == 32 && clean && from(v, shared[0]));
        CHECK(t, result(v, SYS_send, env, 32, &clean) == FB_OK && clean);
        CHECK(t, shared[1] == round + 1 && shared[2] == 0);
    }
    CHECK(t, exo_env_destroy(env) == FB_OK);
    while (exo_recv_timed(0, v, 32, 0) >= 0)
        ; /* what it sent last */
    exo_cap_drop(mute);
    exo_unbind_page(page);
}

/* A message ends a wait and its deadline, which wakes nobody later. */
int64_t test_late_child(uint64_t deadline, uint64_t b)
{
    uint64_t word = 0;

    exo_send(b, &word, 8);
    while (fp_time() < deadline + A_WHILE / 10)
        __builtin_ia32_pause();
    return exo_send(b, &word, 1);
}

void test_deadline_ends(struct test *t)
{
    int64_t first = FB_ETIMEOUT;
    uint64_t word[4];

    /* Where the host is too slow for the first message: once more, with more time. */
    for (uint64_t time = A_WHILE / 3; first == FB_ETIMEOUT && time < PATIENCE; time *= 4) {
        const uint64_t deadline = fp_time() + time;
        const cap_id_t env = test_spawn(0, PROGRAM_test_late_child, deadline, EXO_RIGHT_W);
        first = exo_recv_timed(0, word, 32, deadline);
        CHECK(t, first == 8 || (first == FB_ETIMEOUT && exo_recv(0, word, 32) == 8));
        CHECK(t, exo_recv(0, word, 32) == 1);
        CHECK(t, env && test_ended(env));
    }
    CHECK(t, first == 8);
}

/* Words do not overtake a message that waits in memory, even if the mailbox has room. */
void test_order(struct test *t)
{
    const cap_id_t page = lib_page(SHARED, RW), mine = lib_page(AREA, RW);
    const cap_id_t env = (cap_id_t)lib_create(0);
    uint64_t word = 0;

    lib_share(env, page, SHARED, RW);
    lib_start(env, PROGRAM_test_child, CHILD_SEND_LARGE, lib_give(env, EXO_SELF, EXO_RIGHT_W));
    exo_yield_to(0); /* until it waits */
    CHECK(t, exo_send(EXO_SELF, &word, 8) == FB_EFULL);
    CHECK(t, exo_recv(0, (void *)AREA, FB_PAGE_SIZE) == FB_PAGE_SIZE);
    CHECK(t, exo_send(EXO_SELF, &word, 8) == FB_OK && exo_recv(0, &word, 8) == 8);
    CHECK(t, test_ended(env));
    exo_unbind_page(page);
    exo_unbind_page(mine);
}
