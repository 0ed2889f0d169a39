package org.feuerprobe.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.feuerprobe.json.Json;
import org.feuerprobe.json.MalformedJsonException;
import org.feuerprobe.sample.ValueCounts;

/** Reader of a results folder for the catalogue. The folder must be complete. */
final class RunReader {
    private static final String SAMPLES = "samples.fpb";
    private static final String COUNTS = "counts.fpb";

    private final Path folder;

    private RunReader(Path folder) {
        this.folder = folder;
    }

    /** SHA-256 that only equal campaigns share. Reads one small file. */
    static String content(Path folder) throws IOException {
        return Seal.exists(folder)
                ? Seal.read(folder).hash()
                : Seal.sum(folder.resolve("manifest.json"));
    }

    /** Checks and reads the folder; {@code id} is its identifier in the catalogue. */
    static RunEntry read(Path folder, String id) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IOException("no such folder");
        }
        if (!Files.exists(folder.resolve("manifest.json"))) {
            throw new IOException(
                    "it has no manifest.json: want a results folder of feuerprobe validate");
        }
        RunReader reader = new RunReader(folder);
        if (Seal.exists(folder)) {
            Seal.read(folder).check(folder);
        }
        return reader.entry(id);
    }

    private RunEntry entry(String id) throws IOException {
        Json manifest = document("manifest.json");
        int format = (int) manifest.whole("schema");
        if (format < 1 || format > 2) {
            throw new BlockFormatException(
                    "%s: schema %d is newer than this program: use the version that wrote it"
                            .formatted(folder.resolve("manifest.json"), format));
        }
        if (format == 2 && !Seal.exists(folder)) {
            throw new BlockFormatException(
                    folder + ": is incomplete: it has no seal, which is written last");
        }
        List<ArchivedSeries> series = new ArrayList<>();
        for (NetCounts.Point point : points(format)) {
            series.add(ArchivedSeries.of(point));
        }
        return new RunEntry(
                run(id, manifest, format, series),
                series,
                verdicts(document("verdicts.json")),
                format == 1 ? List.of() : limits(document("limits.json")));
    }

    private List<NetCounts.Point> points(int format) throws IOException {
        NetCounts.Reader reader = new NetCounts.Reader();
        if (format == 1) {
            SampleLines.read(folder.resolve("samples.jsonl"))
                    .forEach(measurement -> {
                        reader.series(SeriesName.of(measurement));
                        measurement
                                .boots()
                                .forEach(boot -> {
                                    reader.boot(BlockFileWriter.name(boot));
                                    reader.values(SampleRow.OPERATION, boot.operation());
                                    reader.values(SampleRow.TWIN, boot.twin());
                                });
                    });
        } else {
            BlockFile.read(folder.resolve(COUNTS), reader);
        }
        return reader.all();
    }

    private ArchivedRun run(String id, Json manifest, int format, List<ArchivedSeries> series)
            throws IOException {
        SequencedMap<String, String> testbed = new LinkedHashMap<>();
        manifest.at("testbed").fields().forEach((key, value) -> testbed.put(key, value.written()));
        Json kernel = manifest.at("kernel");
        return new ArchivedRun(
                id,
                content(folder),
                manifest.at("began").written(),
                manifest.at("subject").written(),
                manifest.at("target").written(),
                manifest.at("metric").written(),
                manifest.flag("exact"),
                kernel.at("sha256").written(),
                kernel.at("build").at("variant").written(),
                testbed,
                manifest.at("feuerprobe").written(),
                manifest.at("command").items().stream()
                        .map(Json::written)
                        .collect(Collectors.joining(" ")),
                manifest.number("seconds"),
                format,
                series.size(),
                series.stream().mapToLong(one -> one.summary().n()).sum());
    }

    private static List<ArchivedVerdict> verdicts(Json document) {
        List<ArchivedVerdict> verdicts = new ArrayList<>();
        for (Json verdict : document.at("verdicts").items()) {
            verdicts.add(
                    new ArchivedVerdict(
                            verdict.at("bound").written(),
                            verdict.at("operation").written(),
                            verdict.at("claim").written(),
                            verdict.at("verdict").written(),
                            verdict.at("class").written(),
                            verdict.at("model").at("text").written(),
                            verdict.at("metric").written()));
        }
        return verdicts;
    }

    private static List<ArchivedLimit> limits(Json document) {
        List<ArchivedLimit> limits = new ArrayList<>();
        for (Json limit : document.at("limits").items()) {
            limits.add(
                    new ArchivedLimit(
                            limit.at("bound").written(),
                            limit.at("benchmark").written(),
                            limit.at("target").written(),
                            limit.at("metric").written(),
                            limit.at("params").point(),
                            limit.number("limit"),
                            limit.whole("n"),
                            limit.number("max"),
                            limit.whole("above")));
        }
        return limits;
    }

    /**
     * Reads every value and checks the counts against the values. The seal protects the rest.
     *
     * @throws IOException for the first error; the message describes it
     */
    static void verify(Path folder) throws IOException {
        RunEntry entry = read(folder, "");
        if (entry.run().format() == 1) {
            return;
        }
        NetCounts.Reader values = new NetCounts.Reader();
        BlockFile.read(folder.resolve(SAMPLES), values);
        NetCounts.Reader counts = new NetCounts.Reader();
        BlockFile.read(folder.resolve(COUNTS), counts);
        if (!same(values.all(), counts.all())) {
            throw new BlockFormatException(
                    folder.resolve(COUNTS) + ": does not count the values of " + SAMPLES);
        }
    }

    private static boolean same(List<NetCounts.Point> a, List<NetCounts.Point> b) {
        if (a.size() != b.size()) {
            return false;
        }
        for (int i = 0; i < a.size(); i++) {
            List<NetCounts.Boot> x = a.get(i).boots();
            List<NetCounts.Boot> y = b.get(i).boots();
            if (!a.get(i).name().equals(b.get(i).name()) || x.size() != y.size()) {
                return false;
            }
            for (int boot = 0; boot < x.size(); boot++) {
                if (!x.get(boot).name().equals(y.get(boot).name())
                        || !same(x.get(boot).operation(), y.get(boot).operation())
                        || !same(x.get(boot).twin(), y.get(boot).twin())) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean same(ValueCounts a, ValueCounts b) {
        return java.util.Arrays.equals(a.values(), b.values())
                && java.util.Arrays.equals(a.counts(), b.counts());
    }

    private Json document(String name) throws IOException {
        Path file = folder.resolve(name);
        try {
            return Json.parse(PlainFile.text(file));
        } catch (MalformedJsonException e) {
            throw new BlockFormatException(file + ": is not JSON");
        }
    }
}
