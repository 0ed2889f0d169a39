package org.feuerprobe.shard;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.json.JsonFault;
import tools.jackson.core.JacksonException;

/** Reader of parts: {@code part-….jsonl.gz}. A boot whose line is cut or changed does not count. */
public final class PartFiles {
    static final String BEGIN = "part-";
    static final String END = ".jsonl.gz";

    private PartFiles() {}

    /** Whether a path is a part, or a folder that contains one. */
    public static boolean here(Path place) throws LabException {
        return !files(place).isEmpty();
    }

    private static List<Path> files(Path place) throws LabException {
        if (isPart(place)) {
            return List.of(place);
        }
        if (!Files.isDirectory(place)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(place)) {
            return all.filter(PartFiles::isPart).sorted().toList();
        } catch (IOException e) {
            throw LabException.wrongUse(
                    "%s: cannot be listed: %s".formatted(place, e.getMessage()));
        }
    }

    private static boolean isPart(Path file) {
        Path name = file.getFileName();
        return name != null
                && name.toString().startsWith(BEGIN)
                && name.toString().endsWith(END)
                && Files.isRegularFile(file);
    }

    /** All parts of these files and folders, in the order of their names. */
    static List<Part> read(List<Path> places) throws LabException {
        List<Part> parts = new ArrayList<>();
        for (Path place : places) {
            for (Path file : files(place)) {
                parts.add(read(file));
            }
        }
        return parts;
    }

    private static Part read(Path file) throws LabException {
        PartHeader header = null;
        List<KeptBoot> boots = new ArrayList<>();
        String damage = "";
        int number = 0;
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(
                                new GZIPInputStream(
                                        new BufferedInputStream(Files.newInputStream(file))),
                                StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (header == null) {
                    header = BootDocument.MAPPER.readValue(line, PartHeader.class);
                    if (header.schema() != PartHeader.SCHEMA) {
                        throw LabException.wrongUse(
                                "%s: the part has version %d, want %d: merge it with the Feuerprobe that wrote it"
                                        .formatted(file, header.schema(), PartHeader.SCHEMA));
                    }
                } else {
                    boots.add(checked(BootDocument.MAPPER.readValue(line, KeptBoot.class)));
                }
            }
        } catch (EOFException e) {
            damage = "line %d is cut: the worker was killed".formatted(number + 1);
        } catch (ZipException e) {
            damage = "line %d is damaged: %s".formatted(number + 1, e.getMessage());
        } catch (JacksonException e) {
            damage = "line %d is damaged: %s".formatted(number, JsonFault.of(e));
        } catch (IOException e) {
            damage = "line %d cannot be read: %s".formatted(number + 1, e.getMessage());
        } catch (IllegalArgumentException e) {
            damage = "line %d is damaged: %s".formatted(number, e.getMessage());
        }
        if (header == null) {
            throw LabException.wrongUse(
                    "%s: this is no part of a campaign: %s: remove it"
                            .formatted(file, damage.isEmpty() ? "it is empty" : damage));
        }
        return new Part(file, header, boots, damage);
    }

    private static KeptBoot checked(KeptBoot boot) {
        if (!BootDocument.hash(boot.outcome()).equals(boot.sha256())) {
            throw new IllegalArgumentException("its SHA-256 differs from the one written with it");
        }
        return boot;
    }
}
