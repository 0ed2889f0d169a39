# SPDX-License-Identifier: MIT
# A kernel whose longest stretch with interrupts masked is known in each of its ten regions. tiny.S
# brings it here. MASKED in PluginTests has the same list.
    .macro mark number
    .byte 0x0f, 0x1f, 0x80
    .long 0x46500000 + \number
    .endm
    .macro region
    mark 2
    .endm
    .macro ends
    mark 3
    .endm
    .macro nops count
    .rept \count
    nop
    .endr
    .endm
    .macro gate vector, handler
    lea \handler(%rip), %rax
    mov %ax, idt + 16 * \vector
    movw $8, idt + 16 * \vector + 2
    movw $0x8e00, idt + 16 * \vector + 4
    shr $16, %rax
    mov %ax, idt + 16 * \vector + 6
    .endm

    .bss
    .align 16
idt:    .skip 16 * 64
bytes:  .skip 64

    .text
    .global tiny_main
tiny_main:
    movl $0xc0000083, next + 24     # the local APIC's GiB
    gate 0x30, software
    gate 0x31, hardware
    lidt table
    mov $0xfee00000, %rbx
    movl $0x1ff, 0xf0(%rbx)
    mark 1

    sti
    nop
    region                          # never masked: 0
    nops 5
    ends
    region                          # the nops, sti and the one in its shadow: 102
    cli
    nops 100
    sti
    nops 2
    ends
    region                          # the longer of two: 22
    cli
    nops 10
    sti
    nop
    cli
    nops 20
    sti
    nop
    ends
    cli
    region                          # masked before and after: the region's own, with its mark: 8
    nops 7
    ends
    sti
    mov $bytes, %rdi
    mov $50, %ecx
    region                          # each iteration, and one that finds the count at 0: 53
    cli
    rep stosb
    sti
    nop
    ends
    region                          # a gate masks, iretq restores: 31
    int $0x30
    nops 2
    ends
    region                          # an interrupt: 42
    movl $0x4031, 0x300(%rbx)
    nops 8
    ends
    region                          # iretq goes back into the stretch: 34
    cli
    int $0x30
    sti
    nops 2
    ends
    region                          # busy for the measurement: 0
    cli
    mark 7
    nops 50
    sti
    nop
    ends
    region                          # the next one counts again: 5
    cli
    nops 3
    sti
    nop
    ends
    mov $0x10, %al
    out %al, $0xf4

software:
    nops 30
    iretq
hardware:
    nops 40
    movl $0, 0xb0(%rbx)
    iretq

    .section .rodata
table:  .word 16 * 64 - 1
        .quad idt
    .section .note.GNU-stack, "", @progbits
