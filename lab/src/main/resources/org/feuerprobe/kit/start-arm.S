@ SPDX-License-Identifier: MIT
@ From the first instruction in PL1 to kit_start. Physical memory is mapped at its own addresses, and
@ 256 MiB again at 0xc0000000. The first MiB is not mapped: a null pointer faults.
    .arch armv7-a
    .fpu vfpv3
    .section .text.start, "ax"
    .global start
    .set stack_end, 0x40080000  @ below the kernel; an overflow leaves memory, and faults
start:
    cpsid if
    ldr r0, =vectors
    mcr p15, 0, r0, c12, c0, 0
    mrc p15, 0, r0, c1, c0, 2   @ floating point
    orr r0, r0, #0xf00000
    mcr p15, 0, r0, c1, c0, 2
    isb
    mov r0, #0x40000000
    vmsr fpexc, r0
    ldr r4, =table
    ldr r0, =0xc06              @ sections of 1 MiB: devices below memory, without the ends
    mov r2, #1
1:  add r3, r0, r2, lsl #20
    str r3, [r4, r2, lsl #2]
    add r2, r2, #1
    ldr r1, =0x3ff
    cmp r2, r1
    bne 1b
    mov r2, #0x400
    ldr r0, =0x1c0e             @ and memory, cached
2:  add r3, r0, r2, lsl #20
    str r3, [r4, r2, lsl #2]
    add r2, r2, #1
    cmp r2, #0x1000
    bne 2b
    add r5, r4, #0xc00 * 4
    ldr r0, =0x40001c0e
    mov r2, #0
3:  add r3, r0, r2, lsl #20
    str r3, [r5, r2, lsl #2]
    add r2, r2, #1
    cmp r2, #256
    bne 3b
    mcr p15, 0, r4, c2, c0, 0
    mov r0, #0
    mcr p15, 0, r0, c2, c0, 2
    mov r0, #1
    mcr p15, 0, r0, c3, c0, 0
    mov r0, #0
    mcr p15, 0, r0, c8, c7, 0
    dsb
    mrc p15, 0, r0, c1, c0, 0
    ldr r1, =0x1805             @ translation, caches, branch prediction
    orr r0, r0, r1
    bic r0, r0, #2              @ unaligned accesses are no fault
    mcr p15, 0, r0, c1, c0, 0
    isb
    ldr r0, =own + 4096
    mcr p15, 0, r0, c13, c0, 3
    ldr sp, =stack_end
    bl kit_start
1:  wfi
    b 1b

    .align 5
vectors:
    b .
    b undefined
    b call
    b prefetch
    b data
    b .
    b .
    b .
undefined:
    mov r0, #1
    sub r1, lr, #4
    mov r2, #0
    b fault
call:
    mov r0, #2
    sub r1, lr, #4
    mov r2, #0
    b fault
prefetch:
    mov r0, #3
    sub r1, lr, #4
    mrc p15, 0, r2, c6, c0, 2
    b fault
data:
    mov r0, #4
    sub r1, lr, #8
    mrc p15, 0, r2, c6, c0, 0
fault:
    ldr sp, =fault_stack_end
    bl kit_fault
1:  wfi
    b 1b

    .bss
    .align 14
table:  .skip 16384
own:    .skip 8192
    .skip 16384
fault_stack_end:
    .section .note.GNU-stack, "", %progbits
