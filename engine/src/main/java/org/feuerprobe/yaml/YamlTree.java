package org.feuerprobe.yaml;

import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.parser.Parser;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** Composer of the one document in a file. */
public final class YamlTree {
    private static final int DEEPEST = 16;

    private YamlTree() {}

    /** The document's root, with the place of each node. {@code file} is its name for messages. */
    public static Node compose(String file, String text) throws MalformedYamlException {
        LoadSettings settings = LoadSettings.builder().setLabel(file).setUseMarks(true).build();
        try {
            checkDepth(settings, text);
            return new Composer(settings, parser(settings, text))
                    .getSingleNode()
                    .orElseThrow(() -> new MalformedYamlException(1, 1, "the file is empty"));
        } catch (MarkedYamlEngineException e) {
            throw at(e.getProblemMark(), problem(String.valueOf(e.getProblem())));
        } catch (ReaderException e) {
            throw unacceptable(text, e);
        } catch (YamlEngineException e) {
            throw new MalformedYamlException(1, 1, String.valueOf(e.getMessage()));
        }
    }

    /** The library's text; what a wrong indentation usually causes says so. */
    private static String problem(String text) {
        return text.startsWith("expected <block end>")
                ? text
                        + ": check the indentation, because the entries of a list begin in one column"
                : text;
    }

    private static Parser parser(LoadSettings settings, String text) {
        return new ParserImpl(settings, new StreamReader(settings, text));
    }

    /** Limits the nesting, because the composer is recursive. */
    private static void checkDepth(LoadSettings settings, String text)
            throws MalformedYamlException {
        int depth = 0;
        Parser events = parser(settings, text);
        while (events.hasNext()) {
            Event event = events.next();
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

    private static MalformedYamlException unacceptable(String text, ReaderException e) {
        List<String> before =
                text.substring(0, text.offsetByCodePoints(0, e.getPosition())).lines().toList();
        return new MalformedYamlException(
                Math.max(1, before.size()),
                before.isEmpty() ? 1 : before.getLast().length() + 1,
                "character U+%04X is not allowed".formatted(e.getCodePoint()));
    }

    private static MalformedYamlException at(Optional<Mark> mark, String message) {
        return new MalformedYamlException(
                mark.map(m -> m.getLine() + 1).orElse(1),
                mark.map(m -> m.getColumn() + 1).orElse(1),
                message);
    }
}
