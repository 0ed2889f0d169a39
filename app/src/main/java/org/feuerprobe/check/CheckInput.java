package org.feuerprobe.check;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.feuerprobe.bound.Claim;
import org.feuerprobe.bound.ClaimSyntaxException;
import org.feuerprobe.exchange.ForeignData;
import org.feuerprobe.exchange.ForeignData.Format;
import org.feuerprobe.exchange.ForeignFormatException;
import org.feuerprobe.exchange.ForeignOptions;
import org.feuerprobe.exchange.ForeignText;
import org.feuerprobe.exchange.FormatGuess;
import org.feuerprobe.exchange.MeasuredSet;

/**
 * The input of {@code check}: files or standard input, all in one format. Our JSON Lines from a
 * single file are read line by line, so that memory does not grow with the input. Everything else
 * is read completely. Several files count as several boots.
 *
 * @param format the format; empty to detect it from the input
 * @param bound the claim for data sets without one; may be empty
 * @param value the column of a table with the measured values
 * @param only accepts the names of the data sets to decide
 */
public record CheckInput(
        Optional<String> format, String bound, Optional<String> value, Predicate<String> only) {
    /** The name of our own format. */
    public static final String OURS = "jsonl";

    /** Number of bytes that are enough to detect the format. */
    private static final int HEAD = 1 << 16;

    private static final int LARGEST_FILE = 1 << 30;

    /**
     * Thrown if the whole input cannot be used; the message says what is wrong, where, and what to
     * do.
     */
    public static final class UnreadableInputException extends Exception {
        UnreadableInputException(String message) {
            super(message);
        }
    }

    /** The opened input: lines to read, or data sets. */
    public sealed interface Found {
        /** Lines in our format, which the caller reads. */
        record Lines(BufferedReader reader) implements Found {}

        /** All data sets; an entry may be one that cannot be used. */
        record Sets(List<Entry> entries) implements Found {}
    }

    /**
     * A data set of a file that was read completely.
     *
     * @param id name of the data set, or its place
     * @param line the data set; empty if it cannot be used
     * @param error why it cannot be used; empty if it can
     */
    public record Entry(String id, Optional<CheckLine> line, String error) {}

    /**
     * Opens the input.
     *
     * @param files names of files; {@code -} stands for {@code standardInput}
     */
    public Found open(List<String> files, InputStream standardInput)
            throws UnreadableInputException, IOException {
        if (files.size() == 1 && format.orElse(OURS).equals(OURS)) {
            BufferedInputStream stream =
                    new BufferedInputStream(stream(files.getFirst(), standardInput), HEAD);
            stream.mark(HEAD);
            byte[] head = stream.readNBytes(HEAD - 1);
            stream.reset();
            Charset charset = ForeignText.charset(head);
            if (head.length > 0 && (format.isPresent() || isOurs(new String(head, charset)))) {
                return new Found.Lines(withoutMark(stream, charset));
            }
            return whole(List.of(text(files.getFirst(), stream)));
        }
        List<ForeignData.Source> sources = new ArrayList<>();
        for (String file : files) {
            sources.add(text(file, stream(file, standardInput)));
        }
        return whole(sources);
    }

    private static boolean isOurs(String head) {
        String text = head.startsWith("\ufeff") ? head.substring(1) : head;
        if (text.lines().anyMatch(FormatGuess::isOurLine)) {
            return true;
        }
        String first = text.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
        return text.length() >= HEAD / 2 && first.startsWith("{\"") && first.contains("\"points\"");
    }

    private static BufferedReader withoutMark(InputStream stream, Charset charset)
            throws IOException {
        BufferedReader reader = new BufferedReader(new InputStreamReader(stream, charset), HEAD);
        reader.mark(1);
        if (reader.read() != '\ufeff') {
            reader.reset();
        }
        return reader;
    }

    private static ForeignData.Source text(String file, InputStream stream)
            throws UnreadableInputException, IOException {
        try (stream) {
            return new ForeignData.Source(
                    shown(file),
                    ForeignText.read(
                            stream,
                            LARGEST_FILE,
                            "larger than 1 GiB: convert it to JSON Lines (docs/check.md)"));
        } catch (ForeignFormatException e) {
            throw new UnreadableInputException(shown(file) + ": " + e.getMessage());
        }
    }

    private Found whole(List<ForeignData.Source> sources) throws UnreadableInputException {
        if (sources.stream().allMatch(source -> source.text().isBlank())) {
            throw new UnreadableInputException(
                    "%s: empty: there is nothing to decide".formatted(sources.getFirst().file()));
        }
        Optional<Format> foreign = foreign(sources);
        return new Found.Sets(foreign.isEmpty() ? ours(sources) : theirs(foreign.get(), sources));
    }

    private Optional<Format> foreign(List<ForeignData.Source> sources)
            throws UnreadableInputException {
        if (format.isEmpty()) {
            try {
                return FormatGuess.of(sources.getFirst().text());
            } catch (ForeignFormatException e) {
                throw new UnreadableInputException(
                        sources.getFirst().file() + ": " + e.getMessage());
            }
        }
        if (format.get().equals(OURS)) {
            return Optional.empty();
        }
        return Optional.of(
                Format.of(format.get())
                        .orElseThrow(() ->
                                new UnreadableInputException(
                                        "unknown format '%s', want: %s, %s"
                                                .formatted(format.get(), OURS, Format.words()))));
    }

    private List<Entry> theirs(Format foreign, List<ForeignData.Source> sources)
            throws UnreadableInputException {
        try {
            Optional<Claim> claim =
                    bound.isEmpty()
                            ? Optional.empty()
                            : Optional.of(Claim.parse(bound, Claim.Mode.UPPER));
            Set<String> parameters = claim.map(CheckInput::parameters).orElse(Set.of());
            boolean growth = claim.filter(Claim.Asymptotic.class::isInstance).isPresent();
            List<MeasuredSet> sets =
                    ForeignData.read(
                            foreign, sources, new ForeignOptions(value, parameters, growth));
            List<MeasuredSet> wanted =
                    sets.stream().filter(set -> only.test(set.data().name())).toList();
            if (wanted.isEmpty()) {
                throw new UnreadableInputException(
                        "%s: --only matches none of: %s"
                                .formatted(
                                        sources.getFirst().file(),
                                        String.join(
                                                ", ",
                                                sets.stream()
                                                        .map(set -> set.data().name())
                                                        .distinct()
                                                        .toList())));
            }
            if (claim.isEmpty() && wanted.stream().allMatch(set -> set.bound().isEmpty())) {
                throw new UnreadableInputException(
                        "%s has no claims (format %s): add one with --bound 'O(n)'"
                                .formatted(sources.getFirst().file(), foreign.word()));
            }
            List<Entry> entries = new ArrayList<>();
            for (MeasuredSet set :
                    claim.isPresent() ? ForeignData.inUnitOf(claim.get(), wanted) : wanted) {
                entries.add(entry(set));
            }
            return entries;
        } catch (ForeignFormatException e) {
            throw new UnreadableInputException(String.valueOf(e.getMessage()));
        } catch (ClaimSyntaxException e) {
            throw new UnreadableInputException(
                    "--bound '%s': %s (character %d)"
                            .formatted(bound, e.getMessage(), e.offset() + 1));
        }
    }

    private static Set<String> parameters(Claim claim) {
        return claim instanceof Claim.Asymptotic asymptotic
                ? asymptotic.expression().parameters()
                : Set.of();
    }

    private Entry entry(MeasuredSet set) {
        String id = set.data().name();
        try {
            return new Entry(id, Optional.of(CheckLine.of(set, bound)), "");
        } catch (CheckLine.MalformedLineException e) {
            return new Entry(id, Optional.empty(), String.valueOf(e.getMessage()));
        }
    }

    /**
     * Reads our own format. In several files, lines with the same id, metric and claim are boots of
     * one data set.
     */
    private List<Entry> ours(List<ForeignData.Source> sources) {
        record Key(String id, String metric, String claim) {}

        Map<Object, Entry> entries = new LinkedHashMap<>();
        for (ForeignData.Source source : sources) {
            List<String> lines =
                    isOneObject(source.text())
                            ? List.of(source.text())
                            : source.text().lines().toList();
            for (int i = 0; i < lines.size(); i++) {
                if (lines.get(i).isBlank()) {
                    continue;
                }
                String where = "%s: line %d".formatted(source.file(), i + 1);
                try {
                    CheckLine line = CheckLine.parse(lines.get(i), bound);
                    Object key =
                            sources.size() > 1 && line.id().isValueNode()
                                    ? new Key(
                                            line.id().asString(""),
                                            line.data().metric(),
                                            line.claim().toString())
                                    : where;
                    entries.merge(
                            key,
                            new Entry(where, Optional.of(line), ""),
                            (before, now) ->
                                    new Entry(
                                            before.id(), before.line().map(l -> l.and(line)), ""));
                } catch (CheckLine.MalformedLineException e) {
                    entries.put(
                            where,
                            new Entry(where, Optional.empty(), String.valueOf(e.getMessage())));
                }
            }
        }
        return List.copyOf(entries.values());
    }

    /**
     * Whether the text is one object over several lines, as a person or a pretty printer writes it.
     */
    private static boolean isOneObject(String text) {
        String first = text.strip().lines().findFirst().orElse("");
        return first.startsWith("{") && !first.endsWith("}");
    }

    private static String shown(String file) {
        return file.equals("-") ? "standard input" : file;
    }

    private static InputStream stream(String file, InputStream standardInput)
            throws UnreadableInputException {
        if (file.equals("-")) {
            return standardInput;
        }
        try {
            Path path = Path.of(file);
            if (!Files.isReadable(path) || Files.isDirectory(path)) {
                throw new UnreadableInputException(
                        file + ": " + (Files.exists(path) ? "cannot be read" : "no such file"));
            }
            return Files.newInputStream(path);
        } catch (IOException e) {
            throw new UnreadableInputException(file + ": " + e.getMessage());
        } catch (InvalidPathException e) {
            throw new UnreadableInputException(
                    file + ": this locale cannot spell the name: set LC_ALL=C.UTF-8");
        }
    }
}
