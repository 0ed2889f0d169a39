/* SPDX-License-Identifier: MIT
 * Tests of opcode.h, decode.h and mix.h with the bytes of instructions: make -C plugin test. */
#include "decode.h"
#include "mix.h"

#include <stdio.h>

static const struct row {
    const char *text;
    uint8_t bytes[8];
    size_t size;
    enum kind kind;
    enum mix mix;
} rows[] = {
    { "mov %eax,(%rdi)", { 0x89, 0x07 }, 2, STORES_ONE, MIX_MOVE },
    { "mov (%rdi),%eax", { 0x8b, 0x07 }, 2, LOADS_ONE, MIX_MOVE },
    { "mov %eax,%edi", { 0x89, 0xc7 }, 2, PLAIN, MIX_MOVE },
    { "add %eax,(%rdi)", { 0x01, 0x07 }, 2, STORES_ONE, MIX_ARITHMETIC },
    { "lock add %eax,(%rdi)", { 0xf0, 0x01, 0x07 }, 3, STORES_ONE, MIX_ARITHMETIC },
    { "add (%rdi),%eax", { 0x03, 0x07 }, 2, LOADS_ONE, MIX_ARITHMETIC },
    { "cmp %eax,(%rdi)", { 0x39, 0x07 }, 2, LOADS_ONE, MIX_COMPARE },
    { "cmpl $1,(%rdi)", { 0x83, 0x3f, 0x01 }, 3, LOADS_ONE, MIX_COMPARE },
    { "addl $1,(%rdi)", { 0x83, 0x07, 0x01 }, 3, STORES_ONE, MIX_ARITHMETIC },
    { "notl (%rdi)", { 0xf7, 0x17 }, 2, STORES_ONE, MIX_LOGIC },
    { "testl $1,(%rdi)", { 0xf7, 0x07, 1, 0, 0, 0 }, 6, LOADS_ONE, MIX_COMPARE },
    { "incl (%rdi)", { 0xff, 0x07 }, 2, STORES_ONE, MIX_ARITHMETIC },
    { "xchg %eax,(%rdi)", { 0x87, 0x07 }, 2, STORES_ONE, MIX_MOVE },
    { "cmpxchg %ecx,(%rdi)", { 0x0f, 0xb1, 0x0f }, 3, STORES_ONE, MIX_ARITHMETIC },
    { "bt %eax,(%rdi)", { 0x0f, 0xa3, 0x07 }, 3, LOADS_ONE, MIX_LOGIC },
    { "btsl $1,(%rdi)", { 0x0f, 0xba, 0x2f, 0x01 }, 4, STORES_ONE, MIX_LOGIC },
    { "btl $1,(%rdi)", { 0x0f, 0xba, 0x27, 0x01 }, 4, LOADS_ONE, MIX_LOGIC },
    { "sete (%rdi)", { 0x0f, 0x94, 0x07 }, 3, STORES_ONE, MIX_MOVE },
    { "movzbl (%rdi),%eax", { 0x0f, 0xb6, 0x07 }, 3, LOADS_ONE, MIX_MOVE },
    { "movbe (%rax),%ecx", { 0x0f, 0x38, 0xf0, 0x08 }, 4, LOADS_ONE, MIX_VECTOR },
    { "pshufb %xmm1,%xmm0", { 0x66, 0x0f, 0x38, 0x00, 0xc1 }, 5, PLAIN, MIX_VECTOR },
    { "palignr $8,%xmm1,%xmm0", { 0x66, 0x0f, 0x3a, 0x0f, 0xc1, 0x08 }, 6, PLAIN, MIX_VECTOR },
    { "push %rax", { 0x50 }, 1, STORES_ONE, MIX_STACK },
    { "push (%rdi)", { 0xff, 0x37 }, 2, STORES_ONE, MIX_STACK },
    { "pop %r8", { 0x41, 0x58 }, 2, LOADS_ONE, MIX_STACK },
    { "pop (%rdi)", { 0x8f, 0x07 }, 2, STORES_ONE, MIX_STACK },
    { "push %fs", { 0x0f, 0xa0 }, 2, STORES_ONE, MIX_STACK },
    { "pop %gs", { 0x0f, 0xa9 }, 2, LOADS_ONE, MIX_STACK },
    { "leave", { 0xc9 }, 1, LOADS_ONE, MIX_STACK },
    { "enter $0,$0", { 0xc8, 0, 0, 0 }, 4, STORES_ONE, MIX_STACK },
    { "rep movsb", { 0xf3, 0xa4 }, 2, STORES_ONE, MIX_STRING },
    { "rep stosq", { 0xf3, 0x48, 0xab }, 3, STORES_ONE, MIX_STRING },
    { "lodsb", { 0xac }, 1, LOADS_ONE, MIX_STRING },
    { "outsb", { 0x6e }, 1, LOADS_ONE, MIX_STRING },
    { "lea (%rdi),%rax", { 0x48, 0x8d, 0x07 }, 3, PLAIN, MIX_ARITHMETIC },
    { "nopl (%rax)", { 0x0f, 0x1f, 0x00 }, 3, PLAIN, MIX_OTHER },
    { "endbr64", { 0xf3, 0x0f, 0x1e, 0xfa }, 4, PLAIN, MIX_OTHER },
    { "prefetchw (%rdi)", { 0x0f, 0x0d, 0x0f }, 3, PLAIN, MIX_OTHER },
    { "invlpg (%rdi)", { 0x0f, 0x01, 0x3f }, 3, PLAIN, MIX_SYSTEM },
    { "clflush (%rdi)", { 0x0f, 0xae, 0x3f }, 3, PLAIN, MIX_OTHER },
    { "clwb (%rdi)", { 0x66, 0x0f, 0xae, 0x37 }, 4, PLAIN, MIX_OTHER },
    { "xsaveopt (%rdi)", { 0x0f, 0xae, 0x37 }, 3, LOADS_ONE, MIX_OTHER },
    { "lfence", { 0x0f, 0xae, 0xe8 }, 3, PLAIN, MIX_OTHER },
    { "rdtsc", { 0x0f, 0x31 }, 2, PLAIN, MIX_SYSTEM },
    { "wrmsr", { 0x0f, 0x30 }, 2, PLAIN, MIX_SYSTEM },
    { "mov %rax,%cr3", { 0x0f, 0x22, 0xd8 }, 3, PLAIN, MIX_SYSTEM },
    { "hlt", { 0xf4 }, 1, PLAIN, MIX_SYSTEM },
    { "jne .", { 0x75, 0xfe }, 2, PLAIN, MIX_BRANCH },
    { "jne far away", { 0x0f, 0x85, 0, 1, 0, 0 }, 6, PLAIN, MIX_BRANCH },
    { "jmp .", { 0xeb, 0xfe }, 2, PLAIN, MIX_JUMP },
    { "jmp *%rax", { 0xff, 0xe0 }, 2, ANYWHERE, MIX_JUMP },
    { "jmp *(%rax)", { 0xff, 0x20 }, 2, ANYWHERE_LOADS, MIX_JUMP },
    { "call far away", { 0xe8, 0, 1, 0, 0 }, 5, STORES_ONE, MIX_CALL },
    { "call *%rax", { 0xff, 0xd0 }, 2, ANYWHERE_STORES, MIX_CALL },
    { "call *(%rax)", { 0xff, 0x10 }, 2, ANYWHERE_STORES, MIX_CALL },
    { "ret", { 0xc3 }, 1, ANYWHERE_LOADS, MIX_RETURN },
    { "lretq", { 0x48, 0xcb }, 2, ANYWHERE_LOADS, MIX_RETURN },
    { "iretq", { 0x48, 0xcf }, 2, ANYWHERE_LOADS, MIX_SYSTEM },
    { "int $0x80", { 0xcd, 0x80 }, 2, ANYWHERE, MIX_SYSTEM },
    { "syscall", { 0x0f, 0x05 }, 2, IS_SYSCALL, MIX_SYSTEM },
    { "sysretq", { 0x48, 0x0f, 0x07 }, 3, IS_SYSRET, MIX_SYSTEM },
    { "imul %eax,%edi", { 0x0f, 0xaf, 0xf8 }, 3, PLAIN, MIX_MULTIPLY },
    { "div %ecx", { 0xf7, 0xf1 }, 2, PLAIN, MIX_DIVIDE },
    { "mul %ecx", { 0xf7, 0xe1 }, 2, PLAIN, MIX_MULTIPLY },
    { "xor %eax,%eax", { 0x31, 0xc0 }, 2, PLAIN, MIX_LOGIC },
    { "sub $8,%rsp", { 0x48, 0x83, 0xec, 0x08 }, 4, PLAIN, MIX_ARITHMETIC },
    { "cmp %al,$1", { 0x3c, 0x01 }, 2, PLAIN, MIX_COMPARE },
    { "shl $2,%eax", { 0xc1, 0xe0, 0x02 }, 3, PLAIN, MIX_LOGIC },
    { "cmove %eax,%ecx", { 0x0f, 0x44, 0xc8 }, 3, PLAIN, MIX_MOVE },
    { "pxor %xmm0,%xmm0", { 0x66, 0x0f, 0xef, 0xc0 }, 4, PLAIN, MIX_VECTOR },
    { "nop", { 0x90 }, 1, PLAIN, MIX_OTHER },
    { "vmovdqu (%rdi),%ymm0", { 0xc5, 0xfe, 0x6f, 0x07 }, 4, PLAIN, MIX_VECTOR },
};

/* Targets count from the instruction. */
static const struct other {
    const char *text;
    struct decoded (*decode)(const uint8_t *b, size_t size, uint64_t at);
    uint32_t word;
    size_t size;
    struct decoded want;
} others[] = {
    { "lw", decode_riscv64, 0x0005a503, 4, { .kind = LOADS_ONE } },
    { "fld", decode_riscv64, 0x00053507, 4, { .kind = LOADS_ONE } },
    { "sd", decode_riscv64, 0x00a5b423, 4, { .kind = LOADS_ONE } },
    { "amoadd.w", decode_riscv64, 0x00b6252f, 4, { .kind = LOADS_ONE } },
    { "beq .+64",
      decode_riscv64,
      0x04b50063,
      4,
      { .kind = PLAIN, .direct = true, .target = (uint64_t)64 } },
    { "bne .-54",
      decode_riscv64,
      0xfcb510e3,
      4,
      { .kind = PLAIN, .direct = true, .target = (uint64_t)-64 } },
    { "jal .+2048",
      decode_riscv64,
      0x001000ef,
      4,
      { .kind = PLAIN, .direct = true, .target = (uint64_t)2048 } },
    { "jalr", decode_riscv64, 0x000500e7, 4, { .kind = ANYWHERE } },
    { "ecall", decode_riscv64, 0x00000073, 4, { .kind = IS_SYSCALL } },
    { "sret", decode_riscv64, 0x10200073, 4, { .kind = ANYWHERE, .effect = RETURNS } },
    { "mret", decode_riscv64, 0x30200073, 4, { .kind = ANYWHERE, .effect = RETURNS } },
    { "sfence.vma", decode_riscv64, 0x12000073, 4, { .kind = PLAIN, .flushes = true } },
    { "csrw satp", decode_riscv64, 0x18051073, 4, { .kind = PLAIN, .switches = true } },
    { "csrsi satp", decode_riscv64, 0x1800e073, 4, { .kind = PLAIN, .switches = true } },
    { "csrr satp", decode_riscv64, 0x18002573, 4, { .kind = PLAIN } },
    { "wfi", decode_riscv64, 0x10500073, 4, { .kind = PLAIN } },
    { "lui x0", decode_riscv64, 0x46501037, 4, { .kind = PLAIN, .mark = MARK_ENTRY } },
    { "lui x0, no mark", decode_riscv64, 0x46508037, 4, { .kind = PLAIN } },
    { "lui a0", decode_riscv64, 0x46501537, 4, { .kind = PLAIN } },
    { "c.lw", decode_riscv64, 0x00004188, 2, { .kind = LOADS_ONE } },
    { "c.ld", decode_riscv64, 0x00006188, 2, { .kind = LOADS_ONE } },
    { "c.sd", decode_riscv64, 0x0000e188, 2, { .kind = LOADS_ONE } },
    { "c.sdsp", decode_riscv64, 0x0000e02a, 2, { .kind = LOADS_ONE } },
    { "c.ldsp", decode_riscv64, 0x00006502, 2, { .kind = LOADS_ONE } },
    { "c.addi4spn", decode_riscv64, 0x00000028, 2, { .kind = PLAIN } },
    { "c.j .+16",
      decode_riscv64,
      0x0000a801,
      2,
      { .kind = PLAIN, .direct = true, .target = (uint64_t)16 } },
    { "c.j .-16",
      decode_riscv64,
      0x0000bfc5,
      2,
      { .kind = PLAIN, .direct = true, .target = (uint64_t)-16 } },
    { "c.beqz .+16",
      decode_riscv64,
      0x0000c901,
      2,
      { .kind = PLAIN, .direct = true, .target = (uint64_t)16 } },
    { "c.bnez .-16",
      decode_riscv64,
      0x0000f965,
      2,
      { .kind = PLAIN, .direct = true, .target = (uint64_t)-16 } },
    { "c.jr", decode_riscv64, 0x00008502, 2, { .kind = ANYWHERE } },
    { "c.jalr", decode_riscv64, 0x00009502, 2, { .kind = ANYWHERE } },
    { "c.mv", decode_riscv64, 0x0000852e, 2, { .kind = PLAIN } },
    { "c.ebreak", decode_riscv64, 0x00009002, 2, { .kind = PLAIN } },
    { "c.add", decode_riscv64, 0x0000952e, 2, { .kind = PLAIN } },
    { "c.li", decode_riscv64, 0x00004505, 2, { .kind = PLAIN } },
    { "c.addiw", decode_riscv64, 0x00002505, 2, { .kind = PLAIN } },
    { "c.jal",
      decode_riscv32,
      0x00002801,
      2,
      { .kind = PLAIN, .direct = true, .target = (uint64_t)16 } },
    { "ldr", decode_aarch64, 0xf9400020, 4, { .kind = LOADS_ONE } },
    { "str", decode_aarch64, 0xf9000420, 4, { .kind = LOADS_ONE } },
    { "ldp", decode_aarch64, 0xa8c17bfd, 4, { .kind = LOADS_ONE } },
    { "stp", decode_aarch64, 0xa9bf7bfd, 4, { .kind = LOADS_ONE } },
    { "ldxr", decode_aarch64, 0x885f7c20, 4, { .kind = LOADS_ONE } },
    { "stxr", decode_aarch64, 0x88027c20, 4, { .kind = LOADS_ONE } },
    { "ldr q0", decode_aarch64, 0x3dc00000, 4, { .kind = LOADS_ONE } },
    { "ldr literal", decode_aarch64, 0x58000100, 4, { .kind = LOADS_ONE } },
    { "ldar", decode_aarch64, 0xc8dffc20, 4, { .kind = LOADS_ONE } },
    { "prfm", decode_aarch64, 0xf9800000, 4, { .kind = PLAIN } },
    { "prfm, register", decode_aarch64, 0xf8a16800, 4, { .kind = PLAIN } },
    { "prfum", decode_aarch64, 0xf89f8000, 4, { .kind = PLAIN } },
    { "hvc", decode_aarch64, 0xd4000002, 4, { .kind = PLAIN } },
    { "mov xzr, no mark", decode_aarch64, 0xd288cb1f, 4, { .kind = PLAIN } },
    { "mov x0", decode_aarch64, 0xd288ca20, 4, { .kind = PLAIN } },
    { "mrs ttbr0_el1", decode_aarch64, 0xd5382000, 4, { .kind = PLAIN } },
    { "msr daifset", decode_aarch64, 0xd50342df, 4, { .kind = PLAIN } },
    { "add", decode_aarch64, 0x8b020020, 4, { .kind = PLAIN } },
    { "nop", decode_aarch64, 0xd503201f, 4, { .kind = PLAIN } },
    { "b .+1024",
      decode_aarch64,
      0x14000100,
      4,
      { .kind = PLAIN, .direct = true, .target = (uint64_t)1024 } },
    { "bl .-1024",
      decode_aarch64,
      0x97ffff00,
      4,
      { .kind = PLAIN, .direct = true, .target = (uint64_t)-1024 } },
    { "b.eq .+64",
      decode_aarch64,
      0x54000200,
      4,
      { .kind = PLAIN, .direct = true, .target = (uint64_t)64 } },
    { "cbz .-64",
      decode_aarch64,
      0xb4fffe00,
      4,
      { .kind = PLAIN, .direct = true, .target = (uint64_t)-64 } },
    { "tbnz .+32",
      decode_aarch64,
      0x37180100,
      4,
      { .kind = PLAIN, .direct = true, .target = (uint64_t)32 } },
    { "br", decode_aarch64, 0xd61f0000, 4, { .kind = ANYWHERE } },
    { "blr", decode_aarch64, 0xd63f0000, 4, { .kind = ANYWHERE } },
    { "ret", decode_aarch64, 0xd65f03c0, 4, { .kind = ANYWHERE } },
    { "eret", decode_aarch64, 0xd69f03e0, 4, { .kind = ANYWHERE, .effect = RETURNS } },
    { "svc", decode_aarch64, 0xd4000001, 4, { .kind = IS_SYSCALL } },
    { "mov xzr, the first mark",
      decode_aarch64,
      0xd288ca3f,
      4,
      { .kind = PLAIN, .mark = MARK_ENTRY } },
    { "mov xzr, the last mark",
      decode_aarch64,
      0xd288caff,
      4,
      { .kind = PLAIN, .mark = MARK_OWN } },
    { "msr ttbr0_el1", decode_aarch64, 0xd5182000, 4, { .kind = PLAIN, .switches = true } },
    { "msr ttbr1_el1", decode_aarch64, 0xd5182023, 4, { .kind = PLAIN, .switches = true } },
    { "tlbi", decode_aarch64, 0xd508871f, 4, { .kind = PLAIN, .flushes = true } },
};

static bool same(struct decoded a, struct decoded b)
{
    return a.kind == b.kind && a.effect == b.effect && a.direct == b.direct && a.target == b.target
           && a.switches == b.switches && a.flushes == b.flushes && a.mark == b.mark;
}

int main(void)
{
    const size_t count = sizeof rows / sizeof *rows;
    size_t failed = 0;

    for (const struct row *r = rows; r < rows + count; r++) {
        const enum kind kind = kind_of(read_opcode(r->bytes, r->size), r->size);
        if (kind != r->kind)
            failed++, printf("opcode: %s is %d, want %d\n", r->text, kind, r->kind);
        const enum mix mix = mix_of(read_opcode(r->bytes, r->size));
        if (mix != r->mix)
            failed++, printf("opcode: %s is of class %d, want %d\n", r->text, mix, r->mix);
    }
    const size_t more = sizeof others / sizeof *others;
    for (const struct other *o = others; o < others + more; o++) {
        struct decoded is = o->decode((const uint8_t *)&o->word, o->size, 0x1000);
        is.target -= is.direct ? 0x1000 : 0;
        if (!same(is, o->want))
            failed++, printf("decode: %s is kind %d, target %lld, mark %x\n", o->text, is.kind,
                             (long long)is.target, is.mark);
    }
    printf("opcode: %zu passed, %zu failed\n", count + more - failed, failed);
    return failed != 0;
}
