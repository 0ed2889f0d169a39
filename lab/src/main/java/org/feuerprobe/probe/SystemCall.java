package org.feuerprobe.probe;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The exokernel's system calls and their numbers. {@code make -C exokernel docs} generates the
 * constants from the kernel's own list; do not edit them.
 */
public enum SystemCall {
    NULL(0),
    SET_UPCALL(12),
    ALLOC_PAGE(13),
    UNBIND_PAGE(14),
    YIELD_TO(18),
    SEND(21),
    RECV(22),
    RECV_TIMED(23),
    ENV_ALLOC(26),
    IRQ_ALLOC(36),
    IRQ_WAIT(37),
    IRQ_ACK(38),
    IOPORT_ALLOC(39),
    FINISH(62),
    ALLOC_PAGE_FOR(63),
    EXIT(64),
    MAP(65),
    UNMAP(66),
    CALL(67),
    GRANT(68),
    REVOKE(69),
    DERIVE(70),
    ENV_START(71),
    ENV_DESTROY(72),
    TIMER_SET(73),
    IRQ_UPCALL(74),
    IRQ_TRIGGER(75),
    SCRUB(76),
    CAP_DROP(77),
    INFO(78),
    PROBE(79),
    CAP_EXPORT(80),
    CAP_VERIFY(81),
    CAP_IMPORT(82),
    ENV_LABEL(83),
    IOPORT_IN(84),
    IOPORT_OUT(85),
    ACCEPT(86),
    FOREIGN(87),
    FS_BASE(88),
    PROTECT(89),
    MAP_PAGES(90),
    UNMAP_PAGES(91),
    PROTECT_PAGES(92),
    ENTRIES(93),
    ACCOUNT(94),
    PCI_LIST(96),
    PCI_ALLOC(97),
    PCI_READ(98),
    PCI_COMMAND(99),
    PCI_PAGE(100),
    DMA_MAP(101),
    DMA_REFUSED(102);

    private final int number;

    SystemCall(int number) {
        this.number = number;
    }

    /** The number that a program puts in {@code rax}. */
    public int number() {
        return number;
    }

    /** The name that programs use, or the number if it is unknown. */
    public static String nameOf(int number) {
        return Arrays.stream(values())
                .filter(call -> call.number == number)
                .map(call -> "exo_" + call.name().toLowerCase(Locale.ROOT))
                .findFirst()
                .orElseGet(() -> "number " + Integer.toUnsignedString(number));
    }

    /**
     * Names the call of each processor: {@code cpu 0 exo_map, cpu 1 exo_recv}. Empty if no
     * processor made one.
     */
    static String describe(List<Integer> numbers) {
        return IntStream.range(0, numbers.size())
                .filter(cpu -> numbers.get(cpu) != ProbeLayout.NO_CALL)
                .mapToObj(cpu -> "cpu %d %s".formatted(cpu, nameOf(numbers.get(cpu))))
                .collect(Collectors.joining(", "));
    }
}
