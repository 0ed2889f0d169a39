package org.feuerprobe.bound;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.feuerprobe.yaml.MalformedYamlException;
import org.feuerprobe.yaml.YamlTree;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Parser of a bounds file, which collects all errors in it. It is used once. */
final class BoundsReader {
    private static final int SCHEMA = 1;

    private final String file;
    private final Set<String> units;
    private final Map<String, Integer> lineOfId = new HashMap<>();
    private final Map<String, BoundsFile.Written> places = new HashMap<>();
    private final List<BoundsFileException.Problem> problems = new ArrayList<>();

    BoundsReader(String file, Set<String> units) {
        this.file = file;
        this.units = units;
    }

    BoundsFile read(String text) throws BoundsFileException {
        Node root;
        try {
            root = YamlTree.compose(file, text);
        } catch (MalformedYamlException e) {
            throw new BoundsFileException(
                    file, e.line(), e.column(), String.valueOf(e.getMessage()));
        }
        Optional<BoundsFile> content = attempt(() -> content(root));
        if (!problems.isEmpty()) {
            throw new BoundsFileException(file, problems);
        }
        return content.orElseThrow();
    }

    private BoundsFile content(Node root) throws BoundsFileException {
        Map<String, Node> top =
                mapping(
                        root,
                        List.of("schema", "subject", "bounds"),
                        List.of("published", "proved"));
        Optional<String> subject = attempt(() -> text(top, "subject"));
        Node schema = value(top, "schema");
        if (!scalar(schema).equals(Integer.toString(SCHEMA))) {
            throw at(schema, "schema %s, want %d".formatted(scalar(schema), SCHEMA));
        }
        if (!(value(top, "bounds") instanceof SequenceNode sequence)) {
            throw at(value(top, "bounds"), "want a list of bounds");
        }
        List<Bound> bounds = new ArrayList<>();
        for (Node node : sequence.getValue()) {
            attempt(() -> bound(node)).ifPresent(bounds::add);
        }
        if (sequence.getValue().isEmpty()) {
            throw at(sequence, "the list of bounds is empty");
        }
        Optional<Map<String, List<String>>> published =
                attempt(() ->
                        top.containsKey("published")
                                ? published(value(top, "published"), bounds)
                                : Map.of());
        Optional<Map<String, ProofTie>> proved =
                attempt(() ->
                        top.containsKey("proved")
                                ? proved(value(top, "proved"), bounds)
                                : Map.of());
        return new BoundsFile(
                subject.orElse(""),
                bounds,
                places,
                published.orElse(Map.of()),
                proved.orElse(Map.of()));
    }

    /** The published operations that are similar to operations of the bounds. */
    private Map<String, List<String>> published(Node node, List<Bound> bounds)
            throws BoundsFileException {
        Map<String, List<String>> published = new HashMap<>();
        for (Node one : list(node, "want a list of published operations")) {
            Map<String, Node> keys = mapping(one, List.of("operation", "similar"), List.of());
            List<String> similar = new ArrayList<>();
            for (Node name : list(value(keys, "similar"), "want a list of names")) {
                similar.add(scalar(name));
            }
            put(published, keys, bounds, List.copyOf(similar));
        }
        return published;
    }

    /** The functions whose proved worst cases limit operations of the bounds. */
    private Map<String, ProofTie> proved(Node node, List<Bound> bounds) throws BoundsFileException {
        Map<String, ProofTie> proved = new HashMap<>();
        for (Node one : list(node, "want a list of operations and functions")) {
            Map<String, Node> keys =
                    mapping(one, List.of("operation", "function"), List.of("plus", "with"));
            long plus = keys.containsKey("plus") ? whole(value(keys, "plus")) : 1;
            Map<String, String> with = new HashMap<>();
            if (keys.containsKey("with")) {
                if (!(value(keys, "with") instanceof MappingNode mapping)) {
                    throw at(value(keys, "with"), "want a mapping of the law's parameters: {N: 0}");
                }
                for (NodeTuple tuple : mapping.getValue()) {
                    with.put(scalar(tuple.getKeyNode()), scalar(tuple.getValueNode()));
                }
            }
            put(proved, keys, bounds, new ProofTie(text(keys, "function"), plus, with));
        }
        return proved;
    }

    private long whole(Node node) throws BoundsFileException {
        String text = scalar(node);
        if (!text.matches("[0-9]{1,9}")) {
            throw at(node, "'%s': want a whole number of instructions".formatted(text));
        }
        return Long.parseLong(text);
    }

    /** Puts what the file says about an operation of its bounds. */
    private <T> void put(Map<String, T> all, Map<String, Node> keys, List<Bound> bounds, T one)
            throws BoundsFileException {
        String operation = text(keys, "operation");
        Set<String> operations = Bound.operations(bounds);
        if (!operations.contains(operation)) {
            problem(
                    value(keys, "operation"),
                    "no bound of this file is about '%s'%s"
                            .formatted(operation, NearNames.hint(operation, operations)));
        }
        if (all.putIfAbsent(operation, one) != null) {
            problem(value(keys, "operation"), "duplicate operation '%s'".formatted(operation));
        }
    }

    private List<Node> list(Node node, String wanted) throws BoundsFileException {
        if (!(node instanceof SequenceNode sequence) || sequence.getValue().isEmpty()) {
            throw at(node, wanted);
        }
        return sequence.getValue();
    }

    /** Reads one part of a bound; throws if it is malformed. */
    @FunctionalInterface
    private interface Piece<T> {
        T read() throws BoundsFileException;
    }

    /** Reads a part, or records its errors, so that one run shows all errors. */
    private <T> Optional<T> attempt(Piece<T> piece) {
        try {
            return Optional.of(piece.read());
        } catch (BoundsFileException e) {
            problems.addAll(e.problems());
            return Optional.empty();
        }
    }

    private Bound bound(Node node) throws BoundsFileException {
        int before = problems.size();
        Map<String, Node> keys =
                mapping(
                        node,
                        List.of("id", "operation", "claim", "kind", "source"),
                        List.of("mode", "note", "parts"));
        Optional<String> id = attempt(() -> identifier(keys));
        Optional<String> operation = attempt(() -> text(keys, "operation"));
        Optional<Claim.Mode> mode = attempt(() -> mode(keys));
        Optional<Claim> claim =
                attempt(() -> claim(value(keys, "claim"), mode.orElse(Claim.Mode.UPPER)));
        Optional<Bound.Kind> kind = attempt(() -> choice(value(keys, "kind"), Bound.Kind.class));
        Optional<Bound.Source> source = attempt(() -> source(value(keys, "source")));
        Optional<String> note = attempt(() -> keys.containsKey("note") ? text(keys, "note") : "");
        List<BoundsFile.Place> partPlaces = new ArrayList<>();
        Optional<List<Part>> parts =
                attempt(() ->
                        keys.containsKey("parts")
                                ? parts(value(keys, "parts"), partPlaces)
                                : List.of());
        if (problems.size() > before) {
            throw known();
        }
        places.put(
                id.orElseThrow(),
                new BoundsFile.Written(
                        place(value(keys, "operation")), place(value(keys, "claim")), partPlaces));
        return new Bound(
                id.orElseThrow(),
                operation.orElseThrow(),
                claim.orElseThrow(),
                kind.orElseThrow(),
                source.orElseThrow(),
                note.orElseThrow(),
                parts.orElseThrow());
    }

    private String identifier(Map<String, Node> keys) throws BoundsFileException {
        String id = text(keys, "id");
        Node node = value(keys, "id");
        Integer earlier = lineOfId.putIfAbsent(id, line(node));
        if (earlier != null) {
            throw at(node, "duplicate identifier '%s', first on line %d".formatted(id, earlier));
        }
        return id;
    }

    private Bound.Source source(Node node) throws BoundsFileException {
        Map<String, Node> keys = mapping(node, List.of("document", "section"), List.of());
        return new Bound.Source(text(keys, "document"), text(keys, "section"));
    }

    private List<Part> parts(Node node, List<BoundsFile.Place> partPlaces)
            throws BoundsFileException {
        List<Part> parts = new ArrayList<>();
        for (Node one : list(node, "want a list of parts")) {
            Map<String, Node> keys =
                    mapping(one, List.of("operation"), List.of("benchmark", "times"));
            try {
                parts.add(
                        Part.of(
                                text(keys, "operation"),
                                keys.containsKey("benchmark") ? text(keys, "benchmark") : "",
                                keys.containsKey("times") ? text(keys, "times") : "1"));
                partPlaces.add(place(value(keys, "operation")));
            } catch (ClaimSyntaxException e) {
                throw at(value(keys, "times"), "bad times: " + e.getMessage());
            }
        }
        return parts;
    }

    private Claim.Mode mode(Map<String, Node> keys) throws BoundsFileException {
        return keys.containsKey("mode")
                ? choice(value(keys, "mode"), Claim.Mode.class)
                : Claim.Mode.UPPER;
    }

    private Claim claim(Node node, Claim.Mode mode) throws BoundsFileException {
        String text = scalar(node);
        try {
            Claim claim = Claim.parse(text, mode).inDecidedUnit();
            if (!units.isEmpty()) {
                claim.requireUnitOf(units, text);
            }
            return claim;
        } catch (ClaimSyntaxException e) {
            throw new BoundsFileException(
                    file,
                    line(node),
                    column(node) + e.offset() + quote(node),
                    "bad claim '%s': %s".formatted(text, e.getMessage()));
        }
    }

    private static int quote(Node node) {
        return node instanceof ScalarNode scalar && !scalar.isPlain() ? 1 : 0;
    }

    private <E extends Enum<E>> E choice(Node node, Class<E> type) throws BoundsFileException {
        String word = scalar(node);
        for (E constant : type.getEnumConstants()) {
            if (constant.name().toLowerCase(Locale.ROOT).equals(word)) {
                return constant;
            }
        }
        List<String> words = new ArrayList<>();
        for (E constant : type.getEnumConstants()) {
            words.add(constant.name().toLowerCase(Locale.ROOT));
        }
        throw at(
                node,
                "'%s' is none of %s%s"
                        .formatted(word, String.join(", ", words), NearNames.hint(word, words)));
    }

    private Map<String, Node> mapping(Node node, List<String> required, List<String> optional)
            throws BoundsFileException {
        if (!(node instanceof MappingNode mapping)) {
            throw at(node, "want a mapping with the keys " + String.join(", ", required));
        }
        Map<String, Node> values = new HashMap<>();
        List<String> known = new ArrayList<>(required);
        known.addAll(optional);
        List<String> meant = new ArrayList<>();
        for (NodeTuple tuple : mapping.getValue()) {
            Node keyNode = tuple.getKeyNode();
            String key = scalar(keyNode);
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
        List<String> missing =
                required.stream()
                        .filter(key -> !values.containsKey(key) && !meant.contains(key))
                        .toList();
        if (!missing.isEmpty()) {
            problem(
                    node,
                    "missing key%s '%s'"
                            .formatted(
                                    missing.size() == 1 ? "" : "s", String.join("', '", missing)));
        }
        return values;
    }

    /** The value of a key. If a required key is missing, that is already among the problems. */
    private Node value(Map<String, Node> keys, String key) throws BoundsFileException {
        Node node = keys.get(key);
        if (node == null) {
            throw known();
        }
        return node;
    }

    private String text(Map<String, Node> keys, String key) throws BoundsFileException {
        String text = scalar(value(keys, key));
        if (text.isBlank()) {
            throw at(value(keys, key), "'%s' is empty".formatted(key));
        }
        return text;
    }

    private String scalar(Node node) throws BoundsFileException {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        throw at(node, "want plain text");
    }

    private void problem(Node node, String text) {
        problems.add(new BoundsFileException.Problem(place(node), text));
    }

    /** Ends the reading of a bound whose problems were already recorded. */
    private BoundsFileException known() {
        return new BoundsFileException(file, List.of());
    }

    private static BoundsFile.Place place(Node node) {
        return new BoundsFile.Place(line(node), column(node));
    }

    private static int line(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }

    private static int column(Node node) {
        return node.getStartMark().map(mark -> mark.getColumn() + 1).orElse(1);
    }

    private BoundsFileException at(Node node, String message) {
        return new BoundsFileException(file, line(node), column(node), message);
    }
}
