package org.feuerprobe.flame;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.page.FlamePage;
import org.feuerprobe.probe.Counter;
import org.feuerprobe.profile.CallStack;
import org.feuerprobe.profile.Frame;
import org.feuerprobe.profile.FunctionCost;
import org.feuerprobe.profile.Profile;
import org.feuerprobe.results.Documents;

/** A profile as a flame graph on a page of its own. */
public final class FlameGraph {
    private static final int KERNEL = 0;
    private static final int USER = 1;
    private static final int NO_CODE = 2;

    /** A frame with what it calls, by name. */
    private static final class Node {
        private final String file;
        private final int kind;
        private final Map<String, Node> children = new TreeMap<>();
        private long self;

        Node(String file, int kind) {
            this.file = file;
            this.kind = kind;
        }

        Map<String, Object> fields(String name) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("n", name);
            fields.put("s", self);
            fields.put("f", file);
            fields.put("k", kind);
            List<Object> below = new ArrayList<>();
            children.forEach((its, child) -> below.add(child.fields(its)));
            fields.put("c", below);
            return fields;
        }
    }

    private FlameGraph() {}

    /** The page as HTML. */
    public static String html(Profile profile, Counter counter) throws LabException {
        Node root = new Node("", NO_CODE);
        for (DrawableStack each : DrawableStack.of(profile, counter)) {
            CallStack stack = each.stack();
            Node node = root;
            for (int i = 0; i < stack.frames().size(); i++) {
                Frame frame = stack.frames().get(i);
                int kind = kind(stack.sites().get(i));
                node =
                        node.children.computeIfAbsent(
                                frame.function(), _ -> new Node(frame.file(), kind));
            }
            node.self += each.weight();
        }
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("samples", profile.samples());
        data.put("metric", counter.metric().replace('_', ' '));
        data.put("root", root.fields(profile.benchmark().operation()));
        String heading = ProfileTable.heading(profile, counter).strip();
        int colon = heading.indexOf(": ");
        return FlamePage.html(
                heading.substring(0, colon),
                heading.substring(colon + 2),
                rows(profile, counter),
                Documents.pretty(data));
    }

    private static int kind(long site) {
        return site == 0 ? NO_CODE : site < 0 ? KERNEL : USER;
    }

    private static List<FlamePage.Row> rows(Profile profile, Counter counter) {
        PerOperation mean = new PerOperation(profile.samples());
        long whole = profile.total(counter);
        List<FlamePage.Row> rows = new ArrayList<>();
        for (FunctionCost cost : FunctionCost.of(profile, counter)) {
            rows.add(
                    new FlamePage.Row(
                            cost.name(),
                            mean.text(cost.self()),
                            ProfileTable.share(cost.self(), whole),
                            mean.text(cost.total()),
                            ProfileTable.share(cost.total(), whole)));
        }
        return rows;
    }
}
