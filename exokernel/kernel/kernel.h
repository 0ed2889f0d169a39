/* SPDX-License-Identifier: MIT
 * The index: every function that one file gives to another, by file. Read this first.
 *
 * Below kernel/ is core/, which knows nothing of kernel, processor or memory. arch/x86_64 and
 * kernel/ call each other: a trap calls up into kernel/ to be served, and kernel/ calls down to map
 * a page, set a timer or return to ring 3. The only processor it runs on is x86-64. */
#ifndef FEUERBIRD_KERNEL_H
#define FEUERBIRD_KERNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <feuerbird/types.h>

/* The registers, as trap.S saves them. */
struct trap_frame {
    uint64_t r15, r14, r13, r12, r11, r10, r9, r8, rdi, rsi, rbp, rbx, rdx, rcx, rax;
    uint64_t vector, error, rip, cs, rflags, rsp, ss;
};

/* A piece of physical memory [start, end). */
struct range {
    uint64_t start, end;
};

/* Where the IOMMU's registers are, 0: there is none; the functions of bus 0 behind it, a bit each;
 * and whether it remaps interrupts. */
struct iommu_place {
    uint64_t registers, covers[4];
    uint16_t controller; /* the I/O APIC, as a source of interrupts: bus << 8 | device << 3 | 0 */
    uint16_t controllers;
    bool remaps;
};

/* What the boot loader reported, copied out of its memory. */
struct boot_info {
    struct range ram[32];
    uint32_t ram_count;
    uint64_t rsdp; /* where ACPI begins; 0: nowhere */
    struct iommu_place iommu;
    struct range plan; /* the first module, a plan or an archive; empty: none */
    char command_line[1024];
};

/* How the boot ends (written to the exit port). */
enum exit_code {
    EXIT_COMPLETE = 0x10,
    EXIT_FAILED = 0x11,
    EXIT_REFUSED = 0x21,
    EXIT_NO_ROOM = 0x23,
    EXIT_PANIC = 0x31
};

/* Codes of the kernel's own panics; below 32 they are exception vectors. */
enum { PANIC_BOOT = 0x100, PANIC_PAGES, PANIC_MEMORY, PANIC_SMP, PANIC_BROKEN };

struct cpu;
struct env;
struct account;
struct cap_slot;
struct timer;
struct work;
struct line;
struct fp_run;

/* arch/x86_64/boot.S   calls kernel_main */
/* arch/x86_64/gdt.c */
void gdt_init(struct cpu *cpu);
/* arch/x86_64/trap.c */
void trap_init(void);
_Noreturn void trap_user(const struct trap_frame *frame);
void trap_kernel(struct trap_frame *frame);
/* arch/x86_64/paging.c */
void paging_init(const struct boot_info *boot);
bool paging_is_guard(uint64_t address);
void paging_enter(void);
void paging_protect(void);
const char *paging_audit(void);
void paging_map_kernel(uint64_t address, uint64_t physical, bool device);
uint64_t paging_unmap_kernel(uint64_t address);
void paging_reach(uint64_t address);
bool paging_covers(uint64_t address);
void paging_free_table(uint64_t address);
/* arch/x86_64/space.c */
void space_make(struct env *env, uint32_t number);
bool space_free(struct env *env, int *left);
int64_t space_reach(struct env *env, uint64_t address);
int64_t space_place(struct env *env, uint64_t address, uint64_t entry);
int64_t space_map(struct env *env, cap_id_t page, uint64_t address, uint32_t rights);
bool space_may_have(uint64_t rights);
int64_t space_map_all(struct env *env, const cap_id_t *page, uint64_t count, uint64_t address,
                      uint64_t rights, uint64_t *done);
int64_t space_change_all(struct env *env, const cap_id_t *page, uint64_t count, uint64_t rights,
                         uint64_t *done);
int64_t space_read(const struct env *env, uint64_t address, uint64_t count, uint64_t *to);
void space_unmap(struct env *env, uint32_t slot);
int64_t space_copy(struct env *env, uint64_t theirs, uint64_t mine, uint64_t n, bool to_them);
uint64_t space_pages(const struct env *env);
/* arch/x86_64/syscall.S */
_Noreturn void env_resume(struct env *env);
_Noreturn void env_enter(struct env *env);
_Noreturn void env_return(const struct env *env);
_Noreturn void foreign_enter(struct env *env);
int64_t user_copy(void *to, const void *from, uint64_t n);
int64_t user_frame(uint64_t *to, const uint64_t *rip, uint64_t cause, uint64_t value,
                   uint64_t detail);
void boot_leave(uint64_t *saved);
_Noreturn void boot_return(uint64_t saved);
/* arch/x86_64/counters.c */
uint64_t counters_found(void);
/* arch/x86_64/counting/, in the kernels that count */
uint64_t counters_select(uint32_t metric);
void standin_init(const char *command_line);
_Noreturn void standin_user(const struct trap_frame *frame);
void standin_kernel(struct trap_frame *frame);
/* arch/x86_64/apic.c */
void apic_init(void);
void apic_enable(void);
uint32_t apic_id(void);
void apic_end(void);
void apic_send(const struct cpu *cpu, uint8_t vector);
void apic_start(uint32_t apic, uint8_t page);
void apic_count(uint64_t ticks);
uint32_t apic_left(void);
void apic_route(uint32_t pin, bool on);
enum { APIC_PINS = 24 };
void apic_level(uint32_t pin);
bool apic_is_level(uint32_t pin);
bool apic_serves(uint64_t vector);
void apic_by_entries(void);
/* arch/x86_64/acpi.c */
void acpi_iommu(uint64_t rsdp, struct iommu_place *place);
/* arch/x86_64/iommu.c: iommu.h */
/* arch/x86_64/smp.c */
void smp_init(void);
void cpu_init(uint32_t number);
void tlb_flush(struct env *env, uint64_t address);
void tlb_flush_space(struct env *env);
void tlb_flush_all(void);
void tlb_answer(void);
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
uint64_t page_alloc_clean(void);
uint64_t page_promised(void);
bool page_take(uint64_t physical);
void page_free(uint64_t physical);
void page_chain(uint64_t *first, uint64_t physical);
void page_free_chained(uint64_t *first);
uint64_t pages_scrub(uint64_t count);
uint64_t pages_free(void);
uint64_t pages_used(void);
uint64_t pages_most_used(void);
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
/* kernel/env.c */
int64_t env_begin(struct account *account, struct cpu *cpu, uint32_t capacity, struct env **out);
int64_t env_make(struct env *env);
bool env_destroy(struct env *env);
void env_end(struct env *env);
void env_went(struct env *env);
uint64_t env_ticket(const struct env *env);
bool env_is_ending(uint64_t ticket);
uint64_t memory_in_use(uint32_t what);
/* kernel/account.c  in account.h */
/* kernel/caps.c */
int64_t cap_create(struct env *env, uint16_t type, uint32_t resource, uint32_t rights,
                   uint32_t parent);
void cap_delete(uint32_t reference);
bool cap_delete_derived(uint32_t reference, bool tell, int *left);
int64_t cap_grant(struct env *from, cap_id_t id, struct env *to, uint32_t rights);
uint64_t cap_grant_plain(struct env *from, cap_id_t *id, uint64_t count, struct env *to,
                         uint32_t rights);
/* kernel/sched.c */
_Noreturn void schedule(void);
_Noreturn void switch_to(struct env *env);
void leave(struct cpu *cpu);
_Noreturn void resume(struct env *env);
_Noreturn void preempt(struct env *env);
_Noreturn void answer(struct env *env, int64_t result);
void make_ready(struct env *env);
void unqueue(struct env *env);
void slice_set(uint64_t ticks);
void work_add(struct cpu *cpu, struct work *work, bool (*step)(struct work *));
void work_cancel(struct work *work);
void work_step(struct cpu *cpu);
extern uint64_t slice_ticks;
/* kernel/foreign.c */
void foreign_park(struct cpu *cpu);
_Noreturn void foreign_resume(struct env *env);
void foreign_end(struct env *env);
/* kernel/ipc.c */
bool ipc_forget(struct env *env, int *left);
void ipc_step_back(struct env *env);
void ipc_again(struct env *env);
void ipc_send_again(struct env *env);
/* kernel/irq.c */
void line_event(uint32_t number);
void line_release(uint32_t number);
int64_t line_is_owned(uint64_t number);
void line_forget(struct env *env, cap_id_t id);
void line_again(struct env *env);
bool line_upcall(struct env *env, uint32_t number);
int64_t line_total(const struct env *env, uint64_t number);
void line_fire(uint32_t number, uint64_t owner);
int64_t line_for_software(struct env *env, cap_id_t id);
uint64_t line_owner(uint64_t number);
bool line_has(const struct timer *timer);
/* kernel/pci.c, dma.c: the rest in pci.h */
bool pci_has(uint64_t physical);
void pci_refused(uint16_t name, uint64_t address, bool write);
void pci_forged(uint16_t name);
/* kernel/ports.c */
void ports_release(uint32_t device);
int64_t ports_of(uint64_t first);
int64_t ports_are_owned(uint64_t first);
/* kernel/token.c */
void token_init(void);
void token_key(struct env *env);
/* kernel/time.c */
void time_init(void);
uint64_t time_now(void);
uint64_t time_by_apic(uint64_t *ticks);
void timer_set(struct timer *timer, struct cpu *cpu, uint64_t when, void (*f)(struct timer *));
void timer_cancel(struct timer *timer);
void timer_interrupt(void);
/* kernel/upcall.c */
bool upcall_send(struct env *env, uint64_t cause, uint64_t value, uint64_t detail);
int upcall_pending(struct env *env);
void upcall_first(struct env *env, uint64_t call);
void upcall_wanted(struct env *env);
/* kernel/revoke.c */
bool revoke_waits(const struct env *env);
bool revoke_upcall(struct env *env);
void revoke_cancel(struct env *env);
int64_t revoke_joined(struct env *holder, uint32_t parent, cap_id_t id);
void revoke_mourn(struct env *holder, cap_id_t id);
/* kernel/guest.c */
bool guest_has_archive(const char *command_line);
void guest_run(const char *command_line, struct range module);
uint64_t guest_checksum(void);
/* kernel/audit.c */
const char *audit(void);
/* kernel/user.c */
void user_init(void);
void user_ended(const struct env *env);
_Noreturn void user_leave(struct cpu *cpu);
void user_run(struct fp_run *run, uint64_t program, uint64_t argument);
uint64_t user_table(void);
void user_show(struct range module);
/* kernel/trace/trace.c  in trace.h, but for */
#ifdef TRACE_on
void trace_switch(struct cpu *cpu, const struct env *to);
#endif

#endif
