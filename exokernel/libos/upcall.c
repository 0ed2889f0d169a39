/* SPDX-License-Identifier: MIT
 * Faults and events, on the upcall stack. They may interrupt the program, or the LibOS anywhere. */
#include "libos.h"

/* How libos_upcall goes on: to the program after a fault, after an event, or into the LibOS. */
enum way { AFTER_FAULT, AFTER_EVENT, INTO_LIBOS };

static bool within(uint64_t rip, const char *from, const char *to)
{
    return rip >= (uint64_t)from && rip < (uint64_t)to;
}

static bool in_libos(uint64_t rip) { return rip - EXO_IMAGE < EXO_IMAGE_END - EXO_IMAGE; }

static bool on_our_stack(uint64_t rsp)
{
    return (rsp > LIBOS_UPCALL && rsp <= LIBOS_STACK_TOP)
           || (rsp > LIBOS_STACKS && rsp <= LIBOS_END);
}

static enum way back(const struct upcall *u, enum way outside)
{
    return on_our_stack(u->rsp) ? INTO_LIBOS : outside;
}

/* A page for the LibOS itself. */
static void own_page(uint64_t address)
{
    const int64_t id = own_alloc_page(EXO_ANY);

    if (id < 0 || own_map(0, (cap_id_t)id, address & -PAGE, RIGHT_RW))
        own_exit(-1);
}

/* What the program was doing, for a signal. */
static void note_regs(const struct upcall *u)
{
    __builtin_memcpy(&P->regs, u, 15 * sizeof(uint64_t));
    P->regs.rip = u->rip, P->regs.flags = u->flags, P->regs.rsp = u->rsp;
}

/* The program did it, and its registers are noted; or the LibOS, which must not be. The last jump
 * to the program goes where the program said. It may even have jumped into the LibOS. */
static void leave_or_fail(const struct upcall *u, const char *why)
{
    const bool leaves = within(u->rip, (const char *)libos_resume, libos_resume_window);

    if (in_libos(u->rip) && !leaves && on_our_stack(u->rsp))
        process_fail(why);
    if (!leaves)
        note_regs(u);
}

/* The instruction int3, which the kernel does not let a program raise: a fault before it. Which
 * vector was meant, emulators tell differently, so the instruction decides. */
static bool is_breakpoint(const struct upcall *u)
{
    enum { PROTECTION = 13, OF_A_GATE = 2 };
    uint8_t code[2] = { 0 };

    if (u->value != PROTECTION || !(u->detail & OF_A_GATE)
        || libos_copy(code, (const void *)u->rip, 1))
        return false;
    if (code[0] == 0xcd && libos_copy(code, (const void *)u->rip, 2))
        return false;
    const uint64_t length = code[0] == 0xcc ? 1 : code[0] == 0xcd && code[1] == 3 ? 2 : 0;
    P->regs.rip += length;
    return length;
}

static enum way serve_fault(struct upcall *u)
{
    const uint64_t address = u->value;
    enum { SEGV_MAPERR = 1, SEGV_ACCERR = 2, BUS_ADRERR = 2, FROM_USER = 4 };

    if (address >= LIBOS_DATA && address < LIBOS_END && in_libos(u->rip)
        && !within(u->rip, libos_guarded, libos_guarded_end)) {
        own_page(address);
        return INTO_LIBOS;
    }
    if (address >= LIBOS_ARGUMENTS && address < LIBOS_END && in_libos(u->rip)) {
        own_page(address); /* a copy into the LibOS's own memory */
        return INTO_LIBOS;
    }
    const int signal = page_in(address, u->detail);
    if (!signal)
        return back(u, AFTER_FAULT);
    if (within(u->rip, libos_guarded, libos_guarded_end)) {
        u->rip = (uint64_t)libos_guarded_fault;
        return INTO_LIBOS;
    }
    leave_or_fail(u, "the LibOS used a bad address");
    signal_fault((uint32_t)signal,
                 signal == SIGBUS     ? BUS_ADRERR
                 : area_find(address) ? SEGV_ACCERR
                                      : SEGV_MAPERR,
                 address, u->detail | FROM_USER);
}

static enum way serve_exception(struct upcall *u)
{
    static const struct {
        uint8_t signal, code;
    } told[32] = { [0] = { SIGFPE, 1 },     [1] = { SIGTRAP, 2 },    [3] = { SIGTRAP, 0x80 },
                   [4] = { SIGSEGV, 0x80 }, [5] = { SIGSEGV, 0x80 }, [6] = { SIGILL, 2 },
                   [16] = { SIGFPE, 7 },    [17] = { SIGBUS, 1 },    [19] = { SIGFPE, 7 } };
    const uint8_t signal = u->value < 32 && told[u->value].signal ? told[u->value].signal : SIGSEGV;

    if (within(u->rip, libos_guarded, libos_guarded_end)) { /* not an address at all */
        u->rip = (uint64_t)libos_guarded_fault;
        return INTO_LIBOS;
    }
    leave_or_fail(u, "the LibOS raised an exception");
    if (is_breakpoint(u))
        signal_fault(SIGTRAP, 0x80, 0, 0);
    signal_fault(signal, signal == SIGSEGV ? 0x80 : told[u->value].code,
                 signal == SIGSEGV ? 0 : u->rip, u->detail);
}

/* The server rang: a signal has come. If the program runs, deliver it at once. */
static enum way serve_event(struct upcall *u)
{
    if (u->cause == EXO_UPCALL_REVOKE)
        own_cap_drop(u->value);
    if (u->rip == (uint64_t)libos_event_jump)
        u->rip = P->event_back;
    if (!in_libos(u->rip)) {
        take_notices();
        if (signal_due() || P->sliced) {
            note_regs(u);
            libos_switch(P->stack, signal_refresh);
        }
        return AFTER_EVENT;
    }
    P->pending = 1; /* look for it on the way to the program */
    if (within(u->rip, libos_exit, libos_exit_window))
        u->rip = (uint64_t)libos_exit;
    else if (within(u->rip, (const char *)libos_resume, libos_resume_window))
        libos_switch(P->stack, signal_refresh);
    return back(u, AFTER_EVENT);
}

/* libos_upcall calls this. */
enum way libos_serve(struct upcall *u)
{
    if (u->cause == EXO_UPCALL_FAULT)
        return serve_fault(u);
    if (u->cause == EXO_UPCALL_EXCEPTION)
        return serve_exception(u);
    return serve_event(u);
}
