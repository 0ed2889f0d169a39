package org.feuerprobe.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * An archive in PostgreSQL that many machines share. It has the same tables as a folder archive,
 * and the folders' files in parts of {@value #PART} bytes. A campaign is added in one transaction.
 */
final class DatabaseArchive implements Archive {
    private static final int PART = 1 << 22;

    private final String url;
    private final Connection connection;
    private final Catalogue catalogue;
    private final List<Path> fetched = new ArrayList<>();

    private DatabaseArchive(String url, Connection connection) {
        this.url = url;
        this.connection = connection;
        this.catalogue = new Catalogue(connection);
    }

    static DatabaseArchive open(String url) throws ArchiveException {
        try {
            DatabaseArchive archive =
                    new DatabaseArchive(url, DriverManager.getConnection(url, limits()));
            archive.connection.setAutoCommit(false);
            int version = archive.prepare();
            if (version != Catalogue.SCHEMA) {
                archive.close();
                throw new ArchiveException(
                        "archive %s: its tables have version %d, but this program knows version %d: use the newer program"
                                .formatted(shown(url), version, Catalogue.SCHEMA));
            }
            return archive;
        } catch (SQLException e) {
            throw failed(url, e);
        }
    }

    /**
     * Limits on the waits for a server that does not answer, in seconds. The address may set
     * others.
     */
    private static Properties limits() {
        Properties limits = new Properties();
        limits.setProperty("loginTimeout", "30");
        limits.setProperty("socketTimeout", "600");
        return limits;
    }

    /**
     * Creates missing tables under a lock, because two processes that create them at once would
     * disturb each other.
     */
    private int prepare() throws SQLException {
        return whole(() -> {
            try (PreparedStatement lock =
                    connection.prepareStatement("select pg_advisory_xact_lock(7203817)")) {
                lock.execute();
            }
            return catalogue.prepare();
        });
    }

    /** The address without a password. */
    private static String shown(String url) {
        return url.replaceAll("(?i)(password=)[^&]*", "$1…").replaceAll("//[^/@]*@", "//…@");
    }

    private static ArchiveException failed(String url, SQLException e) {
        String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        return new ArchiveException("archive %s: %s".formatted(shown(url), message), e);
    }

    private ArchiveException failed(SQLException e) {
        return failed(url, e);
    }

    @FunctionalInterface
    private interface Action<T> {
        T run() throws SQLException;
    }

    private <T> T whole(Action<T> action) throws SQLException {
        boolean done = false;
        try {
            T result = action.run();
            connection.commit();
            done = true;
            return result;
        } finally {
            if (!done) {
                connection.rollback();
            }
        }
    }

    @Override
    public String location() {
        return shown(url);
    }

    @Override
    public Added add(Path source) throws ArchiveException {
        try {
            RunEntry first = RunReader.read(source, "");
            String content = first.run().content();
            String name = FolderArchive.name(source);
            for (String id : List.of(name, name + "-" + content.substring(0, 8))) {
                RunEntry entry = RunReader.read(source, id);
                for (ArchivedRun run : runs()) {
                    if (run.content().equals(content)) {
                        return new Added(run.id(), false);
                    }
                }
                boolean isNew =
                        whole(() -> {
                            boolean added = catalogue.add(entry);
                            if (added) {
                                store(id, source);
                            }
                            return added;
                        });
                if (whole(() -> catalogue.content(id)).equals(Optional.of(content))) {
                    return new Added(id, isNew);
                }
            }
            throw new ArchiveException(
                    "archive %s: %s exists with other content: rename the folder"
                            .formatted(location(), name));
        } catch (IOException e) {
            throw new ArchiveException(
                    "cannot add %s to %s: %s".formatted(source, location(), e.getMessage()), e);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private void store(String id, Path source) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("insert into file values (?,?,?,?)")) {
            for (Path file :
                    PlainFile.below(source).stream().filter(Files::isRegularFile).toList()) {
                try (InputStream in = PlainFile.open(file)) {
                    int part = 0;
                    byte[] content = in.readNBytes(PART);
                    do {
                        insert.setString(1, id);
                        insert.setString(2, source.relativize(file).toString());
                        insert.setInt(3, part++);
                        insert.setBytes(4, content);
                        insert.executeUpdate();
                        content = in.readNBytes(PART);
                    } while (content.length > 0);
                }
            }
        } catch (IOException e) {
            throw new SQLException("cannot read %s: %s".formatted(source, e.getMessage()), e);
        }
    }

    @Override
    public List<ArchivedRun> runs() throws ArchiveException {
        return ask(catalogue::runs);
    }

    @Override
    public List<String> all() throws ArchiveException {
        return runs().stream().map(ArchivedRun::id).toList();
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

    private <T> T ask(Action<T> action) throws ArchiveException {
        try {
            return whole(action);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public Path folder(String id) throws ArchiveException {
        try {
            if (whole(() -> catalogue.content(id)).isEmpty()) {
                throw new ArchiveException(
                        "archive %s has no campaign '%s': feuerprobe archive list names them"
                                .formatted(location(), id));
            }
            Path parent = Files.createTempDirectory("feuerprobe-archive-");
            fetched.add(parent);
            Path place = Files.createDirectories(parent.resolve(id.replace('/', '_')));
            whole(() -> fetch(id, place));
            return place;
        } catch (SQLException e) {
            throw failed(e);
        } catch (IOException e) {
            throw new ArchiveException(
                    "cannot fetch %s from %s: %s".formatted(id, location(), e.getMessage()), e);
        }
    }

    private boolean fetch(String id, Path place) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement(
                        "select name, content from file where run = ? order by name, part")) {
            select.setFetchSize(1);
            select.setString(1, id);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    append(place, row.getString(1), row.getBytes(2));
                }
            }
            return true;
        } catch (IOException e) {
            throw new SQLException("cannot write to %s: %s".formatted(place, e.getMessage()), e);
        }
    }

    private static void append(Path place, String name, byte[] content) throws IOException {
        Path file = place.resolve(name).normalize();
        Path parent = file.getParent();
        if (parent == null || !file.startsWith(place)) {
            throw new IOException("a file lies outside its folder: " + name);
        }
        Files.createDirectories(parent);
        try (OutputStream out =
                Files.newOutputStream(
                        file,
                        java.nio.file.StandardOpenOption.CREATE,
                        java.nio.file.StandardOpenOption.APPEND)) {
            out.write(content);
        }
    }

    @Override
    public Checked verify(String id) throws ArchiveException {
        Path place = folder(id);
        try {
            RunReader.verify(place);
            return ask(() -> catalogue.content(id)).equals(Optional.of(RunReader.content(place)))
                    ? new Checked(id, "")
                    : new Checked(
                            id, "the catalogue has other content: type feuerprobe archive rebuild");
        } catch (IOException e) {
            return new Checked(id, String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void remove(String id) throws ArchiveException {
        if (ask(() -> catalogue.content(id)).isEmpty()) {
            throw new ArchiveException(
                    "archive %s has no campaign '%s': feuerprobe archive list names them"
                            .formatted(location(), id));
        }
        ask(() -> {
            catalogue.remove(id);
            return true;
        });
    }

    @Override
    public int rebuild() throws ArchiveException {
        int rebuilt = 0;
        for (String id : all()) {
            Path place = folder(id);
            try {
                RunEntry entry = RunReader.read(place, id);
                ask(() -> {
                    catalogue.remove(id);
                    catalogue.add(entry);
                    store(id, place);
                    return true;
                });
                rebuilt++;
            } catch (IOException e) {
                throw new ArchiveException(
                        "%s is damaged: %s: feuerprobe archive rm removes it"
                                .formatted(id, e.getMessage()),
                        e);
            }
        }
        return rebuilt;
    }

    @Override
    public void accept(Acceptance acceptance) throws ArchiveException {
        ask(() -> {
            catalogue.accept(acceptance);
            return true;
        });
    }

    @Override
    public List<Acceptance> acceptances() throws ArchiveException {
        List<Acceptance> acceptances = new ArrayList<>();
        for (String content : ask(catalogue::acceptances)) {
            acceptances.add(Acceptance.read("archive " + location(), content));
        }
        acceptances.sort(java.util.Comparator.comparing(Acceptance::began));
        return acceptances;
    }

    @Override
    public List<String> unfinished() {
        return List.of(); // a transaction leaves nothing unfinished
    }

    @Override
    public void close() {
        fetched.forEach(ResultsFolder::delete);
        try {
            connection.close();
        } catch (SQLException e) {
            // Everything has been committed before.
        }
    }
}
