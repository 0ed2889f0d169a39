/* SPDX-License-Identifier: MIT
 * COM1 (polled, 115200 8N1), and the ways to end a boot. */
#include "kernel.h"
#include "x86.h"

enum { COM1 = 0x3f8, LINE_STATUS = COM1 + 5, CAN_SEND = 0x20, DEBUG_EXIT = 0xf4 };

void serial_init(void)
{
    static const uint8_t set_up[][2] = { { 1, 0x00 }, { 3, 0x80 }, { 0, 0x01 }, { 1, 0x00 },
                                         { 3, 0x03 }, { 2, 0x07 }, { 4, 0x03 } };

    for (size_t i = 0; i < sizeof set_up / sizeof *set_up; i++)
        x86_out8((uint16_t)(COM1 + set_up[i][0]), set_up[i][1]);
}

/* Send a byte; waits for room. A missing port reads as all ones, so it never waits. */
void serial_put(char c)
{
    while (!(x86_in8(LINE_STATUS) & CAN_SEND))
        x86_pause();
    x86_out8(COM1, (uint8_t)c);
}

/* End the boot: QEMU exits with 2 * code + 1. Without its exit device, reset. */
_Noreturn void machine_exit(uint8_t code)
{
    x86_out8(DEBUG_EXIT, code);
    x86_out8(0x64, 0xfe);
    machine_reset();
}

/* Raise an exception that nothing can handle, so that the processor resets. */
_Noreturn void machine_reset(void)
{
    x86_load_idt(&(struct x86_table){ 0, 0 });
    for (;;)
        __asm__ volatile("ud2");
}
