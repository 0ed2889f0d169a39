# SPDX-License-Identifier: MIT
# A stranger's kernel on QEMU's virt machine, RISC-V: its first instruction to C, in M mode.
    .section .text.start, "ax"
    .global start
start:
    csrr t0, mhartid
    bnez t0, 1f
    .option push
    .option norelax
    la gp, __global_pointer$
    .option pop
    la sp, stack_end
    call tiny_main
1:  wfi
    j 1b

    .bss
    .align 4
    .skip 16384
stack_end:
    .section .note.GNU-stack, "", @progbits
