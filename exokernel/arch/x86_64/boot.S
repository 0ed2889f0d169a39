/* SPDX-License-Identifier: MIT
 * From the PVH entry (32 bits, no paging, ebx = start info) to kernel_main in the higher half.
 *
 * Until paging.c has built the real tables, one set of 2 MiB pages maps the first 4 GiB thrice:
 *   0                      where this code runs
 *   0xffff800000000000     the direct map (kernel/memory.h)
 *   0xffffffff80000000     the image (first 1 GiB) */
#define KERNEL      0xffffffff80000000
#define PRESENT_RW  0x003
#define LARGE       0x080

    .section .note.Xen, "a"
    .align 4
    .long 4, 8, 18                  /* name size, value size, XEN_ELFNOTE_PHYS32_ENTRY */
    .asciz "Xen"
    .quad boot_entry

    .section .tables, "aw", @nobits
    .align 4096
pml4:       .skip 4096
pdpt:       .skip 4096              /* of 0 and the direct map: 4 x 1 GiB */
pdpt_image: .skip 4096              /* of -512 GiB: entry 510 is -2 GiB */
pd:         .skip 4 * 4096

    .section .start, "ax"
    .code32
    .global boot_entry
boot_entry:
    cli
    cld

    mov $pml4, %edi                 /* clear the tables */
    xor %eax, %eax
    mov $(7 * 4096 / 4), %ecx
    rep stosl
    mov $(bss_start - KERNEL), %edi /* and C's bss */
    mov $(image_end - KERNEL), %ecx
    sub %edi, %ecx
    shr $2, %ecx
    rep stosl

    movl $(pdpt + PRESENT_RW), pml4
    movl $(pdpt + PRESENT_RW), pml4 + 256 * 8
    movl $(pdpt_image + PRESENT_RW), pml4 + 511 * 8
    movl $(pd + PRESENT_RW), pdpt_image + 510 * 8
    movl $(pd + 0x0000 + PRESENT_RW), pdpt
    movl $(pd + 0x1000 + PRESENT_RW), pdpt + 8
    movl $(pd + 0x2000 + PRESENT_RW), pdpt + 16
    movl $(pd + 0x3000 + PRESENT_RW), pdpt + 24
    mov $pd, %edi
    mov $(PRESENT_RW | LARGE), %eax
1:  mov %eax, (%edi)
    add $8, %edi
    add $0x200000, %eax
    cmp $(pd + 4 * 4096), %edi
    jne 1b

    mov $pml4, %eax
    mov %eax, %cr3
    mov %cr4, %eax
    or $0x20, %eax                  /* PAE */
    mov %eax, %cr4
    mov $0xc0000080, %ecx           /* EFER: long mode */
    rdmsr
    or $0x100, %eax
    wrmsr
    mov %cr0, %eax
    or $0x80000001, %eax            /* paging, protection */
    mov %eax, %cr0
    lgdt gdt_pointer
    ljmp $8, $start64

    .align 8
gdt:
    .quad 0
    .quad 0x00209a0000000000        /* 64-bit code; gdt.c loads the final table */
    .quad 0x0000920000000000
gdt_pointer:
    .word . - gdt - 1
    .long gdt

    .code64
start64:
    mov $16, %eax
    mov %eax, %ds
    mov %eax, %es
    mov %eax, %ss
    xor %eax, %eax
    mov %eax, %fs
    mov %eax, %gs
    mov $stack_boot_top, %rsp
    xor %ebp, %ebp                  /* backtraces end here */
    mov %ebx, %edi
    movabs $kernel_main, %rax
    call *%rax                      /* does not return */

/* Stacks grow down towards a page that paging.c leaves unmapped, so an overflow faults.
 *
 *   guard | boot stack | guard | #DF stack | guard | NMI stack | guard | #MC stack | guard |
 *   CPU 0 stack | guard | CPU 1 stack | ... */
    .section .stacks, "aw", @nobits
    .macro stack name, size
    .align 4096
    .skip 4096
    .skip \size
    .global stack_\name\()_top
stack_\name\()_top:
    .endm
    .global stacks_start
    .align 4096
stacks_start:
    stack boot, 16384
    stack fault, 8192
    stack nmi, 8192
    stack check, 8192
    stack cpu0, 8192
    stack cpu1, 8192
    stack cpu2, 8192
    stack cpu3, 8192

    .section .note.GNU-stack, "", @progbits
