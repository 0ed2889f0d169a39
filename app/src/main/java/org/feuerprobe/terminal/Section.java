package org.feuerprobe.terminal;

/** A heading in the help of a command, in the order in which headings are shown. */
public enum Section {
    INPUT("What to read"),
    BOUNDS("Bounds"),
    TARGET("Target"),
    MEASUREMENT("Measurement"),
    JUDGEMENT("Judgement"),
    OUTPUT("Output"),
    HELP("Help");

    private final String heading;

    Section(String heading) {
        this.heading = heading;
    }

    public String heading() {
        return heading;
    }
}
