/* SPDX-License-Identifier: MIT
 * The local APIC (timer, interrupts between processors) and the I/O APIC (devices' pins). */
#include "cpu.h"
#include "memory.h"
#include "x86.h"

#include <loopbound.h>

#define LOCAL_PHYSICAL 0xfee00000ul
#define IO_PHYSICAL 0xfec00000ul
#define LOCAL DEVICES
#define IO (DEVICES + PAGE_SIZE)

enum {
    ID = 0x20,
    END = 0xb0,
    PRIORITY = 0x80,
    SPURIOUS = 0xf0,
    COMMAND = 0x300,
    COMMAND_HIGH = 0x310,
    TIMER = 0x320,
    LINT0 = 0x350,
    LINT1 = 0x360,
    INITIAL = 0x380,
    LEFT = 0x390,
    DIVIDE = 0x3e0
};
enum {
    ENABLED = 0x100,
    MASKED = 0x10000,
    BY_ONE = 0xb,
    BUSY = 0x1000,
    INIT = 0x500,
    START = 0x600,
    ASSERT = 0x4000,
    LEVEL = 0x8000,
    EXCEPTIONS = 0x10, /* no interrupt may have an exception's vector, 16 to 31 */
    IO_TABLE = 0x10,
    SERVED = 0x100, /* bits of the vectors that are served now */
};

static inline void write(uint32_t at, uint32_t value)
{
    *(volatile uint32_t *)(LOCAL + at) = value;
}

static inline uint32_t read(uint32_t at) { return *(volatile uint32_t *)(LOCAL + at); }

/* The low word of each pin's entry. Devices' pins are edge-triggered but for those of PCI. */
static uint32_t entries[APIC_PINS];
/* Bits 48 to 63 of each pin's entry: the first CPU, or the pin's entry in the IOMMU's table. */
static uint16_t targets[APIC_PINS];

/* Have a pin raise its interrupt as long as it is high. Once, at the boot. */
void apic_level(uint32_t pin)
{
    if (pin < APIC_PINS)
        entries[pin] |= LEVEL;
}

bool apic_is_level(uint32_t pin) { return entries[pin] & LEVEL; }

/* From now on, the IOMMU wants interrupts in its own format. Once, while all pins are masked. */
void apic_by_entries(void)
{
    for (uint32_t pin = 0; pin < APIC_PINS; pin++) {
        targets[pin] = (uint16_t)(pin << 1 | 1);
        apic_route(pin, false);
    }
}

/* Map both, and mask the old controllers. Once. */
void apic_init(void)
{
    paging_map_kernel(LOCAL, LOCAL_PHYSICAL, true);
    paging_map_kernel(IO, IO_PHYSICAL, true);
    x86_out8(0x21, 0xff);
    x86_out8(0xa1, 0xff);
    for (uint32_t pin = 0; pin < APIC_PINS; pin++) {
        entries[pin] = VECTOR_LINE + pin;
        targets[pin] = (uint16_t)(apic_id() << 8);
        apic_route(pin, false);
    }
    apic_enable();
}

/* Turn on interrupts and the timer, one tick a bus clock. Once per CPU. */
void apic_enable(void)
{
    write(SPURIOUS, ENABLED | VECTOR_SPURIOUS);
    write(PRIORITY, EXCEPTIONS);
    write(LINT0, MASKED);
    write(LINT1, MASKED);
    write(DIVIDE, BY_ONE);
    write(TIMER, VECTOR_TIMER);
}

uint32_t apic_id(void) { return read(ID) >> 24; }
void apic_end(void) { write(END, 0); }
/* Whether an interrupt with this vector is being served here. */
bool apic_serves(uint64_t vector)
{
    return read(SERVED + (uint32_t)vector / 32 * 16) >> vector % 32 & 1;
}
void apic_count(uint64_t ticks) { write(INITIAL, (uint32_t)ticks); }
uint32_t apic_left(void) { return read(LEFT); }

static void command(uint32_t apic, uint32_t what)
{
    FB_LOOP("apic_waits", while (read(COMMAND) & BUSY))
        x86_pause();
    write(COMMAND_HIGH, apic << 24);
    write(COMMAND, what);
}

void apic_send(const struct cpu *cpu, uint8_t vector) { command(cpu->apic, ASSERT | vector); }

/* Reset a processor and start it in real mode at page * 4096. */
void apic_start(uint32_t apic, uint8_t page)
{
    command(apic, INIT | ASSERT);
    command(apic, START | ASSERT | page);
}

/* Route a device's pin to the first CPU, or mask it. */
void apic_route(uint32_t pin, bool on)
{
    volatile uint32_t *const select = (volatile uint32_t *)IO, *const window = select + 4;

    *select = IO_TABLE + 2 * pin + 1;
    *window = (uint32_t)targets[pin] << 16;
    *select = IO_TABLE + 2 * pin;
    *window = entries[pin] | (on ? 0 : MASKED);
}
