# SPDX-License-Identifier: MIT
# A stranger's kernel on a PC, 32 bits: the multiboot header, and its first instruction to C.
    .section .text.start, "ax"
    .align 4
    .long 0x1badb002, 0, -0x1badb002
    .global start
start:
    mov $stack_end, %esp
    mov %cr4, %eax
    or $0x600, %eax             # lfence needs SSE
    mov %eax, %cr4
    call tiny_main
1:  hlt
    jmp 1b

    .bss
    .align 16
    .skip 16384
stack_end:
    .section .note.GNU-stack, "", @progbits
