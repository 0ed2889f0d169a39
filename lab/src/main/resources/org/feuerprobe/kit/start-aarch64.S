// SPDX-License-Identifier: MIT
// From the first instruction in EL1 to kit_start. Physical memory is mapped at its own addresses and at
// 0xffffff8000000000. The first 2 MiB are not mapped: a null pointer faults.
    .section .text.start, "ax"
    .global start
    .set stack_end, 0x40080000  // below the kernel; an overflow leaves memory, and faults
start:
    msr daifset, #15
    adr x0, vectors
    msr vbar_el1, x0
    mov x0, #3 << 20            // floating point
    msr cpacr_el1, x0
    ldr x1, =devices            // the first GiB in blocks of 2 MiB, without its ends
    mov x0, #0x401              // a device: valid block, accessed
    mov x2, #1
1:  add x3, x0, x2, lsl #21
    str x3, [x1, x2, lsl #3]
    add x2, x2, #1
    cmp x2, #511
    b.ne 1b
    ldr x4, =table
    orr x3, x1, #3
    str x3, [x4]
    mov x0, #0x705              // memory: valid block, shared, accessed
    mov x2, #1
2:  add x3, x0, x2, lsl #30
    str x3, [x4, x2, lsl #3]
    add x2, x2, #1
    cmp x2, #4
    b.ne 2b
    msr ttbr0_el1, x4
    msr ttbr1_el1, x4
    mov x0, #0xff00
    msr mair_el1, x0
    ldr x0, =0x1b5193519        // 39 bits in both halves, pages of 4 KiB, cached
    msr tcr_el1, x0
    isb
    tlbi vmalle1
    dsb sy
    mrs x0, sctlr_el1
    mov x1, #0x1005             // translation and caches
    orr x0, x0, x1
    bic x0, x0, #2              // unaligned accesses are no fault
    msr sctlr_el1, x0
    isb
    ldr x0, =own + 4096
    msr tpidr_el0, x0
    msr tpidr_el1, x0
    ldr x0, =stack_end
    mov sp, x0
    bl kit_start
1:  wfi
    b 1b

    .align 11
vectors:
    .rept 16
    .align 7
    b fault
    .endr
fault:
    ldr x0, =fault_stack_end
    mov sp, x0
    mrs x0, esr_el1
    mrs x1, elr_el1
    mrs x2, far_el1
    bl kit_fault
1:  wfi
    b 1b

    .bss
    .align 12
table:  .skip 4096
devices: .skip 4096
own:    .skip 8192
    .skip 16384
fault_stack_end:
    .section .note.GNU-stack, "", %progbits
