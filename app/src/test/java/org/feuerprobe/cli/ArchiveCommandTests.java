package org.feuerprobe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ArchiveCommandTests {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final Path OLD =
            Path.of("lab/src/test/resources/org/feuerprobe/archive/format-1");
    private static final Path NEW =
            Path.of("lab/src/test/resources/org/feuerprobe/archive/format-2");

    @TempDir private Path temp;

    private String archive(int status, String... arguments) {
        CapturedConsole console = new CapturedConsole();
        List<String> all = new ArrayList<>(List.of("archive"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--archive", temp.resolve("archive").toString()));
        assertThat(console.run(all.toArray(String[]::new))).as(console.err()).isEqualTo(status);
        return status == 0 ? console.out() : console.out() + console.err();
    }

    @Test
    void addsListsShowsVerifiesAndRemoves() throws Exception {
        Files.createDirectory(temp.resolve("archive"));
        assertThat(archive(0, "list")).isEqualTo("no campaigns\n");
        assertThat(archive(0, "add", OLD.toString(), NEW.toString()))
                .isEqualTo("added format-1\nadded format-2\n");
        assertThat(archive(0, "add", NEW.toString())).isEqualTo("there already: format-2\n");
        String list = archive(0, "list");
        assertThat(list.lines()).hasSize(3).allMatch(line -> line.length() <= 100);
        assertThat(list).contains("CAMPAIGN", "format-1", "2026-01-02T03:04:05Z", "FeuerBird");
        String shown = archive(0, "show", "format-2", "--quantiles", "0.5,1");
        assertThat(shown)
                .contains("feuerprobe validate --only FeuerBird", "alloc/HOLDS", "Q0.5", "N=64");
        assertThat(shown.lines()).allMatch(line -> line.length() <= 100);
        assertThat(archive(0, "verify"))
                .isEqualTo("whole    format-1\nwhole    format-2\n2 whole, 0 damaged\n");
        assertThat(archive(0, "rm", "format-1")).isEqualTo("removed 1\n");
        assertThat(archive(0, "rebuild")).isEqualTo("found 1 campaigns\n");
    }

    @Test
    void saysWhichFolderIsNotThereAndMakesNone() {
        String nowhere = temp.resolve("nowhere").toString();
        String there = temp.resolve("archive").toString();
        assertThat(archive(2, "list")).contains("archive " + there + ": no such folder");
        assertThat(temp.resolve("archive")).doesNotExist();
        assertThat(archive(2, "add", nowhere))
                .contains("cannot add " + nowhere + " to " + there + ": no such folder");
        assertThat(archive(2, "add", temp.toString())).contains(": it has no manifest.json: want");
        assertThat(archive(2, "merge", nowhere))
                .contains("archive " + nowhere + ": no such folder");
        assertThat(temp.resolve("nowhere")).doesNotExist();
    }

    @Test
    void saysTheSameInJson() {
        archive(0, "add", NEW.toString());
        JsonNode list = MAPPER.readTree(archive(0, "list", "--json"));
        assertThat(list.get("runs").get(0).get("id").asString()).isEqualTo("format-2");
        JsonNode shown = MAPPER.readTree(archive(0, "show", "format-2", "--json"));
        JsonNode series = shown.get("series").get(0);
        assertThat(series.get("benchmark").asString()).isEqualTo("alloc/full");
        assertThat(series.get("params").get("N").asLong()).isEqualTo(1);
        assertThat(series.get("n").asLong()).isEqualTo(4);
        assertThat(series.get("quantiles").get("0.5").asDouble()).isEqualTo(12);
        assertThat(shown.get("verdicts").get(0).get("verdict").asString()).isEqualTo("HOLDS");
    }

    @Test
    void namesWhatIsDamaged() throws Exception {
        archive(0, "add", NEW.toString());
        Path samples = temp.resolve("archive/format-2/samples.fpb");
        byte[] bytes = Files.readAllBytes(samples);
        bytes[100] ^= 1;
        Files.write(samples, bytes);
        assertThat(archive(2, "verify"))
                .contains("DAMAGED  format-2: ", "samples.fpb: has changed since it was written")
                .contains("0 whole, 1 damaged");
    }

    @Test
    void namesWhatIsWrong() throws Exception {
        Files.createDirectory(temp.resolve("archive"));
        assertThat(archive(2, "show", "none")).contains("has no campaign 'none'");
        assertThat(archive(2, "add", temp.resolve("nothing").toString()))
                .startsWith("feuerprobe: cannot add ");
        assertThat(archive(2)).contains("subcommand");
        CapturedConsole file = new CapturedConsole();
        assertThat(
                        file.run(
                                "archive",
                                "list",
                                "--archive",
                                OLD.resolve("manifest.json").toString()))
                .isEqualTo(2);
        assertThat(file.err()).contains("manifest.json");
    }
}
