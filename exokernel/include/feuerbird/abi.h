/* SPDX-License-Identifier: MIT
 * The words of the system-call interface: messages, upcalls, interrupt lines, address layout. */
#ifndef FEUERBIRD_ABI_H
#define FEUERBIRD_ABI_H

/* The address space of ring 3:
 *
 *   0x200000   the image: text and constants, not writable, the same in every environment
 *   elsewhere  what the environment maps, up to EXO_USER_END */
#define EXO_IMAGE 0x200000ul
#define EXO_IMAGE_END 0x400000ul
#define EXO_ENTRY (EXO_IMAGE + 16) /* start(program, a, b) */
#define EXO_USER_END 0x00007fffffff0000ul

/* Where the first environment of a boot with run=libos can read the boot's module: a page with its
 * length and its offset in the pages that follow. */
#define EXO_MODULE 0x600000000000ul

#define EXO_ANY (~0ul)     /* alloc_page: any page */
#define EXO_SELF 0x10001ul /* an environment's capability for itself: slot 1 */
#define EXO_FOREVER (~0ul) /* a deadline that never comes */

/* A foreign environment (exo_foreign) has a LibOS below a program that was not written for this
 * kernel. A syscall enters the LibOS with all registers as the program had them, except rcx, and
 * this can be read at the address that was named. The LibOS goes back to the program without the
 * kernel. Its own calls have EXO_OWN set in their number. */
struct exo_foreign {
    unsigned long back; /* to the program, behind its syscall */
};
#define EXO_OWN (1ul << 16)

/* Messages. Up to 32 bytes travel in registers; up to 4096 are copied once, buffer to buffer.
 *
 *   send, call   rdi environment  rdx length | flags   words: rsi r10 r8 r9
 *                                                      or: rsi buffer, r10 capability, r8 capacity
 *   recv         rdi mailbox (0: own)  rsi buffer  rdx capacity  r10 deadline
 *   returns      rax length or error  rdi sender's number  rdx capability or 0
 *                length <= 32: words in rsi r10 r8 r9, else in the buffer
 *
 * A receiver gets `length` bytes of the sender's registers. All bytes behind them are 0. */
#define EXO_REGISTER_BYTES 32
#define EXO_MESSAGE_MAX 4096
#define EXO_MAILBOX_SLOTS 64   /* register messages that can wait without blocking their senders */
#define EXO_MEMORY (1ul << 32) /* send: from the buffer, with a capability */
#define EXO_NOWAIT (1ul << 33) /* send: FB_EFULL instead of blocking */
#define EXO_LENGTH_MASK 0xfffffffful
#define EXO_GRANT_MAX 16
#define EXO_BATCH_MAX 32    /* pages that a call maps, unmaps or protects */
#define EXO_ENTRIES_MAX 512 /* page-table entries that a call copies */

/* A page-table entry, as the processor has it; 0: nothing is mapped there. */
#define EXO_ENTRY_PRESENT 0x01ul
#define EXO_ENTRY_WRITE 0x02ul
#define EXO_ENTRY_ACCESSED 0x20ul /* since it was mapped, or protected last */
#define EXO_ENTRY_DIRTY 0x40ul
#define EXO_ENTRY_NO_EXEC (1ul << 63)

/* Interrupt lines: 0 .. 23 devices (I/O APIC pins), then one timer for each CPU, then software. */
#define EXO_LINE_TIMER 24
#define EXO_LINE_SOFT 28
#define EXO_LINES 32

/* PCI functions. Their names are bus << 8 | device << 3 | function. exo_pci_read's offset 0x3c has
 * the interrupt line in its low byte. */
#define EXO_PCI_MAX 24
enum exo_pci_command {
    EXO_PCI_PORTS = 0x1,     /* answer at ports */
    EXO_PCI_MEMORY = 0x2,    /* answer at the addresses of its registers */
    EXO_PCI_MASTER = 0x4,    /* reach memory by itself */
    EXO_PCI_NO_LINE = 0x400, /* do not raise its interrupt line */
    EXO_PCI_COMMAND = EXO_PCI_PORTS | EXO_PCI_MEMORY | EXO_PCI_MASTER | EXO_PCI_NO_LINE,
};
#define EXO_DMA_WINDOW (16ul << 20) /* device addresses are below */

/* exo_dma_refused: an access of a device that was refused, as the page's address and these. */
#define EXO_DMA_WRITE 1ul
#define EXO_DMA_REFUSED 2ul
#define EXO_DMA_INTERRUPT 0xfee00000ul /* the address of interrupts; it then lost EXO_PCI_MASTER */

/* An upcall enters with all registers as they were, TF and DF clear, and this on its stack.
 *
 *   rsp -> cause | value | detail | rip | cs | rflags | rsp | ss */
enum exo_upcall {
    EXO_UPCALL_FAULT = 1, /* value: address, detail: page-fault error code */
    EXO_UPCALL_EXCEPTION, /* value: vector, detail: error code */
    EXO_UPCALL_EVENT,     /* value: line, detail: events */
    EXO_UPCALL_REVOKE,    /* value: capability to give up, detail: deadline */
    EXO_UPCALL_ABORT,     /* value: capability taken by force; 0: detail more were taken */
};

/* What environments are charged to their account for, or may take by name. */
enum exo_account {
    EXO_ACCOUNT_PAGES,        /* its own, its page tables', and what the kernel needs for it */
    EXO_ACCOUNT_ENVIRONMENTS, /* each with a mailbox, a deadline and four revocations */
    EXO_ACCOUNT_CAPABILITIES, /* room in tables, in steps of EXO_ACCOUNT_ROOM */
    EXO_ACCOUNT_EVENTS,       /* timers set and lines fired, in each period */
    EXO_ACCOUNT_KINDS,
    EXO_ACCOUNT_LINE = EXO_ACCOUNT_KINDS, /* the interrupt line with this number */
    EXO_ACCOUNT_PORTS,                    /* the ports of the device whose first port this is */
    EXO_ACCOUNT_PCI,                      /* the PCI function with this name */
};
#define EXO_ACCOUNT_ROOM 128        /* capabilities of a page */
#define EXO_ACCOUNT_PERIOD 10000000 /* in ticks */

enum exo_info {
    EXO_INFO_CPU, /* the CPU this environment runs on */
    EXO_INFO_CPUS,
    EXO_INFO_FREE,           /* free pages */
    EXO_INFO_CAPS,           /* capabilities in use here */
    EXO_INFO_NUMBER,         /* this environment's number, never used twice */
    EXO_INFO_ACCOUNT = 0x20, /* + enum exo_account: what is left in this environment's account */
    EXO_INFO_LINE = 0x100,   /* + line: events so far on a line that the environment owns */
};

/* exo_probe operations */
enum exo_probe {
    EXO_PROBE_NEXT,
    EXO_PROBE_KEEP,
    EXO_PROBE_CHECK,
    EXO_PROBE_GIVE_UP,
    EXO_PROBE_PRINT,
    EXO_PROBE_SLICE,
    EXO_PROBE_AUDIT
};

#endif
