# SPDX-License-Identifier: MIT
# From the multiboot entry to kit_start. Physical memory is mapped at its own addresses, and its first
# 256 MiB again at 0xc0000000. Page 0 is not mapped: a null pointer faults.
    .section .text.start, "ax"
    .align 4
    .long 0x1badb002, 0, -0x1badb002

# The stack grows down to page 0, so that it meets no data.
    .set stack_end, 0x80000

    .global start
start:
    cli
    cld
    mov $1, %ecx                # 4 MiB in pages of 4 KiB, without page 0
1:  mov %ecx, %eax
    shl $12, %eax
    or $3, %eax
    mov %eax, pages(, %ecx, 4)
    inc %ecx
    cmp $1024, %ecx
    jne 1b
    mov $1, %ecx                # the rest in pages of 4 MiB
2:  mov %ecx, %eax
    shl $22, %eax
    or $0x83, %eax
    mov %eax, top(, %ecx, 4)
    inc %ecx
    cmp $1024, %ecx
    jne 2b
    movl $pages + 3, top
    xor %ecx, %ecx
3:  mov %ecx, %eax
    shl $22, %eax
    or $0x83, %eax
    mov %eax, top + 768 * 4(, %ecx, 4)
    inc %ecx
    cmp $64, %ecx
    jne 3b
    mov $top, %eax
    mov %eax, %cr3
    mov %cr4, %eax
    or $0x610, %eax             # large pages, SSE
    mov %eax, %cr4
    mov %cr0, %eax
    and $0xfffffffb, %eax       # floating point is not emulated
    or $0x80000003, %eax
    mov %eax, %cr0
    mov $own + 4096, %eax       # a thread's and a processor's own memory
    mov %ax, kit_gdt + 26
    shr $16, %eax
    mov %al, kit_gdt + 28
    mov %ah, kit_gdt + 31
    lgdt table
    ljmp $8, $1f
1:  mov $0x10, %eax
    mov %eax, %ss
    mov %eax, %ds
    mov %eax, %es
    mov $0x18, %eax
    mov %eax, %fs
    mov %eax, %gs
    fninit
    mov $stack_end, %esp
    call kit_start
1:  hlt
    jmp 1b

# A fault pushes 3 words, some with an error code first. Hand over the vector and where it was.
    .global kit_faults
    .align 16
kit_faults:
    .set vector, 0
    .rept 32
    .align 16
    .if vector != 8 && (vector < 10 || vector > 14) && vector != 17 && vector != 21
    push $0
    .endif
    push $vector
    jmp fault
    .set vector, vector + 1
    .endr
fault:
    mov 8(%esp), %ecx
    mov (%esp), %eax
    mov %cr2, %edx
    and $-16, %esp
    push $0
    push %edx
    push %ecx
    push %eax
    call kit_fault
1:  hlt
    jmp 1b

    .data
    .align 8
    .global kit_gdt
kit_gdt:
    .quad 0, 0x00cf9b000000ffff, 0x00cf93000000ffff, 0x00cf93000000ffff
table:
    .word 31
    .long kit_gdt

    .bss
    .align 4096
top:    .skip 4096
pages:  .skip 4096
own:    .skip 8192
    .section .note.GNU-stack, "", @progbits
