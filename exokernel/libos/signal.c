/* SPDX-License-Identifier: MIT
 * Signals: what is blocked, what waits, and frames on the program's stack. All of it is the
 * process's own; the server only tells that one was sent (protocol.h). */
#include "signal.h"

/* Whether the signal would do nothing. */
bool signal_ignored(uint32_t signal)
{
    const uint64_t handler = P->action[signal].handler;

    return handler == IGNORE
           || (handler == DEFAULT
               && (signal == SIGCHLD || signal == SIGURG || signal == SIGWINCH
                   || signal == SIGCONT));
}

/* Those that stop a process, unless it has a handler. */
#define STOPS (BIT(SIGSTOP) | BIT(SIGTSTP) | BIT(SIGTTIN) | BIT(SIGTTOU))

/* Whether a signal is to be delivered before the program goes on. */
bool signal_due(void) { return (P->waiting | P->own) & ~P->mask; }

/* A signal came. `code`: si_code in 8 bits, then si_pid in 32, then si_status. */
void signal_raise(uint32_t signal, uint64_t code, uint64_t value)
{
    if (signal == SIGCONT) {
        P->waiting &= ~STOPS;
        P->stopped = 0;
    } else if (signal && signal <= SIGNALS && STOPS & BIT(signal)) {
        P->waiting &= ~BIT(SIGCONT);
    }
    if (!signal || signal > SIGNALS || (signal_ignored(signal) && !(P->mask & BIT(signal))))
        return;
    if (!(P->waiting & BIT(signal)))
        P->sender_code[signal] = code, P->sender_value[signal] = value;
    else if (signal >= FIRST_QUEUED && P->queued < QUEUED)
        P->queue[P->queued++] = (struct queued){ signal, code, value };
    P->waiting |= BIT(signal);
    signal_flag();
    threads_wake();
}

/* Take one of the signals of a set that wait, and what its sender told. */
uint32_t signal_take(uint64_t set, uint64_t *code, uint64_t *value)
{
    const uint32_t signal = (uint32_t)__builtin_ctzl(set) + 1;

    *code = P->sender_code[signal], *value = P->sender_value[signal];
    if (P->own & BIT(signal)) {
        P->own &= ~BIT(signal);
        return signal;
    }
    P->waiting &= ~BIT(signal);
    for (uint32_t i = 0; i < P->queued; i++) {
        if (P->queue[i].signal != signal)
            continue;
        P->sender_code[signal] = P->queue[i].code, P->sender_value[signal] = P->queue[i].value;
        P->waiting |= BIT(signal);
        for (P->queued--; i < P->queued; i++)
            P->queue[i] = P->queue[i + 1];
    }
    return signal;
}

/* The whole process waits until it shall go on. */
static void stop(uint32_t signal)
{
    P->stopped = signal;
    ask(OP_STOPPED, 0, signal, 0, 0);
    while (P->stopped)
        receive_notice(EXO_FOREVER);
    ask(OP_STOPPED, 0, 0, 0, 0);
}

static void save_context(struct signal_context *c)
{
    const struct regs *r = &P->regs;

    c->r8 = r->r8, c->r9 = r->r9, c->r10 = r->r10, c->r11 = r->r11, c->r12 = r->r12;
    c->r13 = r->r13, c->r14 = r->r14, c->r15 = r->r15, c->rdi = r->rdi, c->rsi = r->rsi;
    c->rbp = r->rbp, c->rbx = r->rbx, c->rdx = r->rdx, c->rax = r->rax, c->rcx = r->rcx;
    c->rsp = r->rsp, c->rip = r->rip, c->flags = r->flags;
    c->cs = 0x33, c->gs = c->fs = 0, c->ss = 0x2b;
}

/* Let the program run its handler. False: its stack cannot take the frame. */
static bool enter(uint32_t signal, const struct cause *why)
{
    struct linux_action *a = &P->action[signal];
    uint64_t top = P->regs.rsp - 128;
    const bool on = P->regs.rsp - P->alternate < P->alternate_size;

    if (a->flags & SA_ONSTACK && P->alternate_size && !on)
        top = P->alternate + P->alternate_size;
    const uint64_t fpu = (top - FPU_SIZE) & -64ul;
    top = ((fpu - sizeof(struct signal_frame)) & -16ul) - 8;
    if (!user_writes(top, fpu + FPU_SIZE - top))
        return false;
    struct signal_frame *f = (struct signal_frame *)top;
    __asm__ volatile("fxsave64 (%0)" : : "r"(fpu) : "memory");
    f->restorer = a->restorer;
    f->uc_flags = 6, f->uc_link = 0;
    f->stack = P->alternate, f->stack_size = P->alternate_size;
    f->stack_flags = !P->alternate_size ? NOT_ON : on ? ON : 0;
    save_context(&f->context);
    f->context.error = why->error, f->context.trap = why->trap;
    f->context.address = why->address, f->context.fpu = fpu;
    f->context.old_mask = f->mask = P->suspended ? P->saved_mask : P->mask;
    f->info.number = (int32_t)signal, f->info.error = 0, f->info.code = why->code;
    f->info.pad = 0, f->info.value = why->value, f->info.status = why->status;
    P->suspended = false;
    P->mask |= (a->mask | (a->flags & SA_NODEFER ? 0 : BIT(signal))) & ~UNBLOCKABLE;
    P->regs.rdi = signal;
    P->regs.rsi = top + offsetof(struct signal_frame, info);
    P->regs.rdx = top + offsetof(struct signal_frame, uc_flags);
    P->regs.rax = 0, P->regs.rip = a->handler, P->regs.rsp = top;
    P->regs.flags &= ~0x10500ul;
    if (a->flags & SA_RESETHAND)
        a->handler = DEFAULT;
    return true;
}

/* After a call that a signal broke off: make it again, or say so. */
static void settle(bool restart, bool handled)
{
    const bool always = P->regs.rax == -(uint64_t)AGAIN;

    if (!always && P->regs.rax != -(uint64_t)UNHANDLED)
        return;
    if (restart && (always || !handled))
        P->regs.rip -= 2, P->regs.rax = P->number;
    else
        P->regs.rax = -(uint64_t)EINTR;
}

/* Deliver what is due, then go to the program with P->regs. */
static _Noreturn void deliver(bool after_call)
{
    uint64_t due;

again:
    while ((due = (P->waiting | P->own) & ~P->mask)) {
        uint64_t code, value;
        const uint32_t signal = signal_take(due, &code, &value);
        const struct linux_action *a = &P->action[signal];
        if (signal_ignored(signal))
            continue;
        if (a->handler == DEFAULT && STOPS & BIT(signal)) {
            stop(signal);
            continue;
        }
        if (a->handler == DEFAULT)
            process_end(signal);
        if (after_call)
            settle(a->flags & SA_RESTART, true);
        const struct cause why = { .code = (int8_t)(code & 0xff),
                                   .value = cause_of(code),
                                   .status = code >> 40 | value };
        if (!enter(signal, &why))
            process_end(SIGSEGV);
        after_call = false;
    }
    if (P->suspended) {
        P->suspended = false;
        P->mask = P->saved_mask;
    }
    if (after_call)
        settle(true, false);
    after_call = false;
    P->back = 0;
    if (P->sliced) {
        P->sliced = false;
        if (P->threads > 1) {
            threads_pass();
            goto again;
        }
    }
    signal_flag();
    libos_resume();
}

/* entry.S: on the way to the program, after a call. */
_Noreturn void libos_deliver_after_call(void)
{
    take_notices();
    deliver(true);
}

/* An event came while the program ran, or was about to. */
void signal_refresh(void)
{
    take_notices();
    deliver(false);
}

/* The program did what cannot be done. A signal that is blocked or ignored ends it. */
_Noreturn void signal_fault(uint32_t signal, uint32_t code, uint64_t address, uint64_t error)
{
    const struct linux_action *a = &P->action[signal];
    const struct cause why = { .code = (int32_t)code,
                               .value = address,
                               .address = address,
                               .error = error,
                               .trap = signal == SIGSEGV || signal == SIGBUS ? 14
                                       : signal == SIGILL                    ? 6
                                                                             : 0 };

    if (a->handler <= IGNORE || P->mask & BIT(signal))
        process_end(signal);
    if (!enter(signal, &why))
        process_end(SIGSEGV);
    P->pending = signal_due();
    libos_switch(P->stack, libos_resume);
}

/* Another program has no handlers, but ignores what was ignored. */
void signals_at_exec(void)
{
    for (uint32_t i = 1; i <= SIGNALS; i++)
        if (P->action[i].handler != IGNORE)
            P->action[i] = (struct linux_action){ 0 };
    timers_forget(false);
    children_tell();
}

/* Tell the server, if it changed, what is to happen with children that end or stop. */
void children_tell(void)
{
    const struct linux_action *a = &P->action[SIGCHLD];
    const uint32_t wanted = (a->handler == IGNORE || a->flags & SA_NOCLDWAIT ? CHILDREN_FORGOTTEN
                                                                             : 0)
                            | (a->flags & SA_NOCLDSTOP ? CHILDREN_STOP_UNTOLD : 0);

    if (wanted == P->children)
        return;
    P->children = wanted;
    ask(OP_CHILDREN, 0, wanted, 0, 0);
}

int64_t whole_rt_sigreturn(void)
{
    const uint64_t at = P->rsp - 8, last = at + sizeof(struct signal_frame) - 1;
    const struct signal_frame *f = (const struct signal_frame *)at;
    const struct signal_context *c = &f->context;
    struct regs *r = &P->regs;

    if (libos_peek(at) || libos_peek(last))
        process_end(SIGSEGV);
    if (c->fpu) { /* other bits of the control word, or another alignment, are refused */
        if (c->fpu % 16 || !user_writes(c->fpu, FPU_SIZE))
            process_end(SIGSEGV);
        *(uint32_t *)(c->fpu + 24) &= 0xffbf;
        __asm__ volatile("fxrstor64 (%0)" : : "r"(c->fpu));
    }
    r->r8 = c->r8, r->r9 = c->r9, r->r10 = c->r10, r->r11 = c->r11, r->r12 = c->r12;
    r->r13 = c->r13, r->r14 = c->r14, r->r15 = c->r15, r->rdi = c->rdi, r->rsi = c->rsi;
    r->rbp = c->rbp, r->rbx = c->rbx, r->rdx = c->rdx, r->rax = c->rax, r->rcx = c->rcx;
    r->rsp = c->rsp, r->rip = c->rip, r->flags = (c->flags & 0xcd5) | 0x202;
    P->mask = f->mask & ~UNBLOCKABLE;
    deliver(false);
}
