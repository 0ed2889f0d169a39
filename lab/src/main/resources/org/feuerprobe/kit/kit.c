/* SPDX-License-Identifier: MIT
 * The kernel around your code: runs the table of bench.c, and reports faults. */
#include "kit.h"

void kit_machine(void);
const char *kit_fault_name(unsigned long code);
void kit_start(void);
_Noreturn void kit_fault(unsigned long code, unsigned long pc, unsigned long address);

static _Noreturn void stop(void)
{
    for (;;)
        __asm__ volatile("" : : : "memory");
}

void kit_panic(const char *message)
{
    fp_panic(0, (unsigned long)__builtin_return_address(0), 0, message);
    stop();
}

/* Called by start.S in a fault: what happened, which instruction, and the address that it used. */
void kit_fault(unsigned long code, unsigned long pc, unsigned long address)
{
    fp_panic(code, pc, address, kit_fault_name(code));
    stop();
}

/* Called by start.S. With KIT_ROW the kernel runs that row of the table alone. */
void kit_start(void)
{
    kit_machine();
#ifdef KIT_ROW
    fp_report(KIT_NAME, "1", kit_table + KIT_ROW, KIT_ROW < kit_rows ? 1 : 0, kit_put);
#else
    fp_report(KIT_NAME, "1", kit_table, kit_rows, kit_put);
#endif
    stop();
}
