/* SPDX-License-Identifier: MIT
 * The index: every function that one file gives to another, by file. Read this first. */
#ifndef FEUERBIRD_KERNEL_H
#define FEUERBIRD_KERNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What trap.S leaves on the stack. */
struct trap_frame {
    uint64_t r15, r14, r13, r12, r11, r10, r9, r8, rdi, rsi, rbp, rbx, rdx, rcx, rax;
    uint64_t vector, error, rip, cs, rflags, rsp, ss;
};

/* A piece of physical memory [start, end). */
struct range { uint64_t start, end; };

/* What the boot loader told, copied out of its memory. */
struct boot_info {
    struct range ram[32];
    uint32_t ram_count;
    struct range plan; /* the first module; empty: none */
    char command_line[1024];
};

/* How the boot ends (written to the exit port). */
enum exit_code { EXIT_COMPLETE = 0x10, EXIT_REFUSED = 0x21, EXIT_NO_ROOM = 0x23,
                 EXIT_PANIC = 0x31 };

/* Codes of the kernel's own panics; below 32 they are exception vectors. */
enum { PANIC_BOOT = 0x100, PANIC_PAGES, PANIC_MEMORY };

/* arch/x86_64/boot.S   calls kernel_main */
/* arch/x86_64/gdt.c */
void gdt_init(void);
/* arch/x86_64/trap.c */
void trap_init(void);
_Noreturn void trap(const struct trap_frame *frame);
/* arch/x86_64/paging.c */
void paging_init(const struct boot_info *boot);
bool paging_is_guard(uint64_t address);
/* arch/x86_64/serial.c */
void serial_init(void);
void serial_put(char c);
_Noreturn void machine_exit(uint8_t code);
_Noreturn void machine_reset(void);

/* kernel/main.c */
_Noreturn void kernel_main(uint64_t start_info);
/* kernel/startinfo.c */
void startinfo_read(uint64_t physical, struct boot_info *boot);
/* kernel/pages.c */
void pages_init(const struct boot_info *boot, struct range output);
uint64_t page_alloc(void);
void page_free(uint64_t physical);
uint64_t pages_free(void);
bool range_overlaps(struct range a, struct range b);
/* kernel/panic.c */
_Noreturn void panic(uint64_t code, const char *message);
_Noreturn void panic_at(const char *message, uint64_t code, uint64_t detail, uint64_t pc,
                        uint64_t address);
/* kernel/print.c */
void print(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* kernel/string.c: memcpy, memmove, memset, memcmp as in C; the compiler calls them */
/* kernel/hooks.c */
void hooks_read(const char *command_line);
void hooks_step(uint32_t entry, uint64_t repetition);
bool hooks_omit_first(void);


#endif
