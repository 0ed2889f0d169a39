package org.feuerprobe.schedule;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Reader of a task set in YAML ({@code docs/real-time.md}). It is strict: an unknown, missing or
 * repeated key, and a value that makes no sense, is an error with its place.
 */
public final class SetReader {
    private static final String SCHEMA = "1";
    private static final long MOST_PRIORITY = 1_000_000;
    private static final String NAME = "[A-Za-z0-9_.+-]{1,40}";

    private final YamlNodes nodes;
    private final Set<String> names = new HashSet<>();

    private SetReader(String file) {
        this.nodes = new YamlNodes(file);
    }

    /** Reads a set. {@code file} is its name for messages. */
    public static TaskSet read(String file, String text) throws SetException {
        return new SetReader(file).set(text);
    }

    private TaskSet set(String text) throws SetException {
        Node root = nodes.root(text);
        Map<String, Node> top =
                nodes.mapping(root, List.of("schema", "policy", "tasks"), List.of("kernel"));
        nodes.word(top, "schema", List.of(SCHEMA));
        Optional<String> policy = nodes.word(top, "policy", List.of("fp", "edf"));
        KernelCosts costs = KernelCosts.NONE;
        Node kernel = top.get("kernel");
        if (kernel != null) {
            Map<String, Node> keys =
                    nodes.mapping(kernel, List.of(), List.of("release", "completion", "masked"));
            costs =
                    new KernelCosts(
                            number(keys, "release", 0),
                            number(keys, "completion", 0),
                            number(keys, "masked", 0));
        }
        List<Task> tasks = new ArrayList<>();
        Node list = top.get("tasks");
        if (list != null) {
            List<Node> items = nodes.items(list, "tasks");
            if (items.size() > TaskSet.MOST_TASKS) {
                nodes.problem(
                        list,
                        "%d tasks, want at most %d".formatted(items.size(), TaskSet.MOST_TASKS));
            }
            for (Node item : items) {
                task(item, policy.orElse("fp").equals("fp")).ifPresent(tasks::add);
            }
            checkPriorities(list, tasks);
        }
        nodes.end();
        return new TaskSet(
                policy.orElseThrow().equals("fp") ? Policy.FP : Policy.EDF, costs, tasks);
    }

    private void checkPriorities(Node list, List<Task> tasks) {
        long given = tasks.stream().filter(task -> task.priority().isPresent()).count();
        if (given != 0 && given != tasks.size()) {
            nodes.problem(list, "give every task a priority, or none");
        }
    }

    private long number(Map<String, Node> keys, String key, long otherwise) {
        return nodes.number(keys, key, 0, TaskSet.LARGEST).orElse(otherwise);
    }

    private Optional<Task> task(Node node, boolean fixed) {
        int before = nodes.count();
        Map<String, Node> keys =
                nodes.mapping(
                        node,
                        List.of("name", "cost", "period"),
                        List.of("kind", "deadline", "jitter", "offset", "priority", "sections"));
        Optional<String> name = nodes.text(keys, "name");
        if (name.isPresent() && !name.get().matches(NAME)) {
            nodes.problem(
                    keys,
                    "name",
                    "name '%s': want 1 to 40 letters, digits and . _ + -".formatted(name.get()));
        } else if (name.isPresent() && !names.add(name.get())) {
            nodes.problem(keys, "name", "duplicate task '%s'".formatted(name.get()));
        }
        boolean sporadic =
                nodes.word(keys, "kind", List.of("periodic", "sporadic"))
                        .orElse("periodic")
                        .equals("sporadic");
        Optional<Long> cost = nodes.number(keys, "cost", 1, TaskSet.LARGEST);
        Optional<Long> period = nodes.number(keys, "period", 1, TaskSet.LARGEST);
        Optional<Long> deadline = nodes.number(keys, "deadline", 1, TaskSet.LARGEST);
        Optional<Long> priority = nodes.number(keys, "priority", 1, MOST_PRIORITY);
        if (priority.isPresent() && !fixed) {
            nodes.problem(keys, "priority", "policy edf has no priorities: remove this key");
        }
        long jitter = number(keys, "jitter", 0);
        long offset = number(keys, "offset", 0);
        List<Section> sections =
                keys.containsKey("sections")
                        ? sections(keys.get("sections"), cost.orElse(Long.MAX_VALUE))
                        : List.of();
        if (nodes.count() > before || cost.isEmpty() || period.isEmpty() || name.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Task(
                        name.get(),
                        sporadic,
                        cost.get(),
                        period.get(),
                        deadline.orElse(period.get()),
                        jitter,
                        offset,
                        priority.isEmpty()
                                ? OptionalInt.empty()
                                : OptionalInt.of(priority.get().intValue()),
                        sections));
    }

    private List<Section> sections(Node list, long cost) {
        List<Section> sections = new ArrayList<>();
        Map<Section, Node> places = new HashMap<>();
        for (Node item : nodes.items(list, "sections")) {
            Map<String, Node> keys =
                    nodes.mapping(item, List.of("resource", "length"), List.of("at"));
            Optional<String> resource = nodes.text(keys, "resource");
            Optional<Long> length = nodes.number(keys, "length", 1, TaskSet.LARGEST);
            if (resource.isEmpty() || length.isEmpty()) {
                continue;
            }
            Section section = new Section(resource.get(), number(keys, "at", 0), length.get());
            if (section.end() > cost) {
                nodes.problem(
                        item,
                        "the section ends at %d, after the job's cost of %d"
                                .formatted(section.end(), cost));
            }
            sections.add(section);
            places.put(section, item);
        }
        sections.sort(Comparator.comparingLong(Section::at));
        for (int i = 1; i < sections.size(); i++) {
            if (sections.get(i).at() < sections.get(i - 1).end()) {
                nodes.problem(
                        places.getOrDefault(sections.get(i), list),
                        "sections of '%s' and '%s' overlap: nesting is not supported"
                                .formatted(
                                        sections.get(i - 1).resource(),
                                        sections.get(i).resource()));
            }
        }
        return sections;
    }
}
