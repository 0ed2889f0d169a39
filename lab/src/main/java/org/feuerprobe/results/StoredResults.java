package org.feuerprobe.results;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.feuerprobe.archive.BlockFormatException;
import org.feuerprobe.archive.PlainFile;
import org.feuerprobe.archive.SampleLines;
import org.feuerprobe.archive.SampleReader;
import org.feuerprobe.archive.Seal;
import org.feuerprobe.json.ForeignText;
import org.feuerprobe.json.Json;
import org.feuerprobe.json.MalformedJsonException;
import org.feuerprobe.sample.Measurement;

/**
 * Reader of a results folder: {@code manifest.json}, {@code verdicts.json} and the values. A
 * partial or damaged folder is never read as another one. Errors with their place are in the {@link
 * UnreadableResultsException}. Format: {@code docs/results.md}.
 */
public final class StoredResults {
    static final int MOST_VALUES = 50_000_000;

    private StoredResults() {}

    /** Thrown if the folder is missing, incomplete or not ours. The message says what to do. */
    public static final class UnreadableResultsException extends Exception {
        UnreadableResultsException(String message) {
            super(message);
        }
    }

    /** Reads a folder, of any format ever written. */
    public static StoredCampaign read(Path folder) throws UnreadableResultsException {
        if (!Files.isDirectory(folder)) {
            throw new UnreadableResultsException(
                    folder
                            + ": "
                            + (Files.exists(folder) ? "is not a folder" : "no such folder")
                            + ": name one that feuerprobe validate wrote");
        }
        boolean sealed = checkSeal(folder);
        Json manifest = document(folder.resolve("manifest.json"), Documents.FOLDER_SCHEMA);
        if (!sealed && manifest.whole("schema") > 1) {
            throw new UnreadableResultsException(
                    folder
                            + ": is incomplete: it has no seal, which is written last: measure again, or"
                            + " copy the whole folder");
        }
        return StoredReader.campaign(
                folder,
                manifest,
                document(folder.resolve("verdicts.json"), Documents.SCHEMA),
                samples(folder, sealed));
    }

    /** Checks the seal, and every file against it. Returns whether the folder has a seal. */
    private static boolean checkSeal(Path folder) throws UnreadableResultsException {
        if (!Seal.exists(folder)) {
            return false;
        }
        try {
            Seal.read(folder).check(folder);
            return true;
        } catch (BlockFormatException e) {
            throw new UnreadableResultsException(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw unreadable(folder.resolve(Seal.NAME), e);
        }
    }

    private static List<Measurement> samples(Path folder, boolean sealed)
            throws UnreadableResultsException {
        Path file = folder.resolve(sealed ? Documents.SAMPLES : "samples.jsonl");
        try {
            List<Measurement> read = sealed ? SampleReader.read(file) : SampleLines.read(file);
            List<Measurement> measurements = read.stream().map(StoredResults::named).toList();
            long values =
                    measurements.stream()
                            .flatMap(measurement -> measurement.boots().stream())
                            .mapToLong(boot -> boot.operation().length)
                            .sum();
            if (values > MOST_VALUES) {
                throw new UnreadableResultsException(
                        file + ": more than " + MOST_VALUES + " values");
            }
            return measurements;
        } catch (BlockFormatException e) {
            throw new UnreadableResultsException(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /** Reads what was decided, without the samples. */
    public static StoredCampaign decisions(Path folder) throws UnreadableResultsException {
        return StoredReader.campaign(
                folder,
                document(folder.resolve("manifest.json"), Documents.FOLDER_SCHEMA),
                document(folder.resolve("verdicts.json"), Documents.SCHEMA),
                List.of());
    }

    /** The measurement with the names that it would have if it were written and read again. */
    static Measurement named(Measurement measurement) {
        SequencedMap<String, Long> at = new LinkedHashMap<>();
        measurement.parameters().forEach((name, value) -> at.put(ForeignText.of(name), value));
        return new Measurement(
                ForeignText.of(measurement.operation()),
                ForeignText.of(measurement.benchmark()),
                ForeignText.of(measurement.target()),
                ForeignText.of(measurement.metric()),
                at,
                measurement.boots());
    }

    static Json manifest(Path folder) throws UnreadableResultsException {
        return document(folder.resolve("manifest.json"), Documents.FOLDER_SCHEMA);
    }

    /** Writes the values of a folder, one line for each point and boot. */
    public static void sampleLines(StoredCampaign campaign, OutputStream out) throws IOException {
        Documents.samples(
                campaign.series().stream().flatMap(series -> series.points().stream()).toList(),
                out);
    }

    /** The unchanged text of a folder's {@code verdicts.json}. */
    public static String verdictsDocument(Path folder) throws UnreadableResultsException {
        return text(folder.resolve("verdicts.json"));
    }

    private static Json document(Path file, int newest) throws UnreadableResultsException {
        Json root;
        try {
            root = Json.parse(text(file));
        } catch (MalformedJsonException e) {
            throw new UnreadableResultsException(
                    "%s:%d: %s".formatted(file, e.line(), e.getMessage()));
        }
        long schema = root.whole("schema");
        if (schema < 1 || schema > newest) {
            throw new UnreadableResultsException(
                    "%s: schema %d, and this program reads schema %s: use the version that wrote it"
                            .formatted(file, schema, newest == 1 ? "1" : "1 to " + newest));
        }
        return root;
    }

    private static String text(Path file) throws UnreadableResultsException {
        try {
            return PlainFile.text(file);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    static UnreadableResultsException unreadable(Path file, IOException e) {
        String why =
                e instanceof NoSuchFileException
                        ? "is missing: the folder is not a complete result of feuerprobe validate"
                        : e instanceof MalformedInputException
                                ? "is not UTF-8 text"
                                : "cannot be read: " + e.getMessage();
        return new UnreadableResultsException(file + ": " + why);
    }
}
