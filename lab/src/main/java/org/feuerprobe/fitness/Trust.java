package org.feuerprobe.fitness;

/**
 * Whether a figure may be believed. Only FIT figures decide a bound or a change; the others may be
 * shown, with the reason beside them.
 *
 * @param why what was found, in a sentence without the full stop
 * @param remedy what would help; empty where the state is FIT, or where {@code why} says it
 */
public record Trust(State state, String why, String remedy) {
    /** Ordered from good to bad. */
    public enum State {
        /** The source of the figure was checked and found in order. */
        FIT,
        /** Nothing wrong was found, but nothing confirms the figure either. */
        UNKNOWN,
        /** The source of the figure was checked and found wrong. */
        UNFIT
    }

    public Trust {
        if (state != State.FIT && why.isEmpty()) {
            throw new IllegalArgumentException(state + ": want a reason");
        }
    }

    /** The figure may be believed. */
    public static Trust fit(String why) {
        return new Trust(State.FIT, why, "");
    }

    /** The figure is wrong, or may be wrong by any amount. */
    public static Trust unfit(String why, String remedy) {
        return new Trust(State.UNFIT, why, remedy);
    }

    /** Nothing confirms the figure; the reason says what would help, as an error message does. */
    public static Trust unknown(String why) {
        return new Trust(State.UNKNOWN, why, "");
    }

    /** Nothing confirms the figure. */
    public static Trust unknown(String why, String remedy) {
        return new Trust(State.UNKNOWN, why, remedy);
    }

    /** The one question: may the figure be believed? */
    public boolean believed() {
        return state == State.FIT;
    }

    /** Trust in a figure that rests on both: the worse of the two; this one if they are equal. */
    public Trust and(Trust other) {
        return other.state.compareTo(state) > 0 ? other : this;
    }

    /** The finding, and what would help if there is anything to help. */
    public String text() {
        return remedy.isEmpty() ? why : why + ": " + remedy;
    }
}
