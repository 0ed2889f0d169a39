# SPDX-License-Identifier: MIT
# From the PVH entry (32 bits, no paging) to kit_start in 64 bits. Physical memory is mapped at 0, at
# 0xffff800000000000 and at 0xffffffff80000000. Page 0 is not mapped: a null pointer faults.
    .section .note.pvh, "a", @note
    .long 4, 4, 18
    .asciz "Xen"
    .long start

# The stack grows down to page 0, so that an overflow faults. QEMU needs nothing here after the entry.
    .set stack_end, 0x80000

    .section .text.start, "ax"
    .code32
    .global start
start:
    cli
    cld
    mov $1, %ecx                # 2 MiB in pages of 4 KiB, without page 0
1:  mov %ecx, %eax
    shl $12, %eax
    or $3, %eax
    mov %eax, pages(, %ecx, 8)
    inc %ecx
    cmp $512, %ecx
    jne 1b
    movl $pages + 3, large
    mov $1, %ecx                # the rest of the first GiB in pages of 2 MiB
2:  mov %ecx, %eax
    shl $21, %eax
    or $0x83, %eax
    mov %eax, large(, %ecx, 8)
    inc %ecx
    cmp $512, %ecx
    jne 2b
    movl $large + 3, low
    movl $0x40000083, low + 8   # three more GiB, where devices are
    movl $0x80000083, low + 16
    movl $0xc0000083, low + 24
    movl $large + 3, high + 510 * 8
    movl $0x40000083, high + 511 * 8
    movl $low + 3, top
    movl $low + 3, top + 256 * 8
    movl $high + 3, top + 511 * 8
    mov $top, %eax
    mov %eax, %cr3
    mov %cr4, %eax
    or $0x620, %eax             # large addresses, SSE
    mov %eax, %cr4
    mov $0xc0000080, %ecx
    rdmsr
    or $0x100, %eax
    wrmsr
    mov %cr0, %eax
    and $0xfffffffb, %eax       # floating point is not emulated
    or $0x80000003, %eax
    mov %eax, %cr0
    lgdt table
    ljmp $8, $long
    .code64
long:
    mov $0x10, %eax
    mov %eax, %ss
    mov %eax, %ds
    mov %eax, %es
    xor %edx, %edx              # a thread's and a processor's own memory
    mov $own + 4096, %eax
    mov $0xc0000100, %ecx
    wrmsr
    mov $0xc0000101, %ecx
    wrmsr
    fninit
    mov $stack_end, %esp
    call kit_start
1:  hlt
    jmp 1b

# A fault pushes 3 to 6 words, some with an error code first. Hand over the vector and where it was.
    .global kit_faults
    .align 16
kit_faults:
    .set vector, 0
    .rept 32
    .align 16
    .if vector != 8 && (vector < 10 || vector > 14) && vector != 17 && vector != 21
    push $0
    .endif
    mov $vector, %edi
    jmp fault
    .set vector, vector + 1
    .endr
fault:
    mov 8(%rsp), %rsi
    mov %cr2, %rdx
    and $-16, %rsp
    call kit_fault
1:  hlt
    jmp 1b

    .data
    .align 8
    .global kit_gdt
kit_gdt:
    .quad 0, 0x00af9b000000ffff, 0x00cf93000000ffff, 0, 0
table:
    .word 39
    .long kit_gdt
    .long 0

    .bss
    .align 4096
top:    .skip 4096
low:    .skip 4096
high:   .skip 4096
large:  .skip 4096
pages:  .skip 4096
own:    .skip 8192
    .section .note.GNU-stack, "", @progbits
