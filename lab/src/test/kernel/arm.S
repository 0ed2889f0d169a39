@ SPDX-License-Identifier: MIT
@ A stranger's kernel on QEMU's virt machine, Armv7: its first instruction to C, in PL1.
    .section .text.start, "ax"
    .global start
start:
    ldr sp, =stack_end
    bl tiny_main
1:  wfi
    b 1b

    .bss
    .align 4
    .skip 16384
stack_end:
    .section .note.GNU-stack, "", %progbits
