/* SPDX-License-Identifier: MIT
 * Tests of opcode.h with the bytes of instructions: make -C plugin test. */
#include "opcode.h"

#include <stdio.h>

static const struct row {
    const char *text;
    uint8_t bytes[8];
    size_t size;
    enum kind kind;
} rows[] = {
    { "mov %eax,(%rdi)", { 0x89, 0x07 }, 2, STORES_ONE },
    { "mov (%rdi),%eax", { 0x8b, 0x07 }, 2, LOADS_ONE },
    { "mov %eax,%edi", { 0x89, 0xc7 }, 2, PLAIN },
    { "add %eax,(%rdi)", { 0x01, 0x07 }, 2, STORES_ONE },
    { "lock add %eax,(%rdi)", { 0xf0, 0x01, 0x07 }, 3, STORES_ONE },
    { "add (%rdi),%eax", { 0x03, 0x07 }, 2, LOADS_ONE },
    { "cmp %eax,(%rdi)", { 0x39, 0x07 }, 2, LOADS_ONE },
    { "cmpl $1,(%rdi)", { 0x83, 0x3f, 0x01 }, 3, LOADS_ONE },
    { "addl $1,(%rdi)", { 0x83, 0x07, 0x01 }, 3, STORES_ONE },
    { "notl (%rdi)", { 0xf7, 0x17 }, 2, STORES_ONE },
    { "testl $1,(%rdi)", { 0xf7, 0x07, 1, 0, 0, 0 }, 6, LOADS_ONE },
    { "incl (%rdi)", { 0xff, 0x07 }, 2, STORES_ONE },
    { "xchg %eax,(%rdi)", { 0x87, 0x07 }, 2, STORES_ONE },
    { "cmpxchg %ecx,(%rdi)", { 0x0f, 0xb1, 0x0f }, 3, STORES_ONE },
    { "bt %eax,(%rdi)", { 0x0f, 0xa3, 0x07 }, 3, LOADS_ONE },
    { "btsl $1,(%rdi)", { 0x0f, 0xba, 0x2f, 0x01 }, 4, STORES_ONE },
    { "btl $1,(%rdi)", { 0x0f, 0xba, 0x27, 0x01 }, 4, LOADS_ONE },
    { "sete (%rdi)", { 0x0f, 0x94, 0x07 }, 3, STORES_ONE },
    { "movzbl (%rdi),%eax", { 0x0f, 0xb6, 0x07 }, 3, LOADS_ONE },
    { "movbe (%rax),%ecx", { 0x0f, 0x38, 0xf0, 0x08 }, 4, LOADS_ONE },
    { "pshufb %xmm1,%xmm0", { 0x66, 0x0f, 0x38, 0x00, 0xc1 }, 5, PLAIN },
    { "palignr $8,%xmm1,%xmm0", { 0x66, 0x0f, 0x3a, 0x0f, 0xc1, 0x08 }, 6, PLAIN },
    { "push %rax", { 0x50 }, 1, STORES_ONE },
    { "push (%rdi)", { 0xff, 0x37 }, 2, STORES_ONE },
    { "pop %r8", { 0x41, 0x58 }, 2, LOADS_ONE },
    { "pop (%rdi)", { 0x8f, 0x07 }, 2, STORES_ONE },
    { "push %fs", { 0x0f, 0xa0 }, 2, STORES_ONE },
    { "pop %gs", { 0x0f, 0xa9 }, 2, LOADS_ONE },
    { "leave", { 0xc9 }, 1, LOADS_ONE },
    { "enter $0,$0", { 0xc8, 0, 0, 0 }, 4, STORES_ONE },
    { "rep movsb", { 0xf3, 0xa4 }, 2, STORES_ONE },
    { "rep stosq", { 0xf3, 0x48, 0xab }, 3, STORES_ONE },
    { "lodsb", { 0xac }, 1, LOADS_ONE },
    { "outsb", { 0x6e }, 1, LOADS_ONE },
    { "lea (%rdi),%rax", { 0x48, 0x8d, 0x07 }, 3, PLAIN },
    { "nopl (%rax)", { 0x0f, 0x1f, 0x00 }, 3, PLAIN },
    { "endbr64", { 0xf3, 0x0f, 0x1e, 0xfa }, 4, PLAIN },
    { "prefetchw (%rdi)", { 0x0f, 0x0d, 0x0f }, 3, PLAIN },
    { "invlpg (%rdi)", { 0x0f, 0x01, 0x3f }, 3, PLAIN },
    { "clflush (%rdi)", { 0x0f, 0xae, 0x3f }, 3, PLAIN },
    { "clwb (%rdi)", { 0x66, 0x0f, 0xae, 0x37 }, 4, PLAIN },
    { "xsaveopt (%rdi)", { 0x0f, 0xae, 0x37 }, 3, LOADS_ONE },
    { "lfence", { 0x0f, 0xae, 0xe8 }, 3, PLAIN },
    { "rdtsc", { 0x0f, 0x31 }, 2, PLAIN },
    { "wrmsr", { 0x0f, 0x30 }, 2, PLAIN },
    { "mov %rax,%cr3", { 0x0f, 0x22, 0xd8 }, 3, PLAIN },
    { "hlt", { 0xf4 }, 1, PLAIN },
    { "jne .", { 0x75, 0xfe }, 2, PLAIN },
    { "jne far away", { 0x0f, 0x85, 0, 1, 0, 0 }, 6, PLAIN },
    { "jmp .", { 0xeb, 0xfe }, 2, PLAIN },
    { "jmp *%rax", { 0xff, 0xe0 }, 2, ANYWHERE },
    { "jmp *(%rax)", { 0xff, 0x20 }, 2, ANYWHERE_LOADS },
    { "call far away", { 0xe8, 0, 1, 0, 0 }, 5, STORES_ONE },
    { "call *%rax", { 0xff, 0xd0 }, 2, ANYWHERE_STORES },
    { "call *(%rax)", { 0xff, 0x10 }, 2, ANYWHERE_STORES },
    { "ret", { 0xc3 }, 1, ANYWHERE_LOADS },
    { "lretq", { 0x48, 0xcb }, 2, ANYWHERE_LOADS },
    { "iretq", { 0x48, 0xcf }, 2, ANYWHERE_LOADS },
    { "int $0x80", { 0xcd, 0x80 }, 2, ANYWHERE },
    { "syscall", { 0x0f, 0x05 }, 2, IS_SYSCALL },
    { "sysretq", { 0x48, 0x0f, 0x07 }, 3, IS_SYSRET },
    { "vmovdqu (%rdi),%ymm0", { 0xc5, 0xfe, 0x6f, 0x07 }, 4, PLAIN },
};

int main(void)
{
    const size_t count = sizeof rows / sizeof *rows;
    size_t failed = 0;

    for (const struct row *r = rows; r < rows + count; r++) {
        const enum kind kind = kind_of(read_opcode(r->bytes, r->size), r->size);
        if (kind != r->kind)
            failed++, printf("opcode: %s is %d, want %d\n", r->text, kind, r->kind);
    }
    printf("opcode: %zu passed, %zu failed\n", count - failed, failed);
    return failed != 0;
}
