package org.feuerprobe.schedule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.feuerprobe.bound.NearNames;
import org.feuerprobe.yaml.MalformedYamlException;
import org.feuerprobe.yaml.YamlTree;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Values of a YAML file with their places. It collects problems, so that one run shows all. */
final class YamlNodes {
    private final String file;
    private final List<SetException.Problem> problems = new ArrayList<>();

    YamlNodes(String file) {
        this.file = file;
    }

    Node root(String text) throws SetException {
        try {
            return YamlTree.compose(file, text);
        } catch (MalformedYamlException e) {
            throw new SetException(
                    file, e.line(), e.column(), String.valueOf(e.getMessage()).replace('\n', ' '));
        }
    }

    /** The keys of a mapping. Unknown, repeated and missing ones are problems. */
    Map<String, Node> mapping(Node node, List<String> required, List<String> optional) {
        Map<String, Node> values = new HashMap<>();
        if (!(node instanceof MappingNode mapping)) {
            problem(node, "want a mapping with the keys " + String.join(", ", required));
            return values;
        }
        List<String> known = new ArrayList<>(required);
        known.addAll(optional);
        List<String> meant = new ArrayList<>();
        for (NodeTuple tuple : mapping.getValue()) {
            Node keyNode = tuple.getKeyNode();
            String key = keyNode instanceof ScalarNode scalar ? scalar.getValue() : "";
            if (!known.contains(key)) {
                NearNames.nearest(key, known).ifPresent(meant::add);
                problem(
                        keyNode,
                        "unknown key '%s', want one of %s%s"
                                .formatted(
                                        key, String.join(", ", known), NearNames.hint(key, known)));
            } else if (values.put(key, tuple.getValueNode()) != null) {
                problem(keyNode, "duplicate key '%s'".formatted(key));
            }
        }
        for (String key : required) {
            if (!values.containsKey(key) && !meant.contains(key)) {
                problem(node, "missing key '%s'".formatted(key));
            }
        }
        return values;
    }

    /** The items of a list that is not empty. */
    List<Node> items(Node node, String what) {
        if (node instanceof SequenceNode sequence && !sequence.getValue().isEmpty()) {
            return sequence.getValue();
        }
        problem(node, "want a list of " + what);
        return List.of();
    }

    /** Text that is not blank, or a problem. */
    Optional<String> text(Map<String, Node> keys, String key) {
        Node node = keys.get(key);
        if (node == null) {
            return Optional.empty();
        }
        if (node instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
            return Optional.of(scalar.getValue());
        }
        problem(node, "'%s': want plain text".formatted(key));
        return Optional.empty();
    }

    /** A whole number in a range, or a problem. */
    Optional<Long> number(Map<String, Node> keys, String key, long least, long most) {
        Optional<String> text = text(keys, key);
        if (text.isPresent()) {
            String digits = text.get().replace("_", "");
            if (digits.matches("[0-9]{1,18}")) {
                long value = Long.parseLong(digits);
                if (least <= value && value <= most) {
                    return Optional.of(value);
                }
            }
            problem(
                    keys,
                    key,
                    String.format(
                            Locale.ROOT,
                            "'%s' is %s, want a whole number of %,d to %,d",
                            key,
                            text.get(),
                            least,
                            most));
        }
        return Optional.empty();
    }

    /** One of some words, or a problem. */
    Optional<String> word(Map<String, Node> keys, String key, List<String> words) {
        Optional<String> text = text(keys, key);
        if (text.isPresent() && !words.contains(text.get())) {
            problem(
                    keys,
                    key,
                    "'%s' is '%s', want one of %s%s"
                            .formatted(
                                    key,
                                    text.get(),
                                    String.join(", ", words),
                                    NearNames.hint(text.get(), words)));
            return Optional.empty();
        }
        return text;
    }

    /** A problem with the value of a key, if there is one. */
    void problem(Map<String, Node> keys, String key, String text) {
        Node node = keys.get(key);
        if (node != null) {
            problem(node, text);
        }
    }

    void problem(Node node, String text) {
        problems.add(
                new SetException.Problem(
                        node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1),
                        node.getStartMark().map(mark -> mark.getColumn() + 1).orElse(1),
                        text));
    }

    /** How many problems there are so far. */
    int count() {
        return problems.size();
    }

    /** Throws the problems, if there are any. */
    void end() throws SetException {
        if (!problems.isEmpty()) {
            throw new SetException(file, problems);
        }
    }
}
