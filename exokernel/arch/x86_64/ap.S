/* SPDX-License-Identifier: MIT
 * The start code of another processor, in real mode. Copied to AP_BASE; calls ap_main (smp.c).
 *
 *   ap_code ... | ap_tables: physical address of level 3 | ap_stack | ap_number */
#define AP_BASE 0x8000
#define HERE(symbol) (symbol - ap_code + AP_BASE)

    .section .rodata
    .global ap_code, ap_code_end, ap_tables, ap_stack, ap_number
    .code16
ap_code:
    cli
    xor %ax, %ax
    mov %ax, %ds
    lgdtl HERE(ap_gdt_pointer)
    mov %cr4, %eax
    or $0x20, %eax                  /* PAE */
    mov %eax, %cr4
    mov HERE(ap_tables), %eax
    mov %eax, %cr3
    mov $0xc0000080, %ecx           /* EFER: long mode, NX */
    rdmsr
    or $0x900, %eax
    wrmsr
    mov %cr0, %eax
    and $0x9fffffff, %eax           /* caches on */
    or $0x80000001, %eax
    mov %eax, %cr0
    ljmpl $8, $HERE(ap_long)
    .code64
ap_long:
    xor %eax, %eax
    mov %eax, %ds
    mov %eax, %es
    mov %eax, %ss
    mov HERE(ap_stack), %rsp
    mov HERE(ap_number), %edi
    xor %ebp, %ebp
    movabs $ap_main, %rax
    call *%rax
    .align 8
ap_gdt:
    .quad 0, 0x00209a0000000000, 0x0000920000000000
ap_gdt_pointer:
    .word . - ap_gdt - 1
    .long HERE(ap_gdt)
    .align 8
ap_tables: .quad 0
ap_stack:  .quad 0
ap_number: .quad 0
ap_code_end:

    .section .note.GNU-stack, "", @progbits
