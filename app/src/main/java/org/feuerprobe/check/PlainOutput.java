package org.feuerprobe.check;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.feuerprobe.verdict.VerdictKind;

/** Output that prints every answer at once, because each line is decided on its own. */
public final class PlainOutput implements CheckOutput {
    private final Consumer<Map<String, Object>> printer;
    private final Set<VerdictKind> seen = EnumSet.noneOf(VerdictKind.class);
    private boolean malformed;

    public PlainOutput(Consumer<Map<String, Object>> printer) {
        this.printer = printer;
    }

    @Override
    public void accept(CheckAnswer answer) {
        answer.kind().ifPresentOrElse(seen::add, () -> malformed = true);
        printer.accept(answer.fields());
    }

    @Override
    public void finish() {}

    @Override
    public boolean malformed() {
        return malformed;
    }

    @Override
    public boolean seen(VerdictKind kind) {
        return seen.contains(kind);
    }

    @Override
    public void close() {}
}
