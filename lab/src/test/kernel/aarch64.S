// SPDX-License-Identifier: MIT
// A stranger's kernel on QEMU's virt machine, AArch64: its first instruction to C, in EL1.
    .section .text.start, "ax"
    .global start
start:
    ldr x0, =stack_end
    mov sp, x0
    bl tiny_main
1:  wfi
    b 1b

    .bss
    .align 4
    .skip 16384
stack_end:
    .section .note.GNU-stack, "", %progbits
