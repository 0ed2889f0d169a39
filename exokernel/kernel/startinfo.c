/* SPDX-License-Identifier: MIT
 * What the boot loader left in memory: PVH start info (Xen public interface, hvm_start_info version
 * 1). */
#include "kernel.h"
#include "memory.h"

struct start_info {
    uint32_t magic, version, flags, modules;
    uint64_t module_list, command_line, rsdp, memory_map;
    uint32_t memory_entries, reserved;
};
struct start_module {
    uint64_t address, size, command_line, reserved;
};
struct start_memory {
    uint64_t address, size;
    uint32_t type, reserved;
};

enum { START_MAGIC = 0x336ec578, MEMORY_RAM = 1 };

/* Copy what the kernel needs out of the loader's memory. O(entries). */
void startinfo_read(uint64_t physical, struct boot_info *boot)
{
    const struct start_info *info = direct(physical);

    if (info->magic != START_MAGIC || info->version < 1)
        panic(PANIC_BOOT, "not started through PVH with a memory map");
    const struct start_memory *memory = direct(info->memory_map);
    for (uint32_t i = 0; i < info->memory_entries; i++) {
        const struct range r = { (memory[i].address + PAGE_SIZE - 1) & -PAGE_SIZE,
                                 (memory[i].address + memory[i].size) & -PAGE_SIZE };
        if (memory[i].type != MEMORY_RAM || r.start >= r.end)
            continue;
        if (boot->ram_count == sizeof boot->ram / sizeof *boot->ram)
            panic(PANIC_BOOT, "too many pieces of memory");
        boot->ram[boot->ram_count++] = r;
    }
    boot->rsdp = info->rsdp;
    if (info->modules) {
        const struct start_module *module = direct(info->module_list);
        boot->plan = (struct range){ module->address, module->address + module->size };
    }
    if (info->command_line) {
        const char *text = direct(info->command_line);
        for (uint32_t i = 0; i + 1 < sizeof boot->command_line && text[i]; i++)
            boot->command_line[i] = text[i];
    }
}
