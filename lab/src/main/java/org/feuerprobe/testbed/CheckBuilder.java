package org.feuerprobe.testbed;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.feuerprobe.testbed.Check.State;

/** Builder of a {@link Check} from the contents of several files. */
final class CheckBuilder {
    private final String name;
    private final SystemFiles files;
    private final List<String> values = new ArrayList<>();
    private final Set<String> places = new LinkedHashSet<>();
    private final Set<String> mends = new LinkedHashSet<>();
    private final Set<String> commands = new LinkedHashSet<>();
    private State state = State.FIT;

    CheckBuilder(String name, SystemFiles files) {
        this.name = name;
        this.files = files;
    }

    /** Adds a value without judging it. */
    CheckBuilder says(String value) {
        values.add(value);
        return this;
    }

    CheckBuilder from(String place) {
        places.add(place);
        return this;
    }

    /** Worsens the row's state to {@code found} if that is worse. */
    CheckBuilder is(State found) {
        state = state.or(found);
        return this;
    }

    CheckBuilder mend(String words) {
        mends.add(words);
        return this;
    }

    CheckBuilder command(String command) {
        commands.add(command);
        return this;
    }

    /** Records that nothing can be read; {@code words} say what would make it readable. */
    CheckBuilder absent(String place, String words) {
        return says("absent").from(place).is(State.UNKNOWN).mend(words);
    }

    /**
     * Reads a file with one value, if it exists: adds {@code label value}, and the command if the
     * value is not FIT.
     */
    CheckBuilder setting(String label, String path, Function<String, State> judge, String command) {
        Optional<String> text = files.line(path);
        if (text.isPresent()) {
            State found = judge.apply(text.get());
            says(label.isEmpty() ? text.get() : label + " " + text.get()).from(path).is(found);
            if (found != State.FIT) {
                command(command);
            }
        }
        return this;
    }

    /** Whether no value has been added yet. */
    boolean isEmpty() {
        return values.isEmpty();
    }

    Check check() {
        boolean fit = state == State.FIT;
        return new Check(
                name,
                state,
                String.join(", ", values),
                String.join(", ", places),
                fit ? "" : String.join("; ", mends),
                fit ? List.of() : List.copyOf(commands));
    }

    static Function<String, State> wants(String wanted) {
        return text -> text.equals(wanted) ? State.FIT : State.DEGRADED;
    }
}
