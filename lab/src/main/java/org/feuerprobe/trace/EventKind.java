package org.feuerprobe.trace;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A kind of event: {@code exokernel/include/feuerbird/trace.h} has the same list. */
public enum EventKind {
    /** A system call enters the kernel. */
    SYSCALL(1, "number", "argument"),
    /** A system call returns to ring 3; again: it is made again. */
    RESULT(2, "result", "again"),
    /** A foreign program's system call goes to its LibOS. */
    PROGRAM_CALL(3, "number", "argument"),
    /** Ring 3 goes on after an interrupt, a fault or at its start. */
    RESUME(4, "rip", ""),
    /** A CPU leaves an environment, which is in that state. */
    SWITCH(5, "to", "state"),
    /** An environment gets ready; what it was before. */
    WAKE(6, "by", "state"),
    /** A message is sent, or its sender blocks. */
    SEND(7, "to", "length"),
    /** A message reaches its receiver. */
    RECEIVE(8, "from", "length"),
    /** A blocked sender gives up its turn or fails. */
    WITHDRAW(9, "to", "result"),
    /** An environment gets a page. */
    PAGE_ALLOC(10, "physical", "capability"),
    /** The page of an environment is free again. */
    PAGE_FREE(11, "physical", ""),
    /** A page is mapped. */
    MAP(12, "address", "rights"),
    /** A page is unmapped. */
    UNMAP(13, "address", ""),
    /** An exception; the address of a page fault, or error code. */
    FAULT(14, "vector", "detail"),
    /** An interrupt. */
    INTERRUPT(15, "vector", "rip"),
    /** The kernel enters a handler of ring 3. */
    UPCALL(16, "cause", "value"),
    /** A timer is set. */
    TIMER_SET(17, "when", ""),
    /** A timer expires that was set for then. */
    TIMER_EXPIRE(18, "when", ""),
    /** A capability is made. */
    CAP_NEW(19, "id", "type"),
    /** A capability goes. */
    CAP_END(20, "id", "type"),
    /** A CPU has waited so many ticks for the kernel lock. */
    LOCK(21, "waited", ""),
    /** An environment is complete. */
    ENV_NEW(22, "by", ""),
    /** An environment begins to end. */
    ENV_END(23, "by", ""),
    /** The probe begins a repetition of a plan entry, or its twin. */
    STEP(24, "entry", "repetition");

    private static final Map<Integer, EventKind> BY_NUMBER =
            Arrays.stream(values())
                    .collect(Collectors.toMap(kind -> kind.number, Function.identity()));

    private final int number;
    private final String a;
    private final String b;

    EventKind(int number, String a, String b) {
        this.number = number;
        this.a = a;
        this.b = b;
    }

    /** Its number in the kernel's memory. */
    public int number() {
        return number;
    }

    /** The name of the first word of such an event; empty if it has none. */
    public String first() {
        return a;
    }

    /** The name of the second word; empty if it has none. */
    public String second() {
        return b;
    }

    /** Its name: {@code page_alloc}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The kind with this number. */
    public static Optional<EventKind> of(int number) {
        return Optional.ofNullable(BY_NUMBER.get(number));
    }
}
