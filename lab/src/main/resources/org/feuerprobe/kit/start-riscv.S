# SPDX-License-Identifier: MIT
# From M mode to kit_start in S mode, where memory is mapped at its own addresses. With 64 bits, the first
# 4 GiB are also at 0xffffffc000000000, and memory is at 0xffffffff80000000. Faults are taken in M mode.
    .section .text.start, "ax"
    .global start
start:
    csrr t0, mhartid
    bnez t0, 9f
    .option push
    .option norelax
    lla gp, __global_pointer$
    .option pop
    lla t0, fault
    csrw mtvec, t0
    lla t0, fault_stack_end
    csrw mscratch, t0
    li t0, 7                    # S mode may read cycles, time and instructions
    csrw mcounteren, t0
    lla t0, guard                # nobody may touch the page below the stack; S mode has the rest
    srli t0, t0, 2
    ori t0, t0, 0x1ff
    csrw pmpaddr0, t0
    li t0, -1
    csrw pmpaddr1, t0
    li t0, 0x1f18
    csrw pmpcfg0, t0
    lla t1, table
#if __riscv_xlen == 64
    lla t4, table + 256 * 8
    li t0, 0xcf                 # pages of 1 GiB: valid, may be read, written and executed
    li t2, 1 << 28
    li t3, 4
1:  sd t0, (t1)
    sd t0, (t4)
    add t0, t0, t2
    addi t1, t1, 8
    addi t4, t4, 8
    addi t3, t3, -1
    bnez t3, 1b
    lla t1, table + 510 * 8
    li t0, 0x200000cf
    sd t0, (t1)
    lla t0, table
    srli t0, t0, 12
    li t1, 8 << 60
#else
    li t0, 0xcf                 # pages of 4 MiB
    li t2, 1 << 20
    li t3, 1024
1:  sw t0, (t1)
    add t0, t0, t2
    addi t1, t1, 4
    addi t3, t3, -1
    bnez t3, 1b
    lla t0, table
    srli t0, t0, 12
    li t1, 1 << 31
#endif
    or t0, t0, t1
    csrw satp, t0
    sfence.vma
    li t0, 0x1800
    csrc mstatus, t0
    li t0, 0x42800              # to S mode, which may read all and has floating point
    csrs mstatus, t0
    lla t0, 1f
    csrw mepc, t0
    mret
1:  la sp, stack_end
    lla tp, own + 4096
    call kit_start
9:  wfi
    j 9b

    .align 4
fault:
    csrrw sp, mscratch, sp
    csrr a0, mcause
    csrr a1, mepc
    csrr a2, mtval
    call kit_fault
    j 9b

    .bss
    .align 12
guard:  .skip 4096
stack:  .skip 262144
stack_end:
    .skip 16384
fault_stack_end:
table:  .skip 4096
own:    .skip 8192
    .section .note.GNU-stack, "", @progbits
