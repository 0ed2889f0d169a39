# SPDX-License-Identifier: MIT
# A stranger's kernel, part one: from the PVH entry to C, first GiB mapped one to one.
    .section .note.Xen, "a"
    .long 4, 4, 18
    .asciz "Xen"
    .long start

    .bss
    .align 4096
    .global next
top:    .skip 4096
next:   .skip 4096
stack:  .skip 16384

    .text
    .code32
    .global start
start:
    mov $next, %eax
    or $3, %eax
    mov %eax, top
    movl $0x83, next            # one page of 1 GiB
    mov $top, %eax
    mov %eax, %cr3
    mov %cr4, %eax
    or $0x20, %eax
    mov %eax, %cr4
    mov $0xc0000080, %ecx
    rdmsr
    or $0x100, %eax
    wrmsr
    mov %cr0, %eax
    or $0x80000001, %eax
    mov %eax, %cr0
    lgdt table
    ljmp $8, $long
    .code64
long:
    mov $0x10, %eax
    mov %eax, %ss
    mov %eax, %ds
    mov %eax, %es
    mov $stack + 16384, %rsp
    mov %ebx, %edi              # what the boot loader left
    call tiny_main
1:  hlt
    jmp 1b

    .align 8
gdt:    .quad 0, 0x00af9b000000ffff, 0x00cf93000000ffff
table:  .word 23
        .long gdt
    .section .note.GNU-stack, "", @progbits
