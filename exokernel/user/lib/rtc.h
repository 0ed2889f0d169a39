/* SPDX-License-Identifier: MIT
 * The real-time clock: its ports, registers and line. */
#ifndef FEUERBIRD_RTC_H
#define FEUERBIRD_RTC_H

#include "exo.h"

enum { RTC = 0x70, RTC_LINE = 8, REGISTER_A = 0x0a, REGISTER_B, REGISTER_C };
enum { CELL = 0x50 /* of its memory */ };
enum { FASTEST = 0x26 /* 1,024 a second */, PERIODIC = 0x40 };

static inline uint8_t rtc_read(cap_id_t ports, uint8_t index)
{
    exo_ioport_out(ports, RTC, index);
    return (uint8_t)exo_ioport_in(ports, RTC + 1);
}

static inline void rtc_write(cap_id_t ports, uint8_t index, uint8_t value)
{
    exo_ioport_out(ports, RTC, index);
    exo_ioport_out(ports, RTC + 1, value);
}

#endif
