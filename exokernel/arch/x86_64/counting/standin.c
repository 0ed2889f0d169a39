/* SPDX-License-Identifier: MIT
 * The model in place of counters, for CLOCK=standin. The emulator's translator has no counters, and
 * raises an invalid opcode for rdpmc. So all of the kernel's code for counting runs: CPUID, writes
 * of registers, and rdpmc in ring 0 and, if CR4 allows it, in ring 3.
 *
 * counters=NAME on the command line chooses the model (model.h); intel2 if it says nothing. */
#include "counters.h"
#include "cpu.h"
#include "env.h"
#include "model.h"

enum { GENERAL_PROTECTION = 13, RDPMC = 0x330f };

static struct model models[CPU_LIMIT];

/* Choose the model, before counters are looked for. An unknown name is a panic. */
void standin_init(const char *command_line)
{
    const char *p = command_line;
    static const char key[] = "counters=";
    uint64_t n = 0, length = 0;
    enum model_kind kind = MODEL_intel2;

    for (; *p && key[n]; p++)
        n = *p == key[n] ? n + 1 : *p == key[0];
    while (p[length] && p[length] != ' ')
        length++;
    if (!key[n])
        kind = model_named(p, length);
    if (kind == MODEL_KIND_COUNT)
        panic(PANIC_BOOT, "unknown counters= on the command line");
    for (int i = 0; i < CPU_LIMIT; i++)
        models[i].kind = kind;
}

struct x86_cpuid counter_cpuid(uint32_t leaf)
{
    struct x86_cpuid answer = x86_cpuid(leaf, 0);

    model_cpuid(&models[this_cpu()->number], leaf, &answer);
    return answer;
}

void counter_write(uint32_t msr, uint64_t value)
{
    if (!model_write(&models[this_cpu()->number], msr, value, x86_clock()))
        panic(GENERAL_PROTECTION, "the modelled processor has no such counter register or value");
}

/* Carry out the rdpmc that trapped. False: it was another instruction, or is refused. */
static bool carried_out(struct trap_frame *frame)
{
    uint64_t value;
    uint16_t opcode;

    if (frame->cs & 3 ? frame->rip > EXO_USER_END - sizeof opcode
                            || user_copy(&opcode, (const void *)frame->rip, sizeof opcode)
                      : (opcode = *(const uint16_t *)frame->rip, false))
        return false;
    if (opcode != RDPMC
        || !model_rdpmc(&models[this_cpu()->number], (uint32_t)frame->rcx, x86_clock(), &value))
        return false;
    frame->rax = (uint32_t)value;
    frame->rdx = value >> 32;
    frame->rip += sizeof opcode;
    return true;
}

/* trap.S calls this for invalid opcodes only, so that no other trap costs more. */
_Noreturn void standin_user(const struct trap_frame *frame)
{
    struct env *me = current_env();

    me->by_syscall = 0;
    if (carried_out(&me->frame))
        env_resume(me);
    trap_user(frame);
}

void standin_kernel(struct trap_frame *frame)
{
    if (!carried_out(frame))
        trap_kernel(frame);
}
