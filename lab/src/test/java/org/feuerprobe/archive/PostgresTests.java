package org.feuerprobe.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A shared archive on a real server, started on loopback in a temporary folder. */
@Tag("boots")
final class PostgresTests {
    private static final Path VERSIONS = Path.of("/usr/lib/postgresql");

    @TempDir private static Path temp;

    private static Path home = Path.of("");
    private static Path binaries = Path.of("");
    private static boolean started;
    private static String url = "";

    @BeforeAll
    static void start() throws Exception {
        Optional<Path> found = binaries();
        assumeThat(found).as("PostgreSQL's server is installed").isPresent();
        binaries = found.orElseThrow();
        home = Files.createTempDirectory("feuerprobe-postgres-");
        assumeThat(run("chown", "postgres", home.toString()))
                .as("the server runs as the user postgres, which takes root")
                .isZero();
        assumeThat(run("runuser", "-u", "postgres", "--", "test", "-x", home.toString()))
                .as("the user postgres reaches the folder for temporary files")
                .isZero();
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        assertThat(server("initdb", "-A", "trust", "-U", "postgres", "--no-sync", "-D", "data"))
                .isZero();
        assertThat(
                        server(
                                "pg_ctl",
                                "-D",
                                "data",
                                "-w",
                                "-l",
                                "log",
                                "-o",
                                "-c listen_addresses=127.0.0.1 -c port=%d -c unix_socket_directories=%s"
                                        .formatted(port, home),
                                "start"))
                .isZero();
        started = true;
        url = "jdbc:postgresql://127.0.0.1:%d/postgres?user=postgres".formatted(port);
    }

    @AfterAll
    static void stop() throws Exception {
        if (started) {
            server("pg_ctl", "-D", "data", "-m", "immediate", "-w", "stop");
        }
        if (!home.toString().isEmpty()) {
            ResultsFolder.delete(home);
        }
    }

    private static Optional<Path> binaries() throws IOException {
        if (!Files.isDirectory(VERSIONS)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(VERSIONS)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.exists(bin.resolve("initdb")))
                    .findFirst();
        }
    }

    private static int server(String program, String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "runuser",
                                "-u",
                                "postgres",
                                "--",
                                binaries.resolve(program).toString()));
        command.addAll(List.of(arguments));
        return run(command.toArray(String[]::new));
    }

    private static int run(String... command) throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(home.toString().isEmpty() ? null : home.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment()
                .put("LC_ALL", "C"); // the server's user may not read the host's locale
        Process process = builder.start();
        process.waitFor();
        return process.exitValue();
    }

    @Test
    void keepsCampaignsWithTheirFiles() throws Exception {
        Path folder = Folders.write(temp.resolve("run1"), 1);
        Path old = Path.of("lab/src/test/resources/org/feuerprobe/archive/format-1");
        try (Archive archive = Archives.open(url)) {
            assertThat(archive.add(folder)).isEqualTo(new Archive.Added("run1", true));
            assertThat(archive.add(folder)).isEqualTo(new Archive.Added("run1", false));
            archive.add(old);
            Acceptance accepted =
                    new Acceptance("t", "2026-01-01", "qemu", "ns", "safer", List.of("a N=1"));
            archive.accept(accepted);
            archive.accept(accepted);
            assertThat(archive.acceptances()).containsExactly(accepted);
            assertThat(archive.verify("run1").problem()).isEmpty();
            assertThat(archive.verify("format-1").problem()).isEmpty();
            Path fetched = archive.folder("run1");
            for (String name : List.of("seal", "samples.fpb", "manifest.json")) {
                assertThat(fetched.resolve(name)).hasSameBinaryContentAs(folder.resolve(name));
            }
            try (Archive local = Archives.open(temp.resolve("local").toString())) {
                assertThat(Archives.merge(archive, local)).isEqualTo(2);
                assertThat(local.acceptances()).containsExactly(accepted);
                ArchivedSeries here = local.series("run1").get(1);
                ArchivedSeries there = archive.series("run1").get(1);
                assertThat(there.summary()).isEqualTo(here.summary());
                assertThat(there.distribution().quantile(0.999))
                        .isEqualTo(here.distribution().quantile(0.999));
                assertThat(archive.limits("run1")).isEqualTo(local.limits("run1"));
                assertThat(archive.verdicts("run1")).isEqualTo(local.verdicts("run1"));
            }
            assertThat(archive.rebuild()).isEqualTo(2);
            archive.remove("run1");
            archive.remove("format-1");
            assertThat(archive.runs()).isEmpty();
        }
    }

    @Test
    void manyProcessesMayAddAtOnce() throws Exception {
        for (int i = 10; i < 15; i++) {
            Folders.write(temp.resolve("source/many" + i), i);
        }
        List<Process> processes = new ArrayList<>();
        for (int p = 0; p < 3; p++) {
            processes.add(
                    JavaProcess.start(AddingProcess.class, url, temp.resolve("source").toString()));
        }
        for (Process process : processes) {
            process.waitFor();
            assertThat(process.exitValue()).isZero();
        }
        try (Archive archive = Archives.open(url)) {
            List<String> many = archive.all().stream().filter(id -> id.startsWith("many")).toList();
            assertThat(many).hasSize(5);
            for (String id : many) {
                assertThat(archive.verify(id).problem()).isEmpty();
                archive.remove(id);
            }
        }
    }

    @Test
    void saysWhatIsWrongWithAnAddress() {
        assertThatExceptionOfType(ArchiveException.class)
                .isThrownBy(() ->
                        Archives.open("jdbc:postgresql://127.0.0.1:1/x?user=u&password=secret"))
                .withMessageStartingWith(
                        "archive jdbc:postgresql://127.0.0.1:1/x?user=u&password=…: ")
                .withMessageNotContaining("secret");
        assertThatExceptionOfType(ArchiveException.class)
                .isThrownBy(() -> Archives.open("jdbc:mysql://x"))
                .withMessage(
                        "archive jdbc:mysql://x: want a folder, or jdbc:postgresql://HOST/DATABASE");
    }
}
