package org.feuerprobe.page;

import gg.jte.output.StringOutput;
import java.util.List;

/**
 * A flame graph as one self-contained page: zoom, search and keyboard by script, and a table of
 * functions without it. About 60 bytes a frame.
 */
public final class FlamePage {
    private FlamePage() {}

    /** A function's costs as text. */
    public record Row(
            String name, String self, String selfShare, String total, String totalShare) {}

    /** What the template shows. */
    public record Page(String title, String summary, List<Row> rows, PageParts parts) {}

    /**
     * The page as HTML.
     *
     * @param json what {@code flame.js} draws
     */
    public static String html(String title, String summary, List<Row> rows, String json) {
        StringOutput output = new StringOutput(1 << 18);
        PageParts.ENGINE.render(
                "flame.jte",
                new Page(title, summary, rows, PageParts.flame(json.replace("<", "\\u003c"))),
                output);
        return output.toString();
    }
}
