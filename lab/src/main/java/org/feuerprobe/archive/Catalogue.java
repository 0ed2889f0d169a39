package org.feuerprobe.archive;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.feuerprobe.sample.Summary;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The tables of an archive, which are the same in SQLite and PostgreSQL: {@code docs/archive.md}.
 * The caller makes each change in one transaction, so that many processes may write at once. For
 * one thread.
 */
final class Catalogue {
    /** Version of the tables. A folder archive rebuilds tables of another version. */
    static final int SCHEMA = 1;

    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final List<String> TABLES =
            List.of(
                    """
                    create table if not exists catalogue (schema_version integer primary key)\
                    """,
                    """
                    create table if not exists run (
                        id text primary key, content text not null, began text not null,
                        subject text not null, target text not null, metric text not null,
                        exact integer not null, image text not null, variant text not null,
                        testbed text not null, feuerprobe text not null, command text not null,
                        seconds double precision not null, format integer not null,
                        points bigint not null, samples bigint not null)\
                    """,
                    """
                    create table if not exists series (
                        run text not null references run (id) on delete cascade,
                        number integer not null,
                        operation text not null, benchmark text not null, target text not null,
                        metric text not null, params text not null, boots integer not null,
                        n bigint not null, min double precision not null,
                        median double precision not null, p99 double precision not null,
                        max double precision not null, mean double precision not null,
                        counts bytea not null, primary key (run, number))\
                    """,
                    """
                    create table if not exists verdict (
                        run text not null references run (id) on delete cascade,
                        number integer not null,
                        bound text not null, operation text not null, claim text not null,
                        verdict text not null, class text not null, model text not null,
                        metric text not null, primary key (run, number))\
                    """,
                    """
                    create table if not exists limit_check (
                        run text not null references run (id) on delete cascade,
                        number integer not null,
                        bound text not null, benchmark text not null, target text not null,
                        metric text not null, point text not null,
                        limit_value double precision not null, n bigint not null,
                        max double precision not null, above bigint not null,
                        primary key (run, number))\
                    """,
                    """
                    create table if not exists file (
                        run text not null references run (id) on delete cascade,
                        name text not null, part integer not null, content bytea not null,
                        primary key (run, name, part))\
                    """,
                    """
                    create table if not exists acceptance (id text primary key, content text not null)\
                    """,
                    """
                    create index if not exists series_of on series (benchmark, metric)\
                    """);

    private final Connection connection;

    Catalogue(Connection connection) {
        this.connection = connection;
    }

    /** Creates missing tables; returns the version of the tables. */
    int prepare() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String table : TABLES) {
                statement.execute(table);
            }
            statement.execute(
                    "insert into catalogue select "
                            + SCHEMA
                            + " where not exists (select 1 from catalogue)");
            try (ResultSet row = statement.executeQuery("select schema_version from catalogue")) {
                return row.next() ? row.getInt(1) : SCHEMA;
            }
        }
    }

    /** Drops the tables that can be rebuilt from the folders. Accepted changes stay. */
    void drop() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String table :
                    List.of("file", "limit_check", "verdict", "series", "run", "catalogue")) {
                statement.execute("drop table if exists " + table);
            }
        }
    }

    /** Adds a run unless its identifier is taken; returns whether it was added. */
    boolean add(RunEntry entry) throws SQLException {
        ArchivedRun run = entry.run();
        try (PreparedStatement insert =
                connection.prepareStatement(
                        "insert into run values (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"
                                + " on conflict (id) do nothing")) {
            set(
                    insert,
                    run.id(),
                    run.content(),
                    run.began(),
                    run.subject(),
                    run.target(),
                    run.metric(),
                    run.exact() ? 1 : 0,
                    run.image(),
                    run.variant(),
                    MAPPER.writeValueAsString(run.testbed()),
                    run.feuerprobe(),
                    run.command(),
                    run.seconds(),
                    run.format(),
                    run.points(),
                    run.values());
            if (insert.executeUpdate() == 0) {
                return false;
            }
        }
        addSeries(run.id(), entry.series());
        addVerdicts(run.id(), entry.verdicts());
        addLimits(run.id(), entry.limits());
        return true;
    }

    /** Stores an accepted change of a shared archive; a folder archive keeps files. */
    void accept(Acceptance acceptance) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement(
                        "insert into acceptance values (?,?) on conflict (id) do nothing")) {
            set(insert, acceptance.id(), acceptance.json());
            insert.executeUpdate();
        }
    }

    List<String> acceptances() throws SQLException {
        List<String> all = new ArrayList<>();
        try (PreparedStatement select =
                        connection.prepareStatement("select content from acceptance order by id");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                all.add(row.getString(1));
            }
        }
        return all;
    }

    private void addSeries(String id, List<ArchivedSeries> series) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement(
                        "insert into series values (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)")) {
            for (int i = 0; i < series.size(); i++) {
                ArchivedSeries one = series.get(i);
                SeriesName name = one.name();
                Summary summary = one.summary();
                set(
                        insert,
                        id,
                        i,
                        name.operation(),
                        name.benchmark(),
                        name.target(),
                        name.metric(),
                        MAPPER.writeValueAsString(name.parameters()),
                        one.boots(),
                        (long) summary.n(),
                        summary.min(),
                        summary.median(),
                        summary.p99(),
                        summary.max(),
                        summary.mean(),
                        one.counts());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private void addVerdicts(String id, List<ArchivedVerdict> verdicts) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("insert into verdict values (?,?,?,?,?,?,?,?,?)")) {
            for (int i = 0; i < verdicts.size(); i++) {
                ArchivedVerdict one = verdicts.get(i);
                set(
                        insert,
                        id,
                        i,
                        one.bound(),
                        one.operation(),
                        one.claim(),
                        one.verdict(),
                        one.growth(),
                        one.model(),
                        one.metric());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private void addLimits(String id, List<ArchivedLimit> limits) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement(
                        "insert into limit_check values (?,?,?,?,?,?,?,?,?,?,?)")) {
            for (int i = 0; i < limits.size(); i++) {
                ArchivedLimit one = limits.get(i);
                set(
                        insert,
                        id,
                        i,
                        one.bound(),
                        one.benchmark(),
                        one.target(),
                        one.metric(),
                        one.point(),
                        one.limit(),
                        one.n(),
                        one.max(),
                        one.above());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** Sets parameters. Zero bytes are dropped, because PostgreSQL accepts none in a text. */
    private static void set(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(
                    i + 1, values[i] instanceof String text ? text.replace("\0", "") : values[i]);
        }
    }

    void remove(String id) throws SQLException {
        for (String table : List.of("file", "limit_check", "verdict", "series")) {
            remove("delete from " + table + " where run = ?", id);
        }
        remove("delete from run where id = ?", id);
    }

    private void remove(String sql, String id) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(sql)) {
            delete.setString(1, id);
            delete.executeUpdate();
        }
    }

    /** All runs, oldest first. */
    List<ArchivedRun> runs() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select * from run order by began, id")) {
            List<ArchivedRun> runs = new ArrayList<>();
            while (row.next()) {
                SequencedMap<String, String> testbed = new LinkedHashMap<>();
                MAPPER.readTree(row.getString("testbed"))
                        .properties()
                        .forEach(e -> testbed.put(e.getKey(), e.getValue().asString("")));
                runs.add(
                        new ArchivedRun(
                                row.getString("id"),
                                row.getString("content"),
                                row.getString("began"),
                                row.getString("subject"),
                                row.getString("target"),
                                row.getString("metric"),
                                row.getInt("exact") != 0,
                                row.getString("image"),
                                row.getString("variant"),
                                testbed,
                                row.getString("feuerprobe"),
                                row.getString("command"),
                                row.getDouble("seconds"),
                                row.getInt("format"),
                                row.getLong("points"),
                                row.getLong("samples")));
            }
            return runs;
        }
    }

    /** The content hash of a run; empty if there is no such run. */
    Optional<String> content(String id) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select content from run where id = ?")) {
            select.setString(1, id);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
            }
        }
    }

    List<ArchivedSeries> series(String id) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select * from series where run = ? order by number")) {
            select.setString(1, id);
            try (ResultSet row = select.executeQuery()) {
                List<ArchivedSeries> series = new ArrayList<>();
                while (row.next()) {
                    series.add(series(row));
                }
                return series;
            }
        }
    }

    private static ArchivedSeries series(ResultSet row) throws SQLException {
        SequencedMap<String, Long> at = new LinkedHashMap<>();
        JsonNode params = MAPPER.readTree(row.getString("params"));
        params.properties().forEach(e -> at.put(e.getKey(), e.getValue().asLong(0)));
        return new ArchivedSeries(
                new SeriesName(
                        row.getString("operation"),
                        row.getString("benchmark"),
                        row.getString("target"),
                        row.getString("metric"),
                        at),
                row.getInt("boots"),
                new Summary(
                        row.getInt("n"),
                        row.getDouble("min"),
                        row.getDouble("median"),
                        row.getDouble("p99"),
                        row.getDouble("max"),
                        row.getDouble("mean")),
                row.getBytes("counts"));
    }

    List<ArchivedVerdict> verdicts(String id) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement(
                        "select * from verdict where run = ? order by number")) {
            select.setString(1, id);
            try (ResultSet row = select.executeQuery()) {
                List<ArchivedVerdict> verdicts = new ArrayList<>();
                while (row.next()) {
                    verdicts.add(
                            new ArchivedVerdict(
                                    row.getString("bound"),
                                    row.getString("operation"),
                                    row.getString("claim"),
                                    row.getString("verdict"),
                                    row.getString("class"),
                                    row.getString("model"),
                                    row.getString("metric")));
                }
                return verdicts;
            }
        }
    }

    List<ArchivedLimit> limits(String id) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement(
                        "select * from limit_check where run = ? order by number")) {
            select.setString(1, id);
            try (ResultSet row = select.executeQuery()) {
                List<ArchivedLimit> limits = new ArrayList<>();
                while (row.next()) {
                    limits.add(
                            new ArchivedLimit(
                                    row.getString("bound"),
                                    row.getString("benchmark"),
                                    row.getString("target"),
                                    row.getString("metric"),
                                    row.getString("point"),
                                    row.getDouble("limit_value"),
                                    row.getLong("n"),
                                    row.getDouble("max"),
                                    row.getLong("above")));
                }
                return limits;
            }
        }
    }
}
