package org.feuerprobe.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * An archive in a folder: results folders and an SQLite catalogue of them. The folders are
 * authoritative: opening the archive brings the catalogue up to date with them, and rebuilds a
 * missing, damaged or incompatible one.
 */
final class FolderArchive implements Archive {
    static final String CATALOGUE = "catalogue.sqlite";
    private static final int PATIENCE_MS = 60_000;

    /** SQLite's codes: corrupt, not a database. */
    private static final Set<Integer> DAMAGED = Set.of(11, 26);

    private final Path folder;
    private final Connection connection;
    private final Catalogue catalogue;

    private FolderArchive(Path folder, Connection connection) {
        this.folder = folder;
        this.connection = connection;
        this.catalogue = new Catalogue(connection);
    }

    static FolderArchive open(Path folder) throws ArchiveException {
        try {
            Files.createDirectories(folder);
            FolderArchive archive = prepared(folder);
            archive.update();
            return archive;
        } catch (IOException | SQLException e) {
            throw failed(folder, e);
        }
    }

    /** Opens the catalogue; replaces one that is damaged or has another version. */
    private static FolderArchive prepared(Path folder) throws IOException, SQLException {
        FolderArchive archive = new FolderArchive(folder, connect(folder));
        try {
            if (archive.exclusively(archive.catalogue::prepare) == Catalogue.SCHEMA) {
                return archive;
            }
        } catch (SQLException e) {
            if (!DAMAGED.contains(e.getErrorCode())) {
                archive.close();
                throw e;
            }
        }
        archive.close();
        for (String end : List.of("", "-wal", "-shm")) {
            Files.deleteIfExists(folder.resolve(CATALOGUE + end));
        }
        FolderArchive replacement = new FolderArchive(folder, connect(folder));
        replacement.exclusively(replacement.catalogue::prepare);
        return replacement;
    }

    /** Connects by a URI: in a plain path, a question mark would start the driver's options. */
    private static Connection connect(Path folder) throws SQLException {
        Connection connection =
                DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(CATALOGUE).toUri());
        try (Statement statement = connection.createStatement()) {
            statement.execute("pragma busy_timeout = " + PATIENCE_MS);
        }
        return connection;
    }

    private static ArchiveException failed(Path folder, Exception e) {
        return new ArchiveException(
                "archive %s: %s: feuerprobe archive rebuild rebuilds its catalogue"
                        .formatted(folder, e.getMessage()),
                e);
    }

    private ArchiveException failed(Exception e) {
        return failed(folder, e);
    }

    /** A query or a change of the catalogue. */
    @FunctionalInterface
    private interface Action<T> {
        T run() throws SQLException;
    }

    /** Runs an action in one transaction, as the only writer. */
    private <T> T exclusively(Action<T> action) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("begin immediate");
            boolean done = false;
            try {
                T result = action.run();
                statement.execute("commit");
                done = true;
                return result;
            } finally {
                if (!done) {
                    statement.execute("rollback");
                }
            }
        }
    }

    private <T> T ask(Action<T> action) throws ArchiveException {
        try {
            return action.run();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public String location() {
        return folder.toString();
    }

    private List<String> names(boolean hidden) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(Files::isDirectory)
                    .map(path -> path.getFileName().toString())
                    .filter(name -> name.startsWith(".") == hidden)
                    .sorted()
                    .toList();
        }
    }

    private List<String> folders() throws IOException {
        return names(false).stream()
                .filter(name -> Files.exists(folder.resolve(name).resolve("manifest.json")))
                .toList();
    }

    /** Brings the catalogue up to date, without damaged folders, which verify reports. */
    private void update() throws IOException, SQLException {
        Set<String> there = new HashSet<>();
        for (String id : folders()) {
            there.add(id);
            index(id);
        }
        for (ArchivedRun run : catalogue.runs()) {
            if (!there.contains(run.id()) && !Files.isDirectory(folder.resolve(run.id()))) {
                exclusively(() -> forget(run.id()));
            }
        }
    }

    private boolean forget(String id) throws SQLException {
        catalogue.remove(id);
        return true;
    }

    /** Adds a folder to the catalogue or updates its entry; empty if it is not readable. */
    private Optional<String> index(String id) throws SQLException {
        try {
            String content = RunReader.content(folder.resolve(id));
            Optional<String> known = catalogue.content(id);
            if (!known.equals(Optional.of(content))) {
                RunEntry entry = RunReader.read(folder.resolve(id), id);
                exclusively(() -> {
                    if (!catalogue.content(id).equals(Optional.of(content))) {
                        catalogue.remove(id);
                        catalogue.add(entry);
                    }
                    return true;
                });
            }
            return Optional.of(id);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public Added add(Path source) throws ArchiveException {
        try {
            RunEntry entry = RunReader.read(source, "");
            String content = entry.run().content();
            for (ArchivedRun run : catalogue.runs()) {
                if (run.content().equals(content)) {
                    return new Added(run.id(), false);
                }
            }
            String name = name(source);
            boolean isNew = true;
            for (String id : List.of(name, name + "-" + content.substring(0, 8))) {
                Path place = folder.resolve(id);
                if (!Files.exists(place)) {
                    isNew = copy(source, place);
                }
                if (RunReader.content(place).equals(content)) {
                    index(id);
                    return new Added(id, isNew);
                }
            }
            throw new ArchiveException(
                    "archive %s: %s exists with other content: rename the folder"
                            .formatted(folder, name));
        } catch (IOException | SQLException e) {
            throw new ArchiveException(
                    "cannot add %s to %s: %s".formatted(source, folder, e.getMessage()), e);
        }
    }

    static String name(Path source) {
        Path last = source.toAbsolutePath().normalize().getFileName();
        String name = last == null ? "run" : last.toString();
        return name.startsWith(".") ? name.substring(1) : name;
    }

    /** Copies under a partial name, then renames; false if another process was faster. */
    private boolean copy(Path source, Path place) throws IOException {
        Path partial =
                Files.createTempDirectory(
                        folder, "." + place.getFileName() + ResultsFolder.PARTIAL);
        try {
            for (Path file : PlainFile.below(source)) {
                Path to = partial.resolve(source.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(to);
                } else if (!file.endsWith(Seal.NAME)) {
                    copyFile(file, to);
                }
            }
            if (Seal.exists(source)) {
                copyFile(source.resolve(Seal.NAME), partial.resolve(Seal.NAME));
            }
            Files.setPosixFilePermissions(partial, PosixFilePermissions.fromString("rwxr-xr-x"));
            SyncedFile.syncFolder(partial);
            Files.move(partial, place, StandardCopyOption.ATOMIC_MOVE);
            SyncedFile.syncFolder(folder);
            return true;
        } catch (DirectoryNotEmptyException e) {
            return false;
        } catch (FileSystemException e) {
            if (Files.isDirectory(place)) {
                return false;
            }
            throw e;
        } finally {
            ResultsFolder.delete(partial);
        }
    }

    private static void copyFile(Path from, Path to) throws IOException {
        try (InputStream in = PlainFile.open(from);
                OutputStream out = new SyncedFile(to, _ -> {})) {
            in.transferTo(out);
        }
    }

    @Override
    public List<ArchivedRun> runs() throws ArchiveException {
        return ask(catalogue::runs);
    }

    @Override
    public List<ArchivedSeries> series(String id) throws ArchiveException {
        return ask(() -> catalogue.series(id));
    }

    @Override
    public List<ArchivedVerdict> verdicts(String id) throws ArchiveException {
        return ask(() -> catalogue.verdicts(id));
    }

    @Override
    public List<ArchivedLimit> limits(String id) throws ArchiveException {
        return ask(() -> catalogue.limits(id));
    }

    @Override
    public Path folder(String id) throws ArchiveException {
        Path place = folder.resolve(id);
        if (id.isEmpty() || id.startsWith(".") || id.contains("/") || !Files.isDirectory(place)) {
            throw new ArchiveException(
                    "archive %s has no campaign '%s': feuerprobe archive list names them"
                            .formatted(folder, id));
        }
        return place;
    }

    @Override
    public Checked verify(String id) throws ArchiveException {
        Path place = folder(id);
        try {
            RunReader.verify(place);
            return catalogue.content(id).equals(Optional.of(RunReader.content(place)))
                    ? new Checked(id, "")
                    : new Checked(
                            id, "the catalogue has other content: type feuerprobe archive rebuild");
        } catch (IOException e) {
            return new Checked(id, String.valueOf(e.getMessage()));
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public List<String> all() throws ArchiveException {
        try {
            return folders();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public void remove(String id) throws ArchiveException {
        Path place = folder(id);
        try {
            Path removed =
                    Files.createTempDirectory(
                            folder, "." + id + ".removed" + ResultsFolder.PARTIAL);
            Files.move(place, removed, StandardCopyOption.ATOMIC_MOVE);
            exclusively(() -> forget(id));
            ResultsFolder.delete(removed);
        } catch (IOException | SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public int rebuild() throws ArchiveException {
        try {
            exclusively(() -> {
                catalogue.drop();
                return catalogue.prepare();
            });
            update();
            return catalogue.runs().size();
        } catch (IOException | SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public void accept(Acceptance acceptance) throws ArchiveException {
        try {
            AcceptedFolder.of(folder).add(acceptance);
        } catch (IOException e) {
            throw new ArchiveException(
                    "archive %s: cannot store the acceptance: %s".formatted(folder, e.getMessage()),
                    e);
        }
    }

    @Override
    public List<Acceptance> acceptances() throws ArchiveException {
        try {
            return AcceptedFolder.of(folder).all();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public List<String> unfinished() throws ArchiveException {
        try {
            List<String> unfinished = new ArrayList<>();
            for (String name : names(true)) {
                if (name.contains(ResultsFolder.PARTIAL)) {
                    unfinished.add(name);
                }
            }
            return unfinished;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            // Everything has been committed before.
        }
    }
}
