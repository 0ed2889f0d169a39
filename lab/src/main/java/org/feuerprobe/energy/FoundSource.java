package org.feuerprobe.energy;

/** A source that was looked for and found: it can be read, or it says why not. */
public sealed interface FoundSource {
    /** The source's name. */
    String name();

    /**
     * A source that was read once.
     *
     * @param permission why this user may read it
     */
    record Usable(EnergySource source, String permission) implements FoundSource {
        @Override
        public String name() {
            return source.description().name();
        }
    }

    /**
     * A source that cannot be read.
     *
     * @param where the file or address
     * @param reason what is wrong
     * @param remedy what would make it readable, as a command or in words
     */
    record Unusable(String name, String where, String reason, String remedy)
            implements FoundSource {}
}
