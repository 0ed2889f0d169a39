/* SPDX-License-Identifier: MIT
 * From the first C instruction to the end of the boot. */
#include "cpu.h"
#include "kernel.h"
#include "memory.h"
#include "pci.h"
#include "trace.h"

#include "bench.h"

static struct boot_info boot;
static struct range output; /* the probe's region; empty on the serial carrier */
static uint64_t serial_records[1 << 15];

/* Map the probe's region, if it lies in RAM that nobody uses. */
static void *map_output(uint64_t base, uint64_t size)
{
    const struct range wanted = { base, base + size };
    const struct range image = { (uint64_t)image_start, image_physical(image_end) };

    if (base < LOW_END || wanted.end < base || wanted.end > BOOT_MAPPED
        || range_overlaps(wanted, image) || range_overlaps(wanted, boot.plan))
        return NULL;
    for (uint32_t i = 0; i < boot.ram_count; i++) {
        if (base >= boot.ram[i].start && wanted.end <= boot.ram[i].end) {
            output = wanted;
            return direct(base);
        }
    }
    return NULL;
}

/* Measure, with another stack position in each boot, so that one lucky layout is not the result. */
static __attribute__((noinline)) uint32_t carry_out(void)
{
    volatile uint8_t *shift = __builtin_alloca(16 + 16 * (fp_seed() * 0x9e3779b97f4a7c15u >> 58));

    *shift = 0;
    return fp_carry_out(bench_table, bench_count);
}

/* Memory in use, for the probe. */
static uint64_t memory(uint32_t what)
{
    return what == FP_MOST ? pages_most_used() * PAGE_SIZE : memory_in_use(what);
}

/* Bring the machine up in an order in which each failure can be reported: serial line, traps,
 * probe, memory, page tables. Then measure and end. Runs on the boot stack with interrupts off. */
_Noreturn void kernel_main(uint64_t start_info)
{
    static struct fp_platform platform = {
        .name = "feuerbird-exokernel",
        .version = FEUERBIRD_VERSION,
        .build = FEUERBIRD_BUILD,
        .cpus = 1,
        .map = map_output,
        .scratch = serial_records,
        .scratch_size = sizeof serial_records,
        .put = serial_put,
        .step = hooks_step,
        .memory = memory,
        .other_clock = time_by_apic,
#ifdef FP_COUNTER
        .count = counters_select,
#endif
    };

    serial_init();
    print("exokernel %s %s\n", FEUERBIRD_VERSION, FEUERBIRD_BUILD);
    cpu_init(0);
    startinfo_read(start_info, &boot);
    acpi_iommu(boot.rsdp, &boot.iommu);
    const uint64_t plan_size = guest_has_archive(boot.command_line)
                                   ? 0
                                   : boot.plan.end - boot.plan.start;
    const uint32_t refused = fp_open(&platform, plan_size ? direct(boot.plan.start) : NULL,
                                     plan_size);
    if (refused) {
        print("plan refused: %lu\n", (uint64_t)refused);
        machine_exit(EXIT_REFUSED);
    }
    pages_init(&boot, output);
    paging_init(&boot);
    trace_init(boot.command_line);
    arena_init();
    apic_init();
    pci_init(&boot);
    time_init();
    smp_init();
    trace_cpus(cpu_count);
    token_init();
    user_init();
    for (uint32_t i = 0; i < cpu_count; i++)
        cpus[i].call = fp_calls() + i;
    platform.cpus = cpu_count;
#ifdef CLOCK_standin
    standin_init(boot.command_line);
#endif
    platform.features = counters_found();
    hooks_read(boot.command_line);
    platform.omit_first = hooks_omit_first();
    print("%lu pages free\n", pages_free());
    guest_run(boot.command_line, boot.plan);
    machine_exit(carry_out() == FP_COMPLETE ? EXIT_COMPLETE : EXIT_NO_ROOM);
}
