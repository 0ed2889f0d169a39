/* SPDX-License-Identifier: MIT
 * Crossings: into the kernel by syscall, back by sysret or iretq; and copies that may fault.
 *
 * Interrupts stay off in the kernel. It has one stack for each CPU and never blocks on it: an
 * environment's registers are in its struct env, and a switch continues with those of another. */
#include "crossing.h"

#include <loopbound.h>

    .text
    .global syscall_entry, way_plain
syscall_entry:                      /* rcx: return address, r11: flags, rsp: ring 3's */
    swapgs
    cmp %gs:CPU_CALLS, %rax         /* none is below if a foreign environment runs */
    jae beyond
    trace syscall, %rax, %rdi
    jmp *syscall_ways(, %rax, 8)
unknown:
    trace syscall, %rax, %rdi
    mov $FB_SYSCALL_LIMIT, %eax     /* sys_unknown */
way_plain:                          /* the handler returns, and its caller goes on running */
    mov %rsp, %gs:CPU_SCRATCH
    mov %gs:CPU_STACK, %rsp
    push %rcx
    push %r11
    mov %gs:CPU_CALL, %rcx
    mov %eax, (%rcx)                /* for the report of a panic or hang */
    mov %r10, %rcx                  /* the fourth argument, where C expects it */
    call *syscall_table(, %rax, 8)
    pop %r11
    pop %rcx
    mov %gs:CPU_SCRATCH, %rsp
    xor %edx, %edx                  /* so that no value of the kernel's leaves */
    xor %esi, %esi
    xor %edi, %edi
    xor %r8d, %r8d
    xor %r9d, %r9d
    xor %r10d, %r10d
    trace result, %rax, $0
    swapgs
    sysretq

/* call_again() lets a plain call return here: go to ring 3, to its syscall instruction. */
    .global way_again
way_again:
    pop %r11
    pop %rcx
    sub $2, %rcx
    mov %gs:CPU_CURRENT, %rsp
    mov FRAME_RAX(%rsp), %rax
    mov FRAME_RDI(%rsp), %rdi
    mov FRAME_RSI(%rsp), %rsi
    mov FRAME_RDX(%rsp), %rdx
    mov FRAME_R10(%rsp), %r10
    mov FRAME_R8(%rsp), %r8
    mov %gs:CPU_SCRATCH, %rsp
    xor %r9d, %r9d
    trace result, %rax, $1
    swapgs
    sysretq

/* The program of a foreign environment makes a system call: go to its LibOS, with all registers as
 * they are but rcx. The LibOS's own calls have a mark in their number. */
beyond:
    btr $OWN_BIT, %rax
    jc 1f
    mov %rsp, %gs:CPU_SCRATCH
    mov %gs:CPU_OUTSIDE, %rsp
    test %rsp, %rsp
    jz 2f
    trace program_call, %rax, %rdi
    mov %rcx, FOREIGN_BACK(%rsp)
    mov FOREIGN_ENTRY(%rsp), %rcx
    mov %gs:CPU_SCRATCH, %rsp
    swapgs
    sysretq
1:  cmpq $0, %gs:CPU_OUTSIDE
    je unknown
    cmp $FB_SYSCALL_LIMIT, %rax
    jae unknown
    trace syscall, %rax, %rdi
    jmp *own_ways(, %rax, 8)
2:  mov %gs:CPU_SCRATCH, %rsp
    jmp unknown

/* An own call that may switch. */
    .global way_own
way_own:
    mov %rsp, %gs:CPU_SCRATCH
    mov %gs:CPU_CURRENT, %rsp
    mov %rcx, FRAME_RIP(%rsp)
    mov %rax, FRAME_RAX(%rsp)
    mov %rsp, %rax
    mov %gs:CPU_SCRATCH, %rsp
    save
    to_c foreign_call

/* _Noreturn void foreign_enter(struct env *env): env_enter for one whose fs base is loaded. */
    .global foreign_enter
foreign_enter:
    cmpb $0, ENV_BY_SYSCALL(%rdi)
    je 1f
    trace_back result, FRAME_RAX
    restore %rdi
    swapgs
    mov ENV_ZEROS(%rdi), %gs
    results %rdi
    sysretq
1:  trace_back resume, FRAME_RIP
    swapgs
    mov ENV_ZEROS(%rdi), %gs
    jmp enter_by_frame

/* A call that may switch: complete the frame, so that another environment can run. This one
 * returns by env_resume. */
    .macro switching name
    .global way_\name
way_\name:
    enter SYS_\name
    save
    to_c sys_\name
    .endm
#define PLAIN(name)
#define SWITCH(name) switching name;
#define MESSAGE(name)
#define WAY(number, name, class, arguments, text) class(name)
FB_SYSCALLS(WAY)
    switching recv_timed            /* the message call that message.S does not handle */

/* _Noreturn void env_resume(struct env *env): go to ring 3, where the environment was left. Use
 * env_enter if another environment may have run before; env_return if, in addition, this one was
 * left in a system call. */
    .global env_resume, env_enter, env_return
env_resume:
    cmpb $0, ENV_BY_SYSCALL(%rdi)
    je 2f
    trace_back result, FRAME_RAX
    restore %rdi
    results %rdi
    swapgs
    sysretq
env_enter:
    cmpb $0, ENV_BY_SYSCALL(%rdi)
    je 1f
env_return:
    trace_back result, FRAME_RAX
    restore %rdi
    swapgs
    forget ENV_ZEROS(%rdi)
    results %rdi
    sysretq
1:  trace_back resume, FRAME_RIP
    swapgs
    forget ENV_ZEROS(%rdi)
    jmp enter_by_frame
2:  trace_back resume, FRAME_RIP
    swapgs
enter_by_frame:
    movb $1, ENV_BY_SYSCALL(%rdi)   /* until the next trap */
    mov %rdi, %rsp
    leave_frame

/* int64_t user_frame(uint64_t *to, const uint64_t *rip, uint64_t cause, value, detail): write an
 * upcall's eight words to ring 3; the last five begin at rip in a frame. 0 or FB_EADDRESS. */
    .global user_frame
user_frame:
    stac
    mov %rdx, (%rdi)
    mov %rcx, 8(%rdi)
    mov %r8, 16(%rdi)
    .set word, 0
    .rept 5
    mov word(%rsi), %rax
    mov %rax, 24 + word(%rdi)
    .set word, word + 8
    .endr
    clac
    xor %eax, %eax
    ret

/* int64_t user_copy(void *to, const void *from, uint64_t n): copy from or to ring 3. 0, or
 * FB_EADDRESS if that faults: trap.c then continues at user_copy_fault. The caller has checked the
 * range. O(n / 8). */
    .global user_copy, user_copy_end, user_copy_fault
user_copy:
    stac
    mov %rdx, %rcx
    shr $3, %rcx
    FB_REPEAT("floor(bytes/8)")
    rep movsq
    mov %edx, %ecx
    and $7, %ecx
    FB_REPEAT("7")
    rep movsb
user_copy_end:
    clac
    xor %eax, %eax
    ret
user_copy_fault:
    clac
    mov $-9, %rax                   /* FB_EADDRESS */
    ret

/* Wait for the kernel lock and take it. Preserves all registers: cpu.h. */
    .global kernel_lock_wait
kernel_lock_wait:
    .irp register, rax, rcx, rdx, rsi, rdi, r8, r9, r10, r11
    push %\register
    .endr
    call kernel_lock_slow
    .irp register, r11, r10, r9, r8, rdi, rsi, rdx, rcx, rax
    pop %\register
    .endr
    ret

/* void boot_leave(uint64_t *saved): save the stack pointer and run environments. Returns when
 * boot_return(*saved) is called. */
    .global boot_leave, boot_return
boot_leave:
    push %rbx
    push %rbp
    push %r12
    push %r13
    push %r14
    push %r15
    mov %rsp, (%rdi)
    mov %gs:CPU_STACK, %rsp
    call schedule
boot_return:
    mov %rdi, %rsp
    pop %r15
    pop %r14
    pop %r13
    pop %r12
    pop %rbp
    pop %rbx
    ret

    .section .note.GNU-stack, "", @progbits
