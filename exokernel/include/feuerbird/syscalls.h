/* SPDX-License-Identifier: MIT
 * Every system call, in one list: the kernel's table, the ring-3 stubs, the documentation and the
 * validator's constants are made from it. Also read by the assembler.
 *
 *   X(number, name, class, arguments, what it does)
 *
 * Number in rax; arguments in rdi, rsi, rdx, r10, r8, r9; result in rax, negative: errors.h.
 * rbx, rbp, r12 .. r15 and rsp survive, as over a function call. All other registers are results or
 * undefined. After a switch ds, es, fs and gs are null. Classes:
 *
 *   PLAIN    the caller goes on running
 *   SWITCH   another environment may run first, and an upcall may come before the result
 *   MESSAGE  a SWITCH whose words are in registers; user/lib/message.S puts them there */
#ifndef FEUERBIRD_SYSCALLS_H
#define FEUERBIRD_SYSCALLS_H

#define FB_SYSCALLS(X)                                                                             \
    X(0, null, PLAIN, "", "nothing; to measure a crossing")                                        \
    X(12, set_upcall, PLAIN, "entry, stack, size", "set where faults and events enter")            \
    X(13, alloc_page, PLAIN, "physical or EXO_ANY", "allocate a cleared page; its capability")     \
    X(14, unbind_page, PLAIN, "page", "unmap it, revoke it, and free it")                          \
    X(18, yield_to, SWITCH, "environment or 0", "run it for the rest of this slice")               \
    X(21, send, MESSAGE, "environment, words or buffer, length", "send a message to its mailbox")  \
    X(22, recv, MESSAGE, "mailbox, buffer, capacity", "receive the next message")                  \
    X(23, recv_timed, MESSAGE, "mailbox, buffer, capacity, deadline", "recv with a deadline")      \
    X(26, env_alloc, PLAIN, "cpu, capabilities", "make an empty environment; its capability")      \
    X(36, irq_alloc, PLAIN, "line, rights", "own an interrupt line; its capability")               \
    X(37, irq_wait, SWITCH, "line, deadline", "events since the last wait; blocks while none")     \
    X(38, irq_ack, PLAIN, "line", "let a device line fire again")                                  \
    X(39, ioport_alloc, PLAIN, "first port", "own the ports of a device; their capability")        \
    X(62, finish, PLAIN, "ticket, result", "continue waiting for an environment to end")           \
    X(63, alloc_page_for, PLAIN, "environment, physical or EXO_ANY", "allocate a page for it")     \
    X(64, exit, SWITCH, "status", "end this environment")                                          \
    X(65, map, PLAIN, "environment or 0, page, address, rights", "map a page that it owns there")  \
    X(66, unmap, PLAIN, "environment or 0, page", "unmap the page")                                \
    X(67, call, MESSAGE, "as send; capacity", "send, then receive the next message: one crossing") \
    X(68, grant, PLAIN, "environment, identifiers, count, rights", "derive capabilities for it")   \
    X(69, revoke, PLAIN, "capability, deadline", "take back derived capabilities; 0: at once")     \
    X(70, derive, PLAIN, "capability, rights", "derive a weaker capability for the caller")        \
    X(71, env_start, PLAIN, "environment, pc, sp, a, b, c", "start it at pc")                      \
    X(72, env_destroy, PLAIN, "environment", "end it and give back all it has")                    \
    X(73, timer_set, PLAIN, "line, time", "fire a timer line at that time; 0: never")              \
    X(74, irq_upcall, PLAIN, "line, on", "deliver the line's events as upcalls")                   \
    X(75, irq_trigger, PLAIN, "line", "fire a line that software triggers")                        \
    X(76, scrub, PLAIN, "pages", "clear free pages in advance")                                    \
    X(77, cap_drop, PLAIN, "capability", "give up a capability and all derived from it")           \
    X(78, info, PLAIN, "what", "return a fact: enum exo_info")                                     \
    X(79, probe, SWITCH, "operation, value, ...", "for benchmark programs: a word to the probe")   \
    X(80, cap_export, PLAIN, "capability, rights, token", "seal a claim to it in a token")         \
    X(81, cap_verify, PLAIN, "token", "its rights, if it is genuine and alive")                    \
    X(82, cap_import, PLAIN, "token", "derive a capability from a token")                          \
    X(83, env_label, PLAIN, "environment, level, categories", "set its domain before it starts")   \
    X(84, ioport_in, PLAIN, "ports, port", "read a byte from a port")                              \
    X(85, ioport_out, PLAIN, "ports, port, byte", "write a byte to a port")                        \
    X(86, accept, PLAIN, "count", "let senders grant this many capabilities")                      \
    X(87, foreign, SWITCH, "environment or 0, entry, address", "pass its syscalls to its LibOS")   \
    X(88, fs_base, PLAIN, "base", "set the FS base of a foreign caller")                           \
    X(89, protect, PLAIN, "environment or 0, page, rights", "change the rights of its mapping")    \
    X(90, map_pages, PLAIN, "environment or 0, pages, count, address, rights", "in one crossing")  \
    X(91, unmap_pages, PLAIN, "environment or 0, pages, count", "in one crossing")                 \
    X(92, protect_pages, PLAIN, "environment or 0, pages, count, rights", "in one crossing")       \
    X(93, entries, PLAIN, "address, count, buffer", "one's own page-table entries, as they are")   \
    X(94, account, PLAIN, "environment, what, amount", "give its account some of one's own")       \
    X(96, pci_list, PLAIN, "place", "name and identity of the PCI function there")                 \
    X(97, pci_alloc, PLAIN, "name", "own a PCI function; its capability")                          \
    X(98, pci_read, PLAIN, "function, offset", "read 32 bits of its configuration")                \
    X(99, pci_command, PLAIN, "function, bits", "let it answer, reach memory, interrupt")          \
    X(100, pci_page, PLAIN, "function, BAR, page", "a page of its registers; their capability")    \
    X(101, dma_map, PLAIN, "function, page, address, rights", "let it reach a page; the mapping")  \
    X(102, dma_refused, PLAIN, "function, line or 0", "the access that was refused first")

#define FB_SYSCALL_LIMIT 104

#ifndef __ASSEMBLER__
#define FB_SYSCALL_ENUM(number, name, class, arguments, text) SYS_##name = (number),
enum fb_syscall { FB_SYSCALLS(FB_SYSCALL_ENUM) };
#undef FB_SYSCALL_ENUM
#endif

#endif
