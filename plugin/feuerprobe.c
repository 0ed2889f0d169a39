/* SPDX-License-Identifier: MIT
 * Counts what the marked regions of the guest execute, and models caches and TLB.
 *
 *   guest (here x86)              this plugin                        file (docs/probe.md, 8)
 *   nopl ENTRY ────────────────▶ row ENTRY ───────────────────────▶ kind 1, cpu, counts so far
 *   nopl BEGIN ────────────────▶ snapshot
 *     the region                   counts, modelled caches and TLB
 *   nopl END ──────────────────▶ row REGION: counts since BEGIN ──▶ kind 2, cpu, counts
 *
 * After DEPART, the next region ends at ARRIVE, which the other side executes, and not at an END.
 * After VOID, the next region is not counted. OWN: the kernel is busy for the measurement, so this
 * stretch with interrupts masked does not count. A region counts all CPUs, as the instruction clock
 * does, so it may end on another CPU than it began on.
 *
 * The counts are deterministic: they depend on no clock and no host address. Instructions are
 * exact. Caches and TLB are a model: set-associative, LRU, write-allocate, without prefetcher, a
 * private L2 for each CPU; data by physical address, code by virtual address. This interface does
 * not show page walks, and stores of interrupt delivery.
 *
 *   -plugin file=feuerprobe.so,out=FILE[,l1i=KiB/ways/line][,l1d=…][,l2=…][,tlb=entries/ways]
 *           [,masked=FILE: where the longest stretch with interrupts masked of the run was]
 *           [,profile=FILE,skip=N: where the instructions are, but not those of an entry's first N
 *            regions: profile.h]
 *           [,workload=FILE[,regions=N]: what kind of program runs, or what kind of operation, but
 *            for the first N regions: workload.h]
 *
 * Without a profile or a workload, no instruction runs code of it: other callbacks are
 * registered. */
#include "decode.h"
#include "processor.h"
#include "profile.h"
#include "qemu_api.h"
#include "rows.h"
#include "stacks.h"
#include "workload.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CPUS = 16 };
/* The register of the local APIC that interrupts another processor. This interface does not show
 * accesses to x2APIC's registers. */
#define APIC_COMMAND 0xfee00300ull

static struct cpu cpus[CPUS];
static unsigned int cpu_count;
static uint32_t ends,
    ends_next = MARK_END; /* the marks that end the open region, and the next one */

static struct geometry l1i = { 64, 8, 6 }, l1d = { 64, 8, 6 }, l2 = { 1024, 8, 6 },
                       tlb = { 16, 4, PAGE_BITS };
static bool ring3_ran; /* the boot is over */
static bool profiled, characterised;

/* QEMU before 9.0 loads version 1, and 9.0 and later load 2 and up: whoever loads this has the one
 * function or lacks it. */
__attribute__((visibility("default"))) int qemu_plugin_version = 1;
__attribute__((constructor)) static void choose_version(void)
{
    if (dlsym(RTLD_DEFAULT, "qemu_plugin_num_vcpus"))
        qemu_plugin_version = 2;
}

enum { COPIES_BYTES = 3, LONGEST = 16 };
static bool copies_bytes;
static const uint8_t *bytes_of(const struct qemu_plugin_insn *insn, uint8_t copy[LONGEST])
{
    if (!copies_bytes)
        return qemu_plugin_insn_data(insn);
    qemu_plugin_insn_data_copied(insn, copy, LONGEST);
    return copy;
}

/* Ring 3 of a kernel in the upper half runs for the first time: forget the boot. */
static __attribute__((noinline)) void ring3_runs(void)
{
    ring3_ran = true;
    for (unsigned int i = 0; i < cpu_count; i++) {
        cpus[i].masked.ever = 0;
        cpus[i].masked.own |= cpus[i].masked.now;
    }
}

/* What the counters gained belongs to the instruction that executes. */
static void weigh(unsigned int number, const uint64_t before[PROFILE_WEIGHTS])
{
    for (unsigned int i = LOADS; i < PROFILE_WEIGHTS; i++)
        if (cpus[number].counts[i] != before[i])
            profile_weigh(number, i, cpus[number].counts[i] - before[i]);
}

static void on_execute(unsigned int number, void *data)
{
    struct cpu *cpu = &cpus[number % CPUS];
    const struct insn now = unpack((uintptr_t)data);

    if (count(cpu, now).to_ring3 && !ring3_ran)
        ring3_runs();
    fetch(cpu, now.at);
}

static void on_memory(unsigned int number, qemu_plugin_meminfo_t info, uint64_t address, void *data)
{
    struct cpu *cpu = &cpus[number % CPUS];
    const struct qemu_plugin_hwaddr *at = qemu_plugin_get_hwaddr(info, address);
    const bool store = qemu_plugin_mem_is_store(info);

    (void)data;
    cpu->counts[store ? STORES : LOADS]++;
    *(store ? &cpu->last.stored : &cpu->last.loaded) = true;
    if (!at)
        return;
    const uint64_t physical = qemu_plugin_hwaddr_phys_addr(at);
    if (qemu_plugin_hwaddr_is_io(at))
        cpu->counts[IPIS] += store && physical == APIC_COMMAND;
    else
        access_data(cpu, address, physical, 1ull << qemu_plugin_mem_size_shift(info));
}

/* The same with a profile. */
static void on_execute_profiled(unsigned int number, void *data)
{
    struct cpu *cpu = &cpus[number % CPUS];
    const struct insn now = unpack((uintptr_t)data), last = cpu->last;
    uint64_t before[PROFILE_WEIGHTS];

    const struct event event = count(cpu, now);
    if (event.to_ring3 && !ring3_ran)
        ring3_runs();
    profile_step(number % CPUS, &last, &now, event.delivered, event.faulted);
    memcpy(before, cpu->counts, sizeof before);
    fetch(cpu, now.at);
    weigh(number % CPUS, before);
}

static void on_memory_profiled(unsigned int number, qemu_plugin_meminfo_t info, uint64_t address,
                               void *data)
{
    const struct qemu_plugin_hwaddr *at = qemu_plugin_get_hwaddr(info, address);
    uint64_t before[PROFILE_WEIGHTS];

    memcpy(before, cpus[number % CPUS].counts, sizeof before);
    stacks_access(number % CPUS, at ? qemu_plugin_hwaddr_phys_addr(at) : address,
                  qemu_plugin_mem_is_store(info));
    on_memory(number, info, address, data);
    weigh(number % CPUS, before);
}

/* The same for a workload. */
static void on_execute_workload(unsigned int number, void *site)
{
    struct cpu *cpu = &cpus[number % CPUS];
    const struct insn now = { .at = workload_address(site),
                              .size = (uint32_t)workload_size(site),
                              .kind = workload_kind(site) };

    const struct event event = count(cpu, now);
    if (event.to_ring3 && !ring3_ran)
        ring3_runs();
    workload_step(number % CPUS, site, event.faulted, ring3_ran);
    fetch(cpu, now.at);
}

static void on_memory_workload(unsigned int number, qemu_plugin_meminfo_t info, uint64_t address,
                               void *data)
{
    workload_access(number % CPUS, address, 1ull << qemu_plugin_mem_size_shift(info),
                    qemu_plugin_mem_is_store(info));
    on_memory(number, info, address, data);
}

static void on_halt(unsigned int number, void *data)
{
    (void)data;
    workload_halt(number % CPUS);
}

static void totals(uint64_t sums[COUNTERS]) { rows_sums(sums, cpus, cpu_count); }

static void on_flow(unsigned int number, void *data)
{
    profile_flow(number % CPUS, (enum flow)(uintptr_t)data);
}

static void on_syscall(unsigned int number, void *data)
{
    (void)data;
    cpus[number % CPUS].counts[CROSSINGS]++;
    cpus[number % CPUS].last.effect = MASKS;
}

static void on_effect(unsigned int number, void *data)
{
    struct insn *last = &cpus[number % CPUS].last;

    last->effect = (enum effect)(uintptr_t)data;
    last->iret = last->effect == RETURNS;
}

static void on_branch(unsigned int number, void *data)
{
    cpus[number % CPUS].last.target = (uintptr_t)data;
}

static void on_flush(unsigned int number, void *data)
{
    struct cpu *cpu = &cpus[number % CPUS];

    cpu->counts[AS_SWITCHES] += data != NULL;
    forget(cpu);
    if (profiled && data)
        stacks_switch(number % CPUS);
}

static void on_mark(unsigned int number, void *data)
{
    const uint32_t mark = (uint32_t)(uintptr_t)data;

    switch (mark) {
    case MARK_ENTRY:
        ends = 0, ends_next = MARK_END;
        for (struct cpu *cpu = cpus; cpu < cpus + cpu_count; cpu++)
            cpu->delivered = 0; /* before it, the firmware ran and threads ended */
        rows_write(FROM_ENTRY, number, cpus, cpu_count);
        if (profiled)
            profile_entry();
        if (characterised)
            workload_entry();
        break;
    case MARK_DEPART:
        ends_next = MARK_ARRIVE;
        break;
    case MARK_VOID:
        ends_next = 0;
        break;
    case MARK_OWN:
        cpus[number % CPUS].masked.own = true;
        break;
    case MARK_BEGIN:
        for (struct cpu *cpu = cpus; cpu < cpus + cpu_count; cpu++) {
            memcpy(cpu->since, cpu->counts, sizeof cpu->since);
            masked_region(&cpu->masked, cpu->counts[INSTRUCTIONS]);
        }
        ends = ends_next, ends_next = MARK_END;
        if (profiled)
            profile_begin(number % CPUS);
        if (characterised)
            workload_begin();
        break;
    default:
        if (mark == ends) {
            rows_write(OF_REGION, number, cpus, cpu_count);
            ends = 0;
            if (profiled)
                profile_end(number % CPUS);
            if (characterised)
                workload_end();
        }
    }
}

/* The processors that this counts on, by the emulator's names. */
static const struct processor {
    const char *name;
    struct decoded (*decode)(const uint8_t *bytes, size_t size, uint64_t at);
    bool alike;
} processors[] = {
    { "x86_64", decode_x86, false },     { "i386", decode_x86, false },
    { "riscv64", decode_riscv64, true }, { "riscv32", decode_riscv32, true },
    { "aarch64", decode_aarch64, true },
};
static const struct processor *processor;

/* Register callbacks for the marks and effects of this instruction. */
static void watch(struct qemu_plugin_insn *insn, struct decoded d)
{
    if (d.mark) {
        qemu_plugin_register_vcpu_insn_exec_cb(insn, on_mark, QEMU_PLUGIN_CB_NO_REGS,
                                               (void *)(uintptr_t)d.mark);
        return;
    }
    if (d.kind == IS_SYSCALL)
        qemu_plugin_register_vcpu_insn_exec_cb(insn, on_syscall, QEMU_PLUGIN_CB_NO_REGS, NULL);
    if (d.effect != KEEPS)
        qemu_plugin_register_vcpu_insn_exec_cb(insn, on_effect, QEMU_PLUGIN_CB_NO_REGS,
                                               (void *)(uintptr_t)d.effect);
    if (d.direct)
        qemu_plugin_register_vcpu_insn_exec_cb(insn, on_branch, QEMU_PLUGIN_CB_NO_REGS,
                                               (void *)(uintptr_t)d.target);
    if (d.flushes || d.switches)
        qemu_plugin_register_vcpu_insn_exec_cb(insn, on_flush, QEMU_PLUGIN_CB_NO_REGS,
                                               d.switches ? cpus : NULL);
}

static void on_translate(qemu_plugin_id_t id, struct qemu_plugin_tb *tb)
{
    (void)id;
    for (size_t i = 0; i < qemu_plugin_tb_n_insns(tb); i++) {
        struct qemu_plugin_insn *insn = qemu_plugin_tb_get_insn(tb, i);
        uint8_t copy[LONGEST];
        const uint8_t *bytes = bytes_of(insn, copy);
        const size_t size = qemu_plugin_insn_size(insn);
        const uint64_t at = qemu_plugin_insn_vaddr(insn);
        const struct decoded decoded = processor->decode(bytes, size, at);
        const struct opcode opcode = profiled || characterised ? read_opcode(bytes, size)
                                                               : (struct opcode){ 0 };
        const enum flow flow = profiled ? flow_of(opcode) : GOES_ON;
        const uint64_t word = pack(at, size, decoded.kind);
        void *site = characterised ? workload_site(at, bytes, size, opcode) : NULL;
        qemu_plugin_register_vcpu_insn_exec_cb(insn,
                                               site       ? on_execute_workload
                                               : profiled ? on_execute_profiled
                                                          : on_execute,
                                               QEMU_PLUGIN_CB_NO_REGS,
                                               site ? site : (void *)(uintptr_t)word);
        qemu_plugin_register_vcpu_mem_cb(insn,
                                         characterised ? on_memory_workload
                                         : profiled    ? on_memory_profiled
                                                       : on_memory,
                                         QEMU_PLUGIN_CB_NO_REGS, QEMU_PLUGIN_MEM_RW, NULL);
        if (characterised && opcode.first == 0xf4)
            qemu_plugin_register_vcpu_insn_exec_cb(insn, on_halt, QEMU_PLUGIN_CB_NO_REGS, NULL);
        if (flow != GOES_ON)
            qemu_plugin_register_vcpu_insn_exec_cb(insn, on_flow, QEMU_PLUGIN_CB_NO_REGS,
                                                   (void *)(uintptr_t)flow);
        watch(insn, decoded);
    }
}

static void on_end(qemu_plugin_id_t id, void *data)
{
    (void)id, (void)data;
    rows_close();
    longest_write(cpus, cpu_count);
    if (profiled)
        profile_write();
    if (characterised)
        workload_write();
}

static bool read_profile(const char *path)
{
    profiled = profile_open(path);
    return profiled;
}

static bool read_workload(const char *path)
{
    characterised = workload_open(path);
    workload_totals(totals);
    return characterised;
}

static bool read_option(const char *option)
{
    return !strncmp(option, "out=", 4)        ? rows_open(option + 4)
           : !strncmp(option, "l1i=", 4)      ? read_geometry(option + 4, &l1i, false)
           : !strncmp(option, "l1d=", 4)      ? read_geometry(option + 4, &l1d, false)
           : !strncmp(option, "l2=", 3)       ? read_geometry(option + 3, &l2, false)
           : !strncmp(option, "tlb=", 4)      ? read_geometry(option + 4, &tlb, true)
           : !strncmp(option, "masked=", 7)   ? longest_open(option + 7)
           : !strncmp(option, "profile=", 8)  ? read_profile(option + 8)
           : !strncmp(option, "skip=", 5)     ? profile_skip(option + 5)
           : !strncmp(option, "workload=", 9) ? read_workload(option + 9)
           : !strncmp(option, "regions=", 8)  ? workload_regions(option + 8)
                                              : false;
}

__attribute__((visibility("default"))) int qemu_plugin_install(qemu_plugin_id_t id,
                                                               const qemu_info_t *info, int argc,
                                                               char **argv)
{
    for (int i = 0; i < argc; i++) {
        if (!read_option(argv[i])) {
            fprintf(stderr, "feuerprobe plugin: cannot use '%s'\n", argv[i]);
            return 1;
        }
    }
    if (!rows_opened() || !info->system_emulation || info->system.max_vcpus > CPUS) {
        fprintf(stderr, "feuerprobe plugin: want out=FILE and at most %d CPUs\n", CPUS);
        return 1;
    }
    for (size_t i = 0; i < sizeof processors / sizeof *processors; i++)
        if (!strcmp(processors[i].name, info->target_name))
            processor = &processors[i];
    if (!processor || ((profiled || characterised) && processor->decode != decode_x86)) {
        fprintf(stderr, "feuerprobe plugin: cannot %s on %s\n",
                profiled        ? "profile"
                : characterised ? "characterise a program"
                                : "count",
                info->target_name);
        return 1;
    }
    copies_bytes = info->version.cur >= COPIES_BYTES;
    cpu_count = (unsigned int)info->system.max_vcpus;
    for (unsigned int i = 0; i < cpu_count; i++) {
        cpus[i].l1i = make(l1i), cpus[i].l1d = make(l1d), cpus[i].l2 = make(l2);
        cpus[i].tlb = make(tlb);
        forget(&cpus[i]);
        cpus[i].code_line = ~0ull;
        cpus[i].masked.now = true; /* after a reset */
        cpus[i].alike = processor->alike;
    }
    qemu_plugin_register_vcpu_tb_trans_cb(id, on_translate);
    qemu_plugin_register_atexit_cb(id, on_end, NULL);
    return 0;
}
