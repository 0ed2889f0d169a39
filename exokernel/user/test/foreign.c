/* SPDX-License-Identifier: MIT
 * Foreign environments: their program's calls reach the LibOS with all registers, the LibOS's own
 * calls the kernel; FS base and the registers of x87 and SSE stay each environment's own. */
#include "test.h"

/* Fixed, so that code without a free register can name them. */
#define OUTSIDE 0x16000000ul /* where the kernel shows its page */
#define FAR 0x300000000000ul /* three page tables are missing there: it goes in steps */
#define DUMP 0x17000000ul    /* the registers that the LibOS found */
enum { RAX, RBX, RCX, RDX, RSI, RDI, RBP, RSP, R8, R9, R10, R11, R12, R13, R14, R15, REGISTERS };
enum { PROGRAM_CALL = 0x1000 };

/* The LibOS. Numbers from PROGRAM_CALL on are its program's: it notes the registers, and returns.
 * The others come from the library; it makes them its own calls. */
void foreign_entry(void);
__asm__(".globl foreign_entry\n"
        "foreign_entry:\n"
        "bt $63, %rax; jc 1f\n"
        "cmp $0x1000, %rax; jb 2f\n"
        "1: mov %rax, 0x17000000; mov %rbx, 0x17000008; mov %rcx, 0x17000010\n"
        "mov %rdx, 0x17000018; mov %rsi, 0x17000020; mov %rdi, 0x17000028; mov %rbp, 0x17000030\n"
        "mov %rsp, 0x17000038; mov %r8, 0x17000040; mov %r9, 0x17000048; mov %r10, 0x17000050\n"
        "mov %r11, 0x17000058; mov %r12, 0x17000060; mov %r13, 0x17000068; mov %r14, 0x17000070\n"
        "mov %r15, 0x17000078\n"
        "jmp *0x16000000\n"
        "2: incq 0x11000040; bts $16, %rax; syscall; jmp *0x16000000\n");
#define ENTERED (((volatile uint64_t *)SHARED)[8])

/* A program's call with a value of its own in each register. Then v holds the registers. */
static void cross(uint64_t v[REGISTERS], uint64_t *back)
{
    /* clang-format off */
    __asm__ volatile(
        "push %%rbx; push %%rbp; push %%r12; push %%r13; push %%r14; push %%r15; push %1; push %0\n"
        "mov %0, %%rax\n"
        "mov 8(%%rax), %%rbx; mov 24(%%rax), %%rdx; mov 32(%%rax), %%rsi; mov 40(%%rax), %%rdi\n"
        "mov 48(%%rax), %%rbp; mov 64(%%rax), %%r8; mov 72(%%rax), %%r9; mov 80(%%rax), %%r10\n"
        "mov 96(%%rax), %%r12; mov 104(%%rax), %%r13; mov 112(%%rax), %%r14\n"
        "mov 120(%%rax), %%r15\n"
        "mov (%%rax), %%rax\n"
        "syscall\n"
        "1: xchg %%rax, (%%rsp)\n"
        "mov %%rbx, 8(%%rax); mov %%rcx, 16(%%rax); mov %%rdx, 24(%%rax); mov %%rsi, 32(%%rax)\n"
        "mov %%rdi, 40(%%rax); mov %%rbp, 48(%%rax); mov %%rsp, 56(%%rax); mov %%r8, 64(%%rax)\n"
        "mov %%r9, 72(%%rax); mov %%r10, 80(%%rax); mov %%r11, 88(%%rax); mov %%r12, 96(%%rax)\n"
        "mov %%r13, 104(%%rax); mov %%r14, 112(%%rax); mov %%r15, 120(%%rax)\n"
        "pop %%rcx; mov %%rcx, (%%rax); pop %%rcx; lea 1b(%%rip), %%rax; mov %%rax, (%%rcx)\n"
        "pop %%r15; pop %%r14; pop %%r13; pop %%r12; pop %%rbp; pop %%rbx"
        : "+D"(v), "+S"(back)
        :
        : "rax", "rcx", "rdx", "r8", "r9", "r10", "r11", "memory");
    /* clang-format on */
}

/* A call of the LibOS itself. */
static int64_t own(uint64_t number, uint64_t a, uint64_t b, uint64_t c, uint64_t d)
{
    register uint64_t r10 __asm__("r10") = d;
    int64_t result;

    __asm__ volatile("syscall"
                     : "=a"(result), "+D"(a), "+S"(b), "+d"(c), "+r"(r10)
                     : "a"(number | EXO_OWN)
                     : "rcx", "r8", "r9", "r11", "memory");
    return result;
}

/* Make a child foreign and share the page with it. */
cap_id_t test_foreign(uint64_t cpu, cap_id_t page)
{
    const cap_id_t env = (cap_id_t)lib_create(cpu);

    return lib_share(env, page, SHARED, RW) || exo_foreign(env, foreign_entry, OUTSIDE) ? 0 : env;
}

static void count_event(uint64_t cause, uint64_t value, uint64_t detail)
{
    (void)value, (void)detail;
    ((volatile uint64_t *)SHARED)[5] += cause == EXO_UPCALL_EVENT;
}

/* Own calls that an upcall interrupts are made again as own calls. How many were wrong. */
static uint64_t interrupted(void)
{
    const uint64_t timer = EXO_LINE_TIMER + (uint64_t)exo_info(EXO_INFO_CPU);
    const cap_id_t line = (cap_id_t)exo_irq_alloc(timer, EXO_RIGHTS_ALL);
    const cap_id_t soft = (cap_id_t)exo_irq_alloc(EXO_LINE_SOFT, EXO_RIGHTS_ALL);
    volatile uint64_t *events = (uint64_t *)SHARED + 5;
    uint64_t wrong = 0;

    lib_page(STACK, RW);
    lib_upcall(STACK, count_event);
    exo_irq_upcall(line, 1);
    for (int waits = 0; waits < 2; waits++) {
        *events = 0;
        int64_t result = FB_ETIMEOUT; /* until the event came while it waited */
        for (uint64_t time = 1000000; !*events && result == FB_ETIMEOUT; time *= 2) {
            exo_timer_set(line, fp_time() + time);
            const uint64_t before = ENTERED, until = fp_time() + 2 * time;
            result = waits ? own(SYS_irq_wait, soft, until, 0, 0)
                           : own(SYS_recv_timed, 0, 0, 0, until);
            wrong += ENTERED != before;
        }
        wrong += result != FB_ETIMEOUT || *events != 1;
    }
    exo_cap_drop(line);
    exo_cap_drop(soft);
    return wrong;
}

/* Values of rax that are a program's call: not below PROGRAM_CALL, and without EXO_OWN. */
static const uint64_t numbers[] = { PROGRAM_CALL, PROGRAM_CALL + 39, 0xfffe,        0x20000,
                                    1ul << 32,    (1ul << 63) | 39,  -1ul ^ EXO_OWN };

/* Calls of program and LibOS. shared[0] counts what is wrong, shared[3] calls. */
int64_t test_foreign_caller(uint64_t what, uint64_t b)
{
    volatile uint64_t *shared = (uint64_t *)SHARED;
    const uint64_t *dump = (uint64_t *)DUMP;
    uint64_t v[REGISTERS], back, word = what;

    shared[0] += lib_page(DUMP, RW) == 0;
    for (uint64_t n = 0; n < sizeof numbers / sizeof *numbers; n++, shared[3]++) {
        for (uint64_t i = 0; i < REGISTERS; i++)
            v[i] = 0x0123456789abcdeful * (i + 2) + n;
        v[RAX] = numbers[n];
        cross(v, &back);
        for (uint64_t i = 0; i < REGISTERS; i++) /* the LibOS has what the program had and has */
            shared[0] += i != RCX && dump[i] != v[i];
        shared[0] += v[RAX] != numbers[n] || v[RDI] != 0x0123456789abcdeful * (RDI + 2) + n;
        shared[0] += dump[RCX] != (uint64_t)foreign_entry || *(uint64_t *)OUTSIDE != back;
        shared[0] += (v[R11] & 0x200) == 0;
    }
    shared[0] += own(SYS_null, 0, 0, 0, 0) != FB_OK;
    shared[0] += own(SYS_unmap, 0, 0, 0, 0) != FB_ESTALE;
    shared[0] += own(FB_SYSCALL_LIMIT, 0, 0, 0, 0) != FB_ESYSCALL
                 || own(-1ul, 0, 0, 0, 0) != FB_ESYSCALL;
    shared[0] += own(1ul << 63, 0, 0, 0, 0) != FB_ESYSCALL || own(3, 0, 0, 0, 0) != FB_ESYSCALL;
    shared[0] += own(SYS_yield_to, 0, 0, 0, 0) != FB_OK
                 || own(SYS_yield_to, 5, 0, 0, 0) != FB_ESTALE;
    shared[0] += own(SYS_foreign, 0, (uint64_t)foreign_entry, 0, 0) != FB_EEXISTS;
    shared[0] += exo_recv_timed(0, &word, 8, fp_time() + 1000) != FB_ETIMEOUT;
    shared[0] += exo_fs_base(EXO_USER_END) != FB_EADDRESS || exo_fs_base(-1ul) != FB_EADDRESS;
    shared[0] += exo_fs_base(1ul << 47) != FB_EADDRESS;
    shared[0] += exo_fs_base(EXO_USER_END - 1) != FB_OK || exo_fs_base(0) != FB_OK;
    shared[0] += interrupted();
    const uint64_t entered = ENTERED; /* own calls that go in steps stay own calls */
    const int64_t env = own(SYS_env_alloc, 0, 4096, 0, 0);
    shared[0] += env < 0 || own(SYS_env_destroy, (uint64_t)env, 0, 0, 0) != FB_OK;
    shared[0] += ENTERED != entered;
    shared[0] += exo_send(b, &word, 8) != FB_OK || exo_recv(0, &word, 8) != 8 || word != what + 1;
    shared[3]++;
    return 0; /* exo_exit, through the LibOS */
}

void test_foreign_calls(struct test *t)
{
    volatile uint64_t *shared = (uint64_t *)SHARED;
    const cap_id_t page = lib_page(SHARED, RW);
    uint64_t word = 0;

    for (uint64_t cpu = 0; cpu < (uint64_t)exo_info(EXO_INFO_CPUS); cpu++) {
        const cap_id_t env = test_foreign(cpu, page);
        const cap_id_t back = lib_give(env, EXO_SELF, EXO_RIGHT_W);
        shared[0] = shared[3] = 0;
        CHECK(t, lib_start(env, PROGRAM_test_foreign_caller, 7 + cpu, back) == FB_OK);
        CHECK(t, exo_recv_timed(0, &word, 8, fp_time() + PATIENCE) == 8 && word == 7 + cpu);
        word++;
        CHECK(t, exo_send(env, &word, 8) == FB_OK && test_ended(env));
        CHECK(t, shared[0] == 0 && shared[3] == 1 + sizeof numbers / sizeof *numbers);
    }
    CHECK(t, own(SYS_null, 0, 0, 0, 0) == FB_ESYSCALL); /* no call of natives */
    exo_unbind_page(page);
}

void test_foreign_misuse(struct test *t)
{
    const uint64_t bad[] = { 0,
                             1,
                             AREA + 1,
                             EXO_IMAGE,
                             EXO_IMAGE_END - FB_PAGE_SIZE,
                             EXO_USER_END,
                             1ul << 47,
                             0xffff800000000000,
                             -4096ul };
    const cap_id_t env = (cap_id_t)lib_create(0), page = lib_page(AREA, RW);
    const cap_id_t weak = (cap_id_t)exo_derive(env, EXO_RIGHTS_ALL & ~EXO_RIGHT_CTL);
    const int64_t free = exo_info(EXO_INFO_FREE);

    for (uint64_t i = 0; i < sizeof bad / sizeof *bad; i++)
        CHECK(t, exo_foreign(env, foreign_entry, bad[i]) == FB_EADDRESS);
    CHECK(t, exo_foreign(env, (void *)EXO_USER_END, OUTSIDE) == FB_EADDRESS);
    CHECK(t, exo_foreign(env, (void *)-1ul, OUTSIDE) == FB_EADDRESS);
    CHECK(t, exo_foreign(0, foreign_entry, AREA) == FB_EEXISTS); /* a page of ours */
    CHECK(t, exo_foreign(weak, foreign_entry, OUTSIDE) == FB_EDENIED);
    CHECK(t, exo_foreign(page, foreign_entry, OUTSIDE) == FB_EINVALID);
    for (int bit = 16; bit < 64; bit++)
        CHECK(t, exo_foreign(env ^ 1ul << bit, foreign_entry, OUTSIDE) == FB_ESTALE);
    CHECK(t, exo_fs_base(0) == FB_EUNSUPPORTED && exo_info(EXO_INFO_FREE) >= free - 3);
    CHECK(t, exo_foreign(env, foreign_entry, OUTSIDE) == FB_OK);
    CHECK(t, exo_foreign(env, foreign_entry, OUTSIDE) == FB_EEXISTS);
    CHECK(t, exo_foreign(env, foreign_entry, OUTSIDE + FB_PAGE_SIZE) == FB_EEXISTS);
    const cap_id_t theirs = lib_give(env, page, RW);
    CHECK(t, exo_map(env, theirs, OUTSIDE, RW) == FB_EEXISTS);
    CHECK(t, exo_env_destroy(env) == FB_OK);
    const int64_t before = exo_info(EXO_INFO_FREE);
    for (int i = 0; i < 10; i++) { /* its page comes back */
        const cap_id_t again = (cap_id_t)lib_create(0);
        CHECK(t, exo_foreign(again, foreign_entry, FAR) == FB_OK);
        CHECK(t, exo_env_destroy(again) == FB_OK);
    }
    CHECK(t, exo_info(EXO_INFO_FREE) == before);
    const cap_id_t busy = test_spawn(0, PROGRAM_test_child, CHILD_SPIN, 0);
    CHECK(t, exo_foreign(busy, foreign_entry, OUTSIDE) == FB_EBUSY);
    CHECK(t, exo_env_destroy(busy) == FB_OK);
    exo_unbind_page(page);
}

/* What a foreign environment must not do either. (The emulator never reports errors of SSE.) */
enum { WRITE_OUTSIDE, AVX, X87_ERROR, SAVE_MORE, PRIVILEGED, NO_HANDLER, WRONGS };

static const struct {
    uint64_t cause, value;
} told[] = { { EXO_UPCALL_FAULT, OUTSIDE },
             { EXO_UPCALL_EXCEPTION, 6 },
             { EXO_UPCALL_EXCEPTION, 16 },
             { EXO_UPCALL_EXCEPTION, 6 },
             { EXO_UPCALL_EXCEPTION, 13 } };

static void tell(uint64_t cause, uint64_t value, uint64_t detail)
{
    volatile uint64_t *shared = (uint64_t *)SHARED;

    shared[0] = cause, shared[1] = value, shared[2] = detail;
    exo_exit(0);
}

int64_t test_foreign_wrong(uint64_t what, uint64_t b)
{
    uint32_t a = 1, c = 0;
    const uint16_t control = 0x37f & ~4u; /* division by zero is an error */

    (void)b;
    lib_page(STACK, RW);
    if (what != NO_HANDLER)
        lib_upcall(STACK, tell);
    switch (what) {
    case WRITE_OUTSIDE:
        *(volatile uint64_t *)OUTSIDE = 0;
        break;
    case AVX:
        __asm__ volatile("cpuid" : "+a"(a), "+c"(c) : : "rbx", "rdx");
        if (c >> 27 & 1) /* the kernel has not turned XSAVE on */
            return 0;
        __asm__ volatile(".byte 0xc5, 0xf8, 0x57, 0xc0"); /* vxorps */
        break;
    case X87_ERROR:
        __asm__ volatile("fninit; fldcw %0; fld1; fldz; fdivrp; fwait" : : "m"(control));
        break;
    case SAVE_MORE:
        __asm__ volatile("xor %%ecx, %%ecx; xgetbv" : : : "rax", "rcx", "rdx");
        break;
    case PRIVILEGED:
        __asm__ volatile("clts");
        break;
    case NO_HANDLER:
        *(volatile uint64_t *)0 = 0;
        break;
    }
    return 0;
}

void test_foreign_wrongs(struct test *t)
{
    volatile uint64_t *shared = (uint64_t *)SHARED;
    const cap_id_t page = lib_page(SHARED, RW);

    for (uint64_t cpu = 0; cpu < (uint64_t)exo_info(EXO_INFO_CPUS); cpu++) {
        for (uint64_t what = 0; what < WRONGS; what++) {
            const cap_id_t env = test_foreign(cpu, page);
            shared[0] = shared[1] = 0;
            CHECK(t, lib_start(env, PROGRAM_test_foreign_wrong, what, 0) == FB_OK);
            CHECK(t, test_ended(env));
            CHECK(t, what == NO_HANDLER
                         || (shared[0] == told[what].cause && shared[1] == told[what].value));
            CHECK(t, exo_probe(EXO_PROBE_AUDIT, 0, 0) == FB_OK);
        }
        const cap_id_t env = test_foreign(cpu, page); /* ended from outside, where it runs */
        shared[3] = 0;
        CHECK(t, lib_start(env, PROGRAM_test_foreign_keeper, BY_YIELD, 0) == FB_OK);
        for (const uint64_t from = fp_time(); shared[3] < 3 && fp_time() - from < PATIENCE;)
            exo_yield_to(0);
        CHECK(t, shared[3] >= 3 && exo_env_destroy(env) == FB_OK && test_ended(env));
    }
    exo_unbind_page(page);
}
