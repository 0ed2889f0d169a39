package org.feuerprobe.bound;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Which bounds does a YAML file declare? Strict: an unknown, missing or repeated key, a repeated
 * identifier, a claim that cannot be read are errors with file, line and column. Format: {@code
 * docs/bounds.md}.
 *
 * @param subject the kernel that the bounds speak of
 */
public record BoundsFile(String subject, List<Bound> bounds) {
    private static final int SCHEMA = 1;
    private static final int LARGEST = 1 << 20;
    private static final int DEEPEST = 16;

    public BoundsFile {
        bounds = List.copyOf(bounds);
    }

    /** Reads a file with claims in any unit. */
    public static BoundsFile read(Path file) throws BoundsFileException {
        return read(file, Set.of());
    }

    /** Reads a file with claims in these units, or any where there are none. */
    public static BoundsFile read(Path file, Set<String> units) throws BoundsFileException {
        byte[] content;
        try (InputStream in = Files.newInputStream(file)) {
            content = in.readNBytes(LARGEST + 1);
        } catch (NoSuchFileException e) {
            throw new BoundsFileException(file.toString(), "no such file");
        } catch (IOException e) {
            throw new BoundsFileException(file.toString(), "cannot be read: " + e.getMessage());
        }
        if (content.length > LARGEST) {
            throw new BoundsFileException(
                    file.toString(), "larger than %d bytes".formatted(LARGEST));
        }
        try {
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
            return new Reader(file.toString(), units).read(text);
        } catch (CharacterCodingException e) {
            throw new BoundsFileException(file.toString(), "not UTF-8 text");
        }
    }

    /** Reads text; {@code file} is for messages. */
    public static BoundsFile parse(String file, String text) throws BoundsFileException {
        return new Reader(file, Set.of()).read(text);
    }

    private static final class Reader {
        private final String file;
        private final Set<String> units;
        private final Map<String, Integer> lineOfId = new HashMap<>();

        Reader(String file, Set<String> units) {
            this.file = file;
            this.units = units;
        }

        BoundsFile read(String text) throws BoundsFileException {
            LoadSettings settings = LoadSettings.builder().setLabel(file).setUseMarks(true).build();
            Node root;
            try {
                checkDepth(settings, text);
                Optional<Node> composed = new Compose(settings).composeString(text);
                root =
                        composed.orElseThrow(
                                () -> new BoundsFileException(file, 1, 1, "the file is empty"));
            } catch (MarkedYamlEngineException e) {
                throw at(e.getProblemMark(), String.valueOf(e.getProblem()));
            } catch (ReaderException e) {
                throw unacceptable(text, e);
            } catch (YamlEngineException e) {
                throw new BoundsFileException(file, 1, 1, String.valueOf(e.getMessage()));
            }
            Map<String, Node> top =
                    mapping(root, List.of("schema", "subject", "bounds"), List.of());
            Node schema = value(top, "schema");
            if (!scalar(schema).equals(Integer.toString(SCHEMA))) {
                throw at(schema, "schema %s, want %d".formatted(scalar(schema), SCHEMA));
            }
            if (!(value(top, "bounds") instanceof SequenceNode sequence)) {
                throw at(value(top, "bounds"), "want a list of bounds");
            }
            List<Bound> bounds = new ArrayList<>();
            for (Node node : sequence.getValue()) {
                bounds.add(bound(node));
            }
            if (bounds.isEmpty()) {
                throw at(sequence, "the list of bounds is empty");
            }
            return new BoundsFile(text(top, "subject"), bounds);
        }

        /** The composer recurses into what it reads: nothing deep may reach it. */
        private void checkDepth(LoadSettings settings, String text) throws BoundsFileException {
            int depth = 0;
            for (Event event : new Parse(settings).parseString(text)) {
                if (event instanceof CollectionStartEvent) {
                    depth++;
                } else if (event instanceof CollectionEndEvent) {
                    depth--;
                }
                if (depth > DEEPEST) {
                    throw at(event.getStartMark(), "nested deeper than " + DEEPEST);
                }
            }
        }

        private BoundsFileException unacceptable(String text, ReaderException e) {
            List<String> before =
                    text.substring(0, text.offsetByCodePoints(0, e.getPosition())).lines().toList();
            return new BoundsFileException(
                    file,
                    Math.max(1, before.size()),
                    before.isEmpty() ? 1 : before.getLast().length() + 1,
                    "character U+%04X is not allowed".formatted(e.getCodePoint()));
        }

        private Bound bound(Node node) throws BoundsFileException {
            Map<String, Node> keys =
                    mapping(
                            node,
                            List.of("id", "operation", "claim", "kind", "source"),
                            List.of("mode", "note", "parts"));
            String id = text(keys, "id");
            Node idNode = value(keys, "id");
            Integer earlier = lineOfId.putIfAbsent(id, line(idNode));
            if (earlier != null) {
                throw at(
                        idNode,
                        "duplicate identifier '%s', first on line %d".formatted(id, earlier));
            }
            Map<String, Node> source =
                    mapping(value(keys, "source"), List.of("document", "section"), List.of());
            return new Bound(
                    id,
                    text(keys, "operation"),
                    claim(value(keys, "claim"), mode(keys)),
                    choice(value(keys, "kind"), Bound.Kind.class),
                    new Bound.Source(text(source, "document"), text(source, "section")),
                    keys.containsKey("note") ? text(keys, "note") : "",
                    keys.containsKey("parts") ? parts(value(keys, "parts")) : List.of());
        }

        private List<Part> parts(Node node) throws BoundsFileException {
            if (!(node instanceof SequenceNode sequence) || sequence.getValue().isEmpty()) {
                throw at(node, "want a list of parts");
            }
            List<Part> parts = new ArrayList<>();
            for (Node one : sequence.getValue()) {
                Map<String, Node> keys =
                        mapping(one, List.of("operation"), List.of("benchmark", "times"));
                try {
                    parts.add(
                            Part.of(
                                    text(keys, "operation"),
                                    keys.containsKey("benchmark") ? text(keys, "benchmark") : "",
                                    keys.containsKey("times") ? text(keys, "times") : "1"));
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
                Claim claim = Claim.parse(text, mode);
                if (!units.isEmpty() && !claim.unit().isEmpty() && !units.contains(claim.unit())) {
                    throw new ClaimSyntaxException(
                            "unknown unit '%s', want one of %s"
                                    .formatted(
                                            claim.unit(),
                                            units.stream()
                                                    .sorted()
                                                    .collect(Collectors.joining(", "))),
                            text.lastIndexOf(claim.unit()));
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
            throw at(node, "'%s' is none of %s".formatted(word, String.join(", ", words)));
        }

        private Map<String, Node> mapping(Node node, List<String> required, List<String> optional)
                throws BoundsFileException {
            if (!(node instanceof MappingNode mapping)) {
                throw at(node, "want a mapping with the keys " + String.join(", ", required));
            }
            Map<String, Node> values = new HashMap<>();
            for (NodeTuple tuple : mapping.getValue()) {
                String key = scalar(tuple.getKeyNode());
                if (!required.contains(key) && !optional.contains(key)) {
                    List<String> known = new ArrayList<>(required);
                    known.addAll(optional);
                    throw at(
                            tuple.getKeyNode(),
                            "unknown key '%s', want one of %s"
                                    .formatted(key, String.join(", ", known)));
                }
                if (values.put(key, tuple.getValueNode()) != null) {
                    throw at(tuple.getKeyNode(), "duplicate key '%s'".formatted(key));
                }
            }
            for (String key : required) {
                if (!values.containsKey(key)) {
                    throw at(node, "missing key '%s'".formatted(key));
                }
            }
            return values;
        }

        private static Node value(Map<String, Node> keys, String key) {
            Node node = keys.get(key);
            if (node == null) {
                throw new IllegalStateException("key '" + key + "' was not checked");
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

        private static int line(Node node) {
            return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
        }

        private static int column(Node node) {
            return node.getStartMark().map(mark -> mark.getColumn() + 1).orElse(1);
        }

        private BoundsFileException at(Node node, String message) {
            return new BoundsFileException(file, line(node), column(node), message);
        }

        private BoundsFileException at(Optional<Mark> mark, String message) {
            return new BoundsFileException(
                    file,
                    mark.map(m -> m.getLine() + 1).orElse(1),
                    mark.map(m -> m.getColumn() + 1).orElse(1),
                    message);
        }
    }
}
