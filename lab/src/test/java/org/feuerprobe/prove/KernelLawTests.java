package org.feuerprobe.prove;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.feuerprobe.guest.KernelBuilder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The proved laws of the kernel's documented operations, beside those of docs/counting.md. */
final class KernelLawTests {
    /** The function that carries out each operation, and how far its law may lie above. */
    private static final Map<String, Allowed> OPERATIONS = operations();

    private record Allowed(String function, double ratio) {}

    private static Map<String, Allowed> operations() {
        Map<String, Allowed> all = new LinkedHashMap<>();
        all.put("cap_table_alloc", new Allowed("cap_table_alloc", 1));
        all.put("cap_table_lookup", new Allowed("cap_table_lookup", 1));
        all.put("cap_revoke", new Allowed("cap_table_revoke", 1));
        all.put("DelegateCapability", new Allowed("delegate_capability", 1.5));
        all.put("LatticeLeq", new Allowed("lattice_leq", 1));
        all.put("LatticeLub", new Allowed("lattice_lub", 1));
        all.put("LatticeGlb", new Allowed("lattice_glb", 1));
        all.put("LatticeLubSet", new Allowed("lattice_lub_set", 1.2));
        all.put("LatticeGlbSet", new Allowed("lattice_glb_set", 1.2));
        all.put("VTLocalEvent", new Allowed("vt_local_event", 1));
        all.put("VTSend", new Allowed("vt_send", 1));
        all.put("VTReceive", new Allowed("vt_receive", 1));
        all.put("VTLt", new Allowed("vt_lt", 1));
        all.put("EpochSync", new Allowed("epoch_sync", 1));
        all.put("EpochCascade", new Allowed("epoch_cascade", 1.1));
        all.put("cap_token_new", new Allowed("cap_token_make", 1.2));
        all.put("cap_verify", new Allowed("cap_verify", 1.2));
        return all;
    }

    private static Path kernel;

    @BeforeAll
    static void kernelIsBuilt() throws Exception {
        Compiler.assumed();
        kernel = new KernelBuilder(Path.of("exokernel")).build(List.of()).file();
    }

    @Test
    void eachIsAtLeastTheDocumentedOneAndNear() throws Exception {
        Prover prover = Prover.of(kernel);
        Map<String, List<String>> documented = documented();
        List<String> shown = new ArrayList<>();
        for (Map.Entry<String, Allowed> operation : OPERATIONS.entrySet()) {
            Proof proof = prover.prove(operation.getValue().function());
            assertThat(proof.why()).as(operation.getKey()).isEmpty();
            Law proved = proof.law().orElseThrow().plus(Law.of(1)); // the call
            List<String> laws = documented.getOrDefault(operation.getKey(), List.of());
            assertThat(laws).as(operation.getKey() + " in docs/counting.md").isNotEmpty();
            double furthest = 0;
            for (long value : List.of(1L, 2L, 16L, 64L, 300L)) {
                Map<String, Long> point = new TreeMap<>();
                for (String name : List.of("N_caps", "N_dom", "K_max", "S", "M")) {
                    point.put(name, value);
                }
                long measured = 0;
                for (String law : laws) {
                    measured = Math.max(measured, SizeReader.read(law).at(point));
                }
                assertThat(proved.at(point))
                        .as(operation.getKey())
                        .isGreaterThanOrEqualTo(measured);
                furthest = Math.max(furthest, (double) proved.at(point) / measured);
            }
            assertThat(furthest)
                    .as(operation.getKey())
                    .isLessThanOrEqualTo(operation.getValue().ratio());
            shown.add(
                    String.format(
                            Locale.ROOT,
                            "%-20s %-60s measured %s: at most %.3f times",
                            operation.getKey(),
                            proved,
                            laws,
                            furthest));
        }
        System.out.println(String.join("\n", shown));
    }

    /** The laws of each operation in the table of docs/counting.md. */
    private static Map<String, List<String>> documented() throws Exception {
        Pattern row = Pattern.compile("^\\| (`[^|]*|– [^|]*) \\| ([^|]+) \\| .*$");
        Pattern name = Pattern.compile("`([A-Za-z_]+)`");
        Map<String, List<String>> laws = new TreeMap<>();
        List<String> names = List.of();
        for (String line : Files.readAllLines(Path.of("docs/counting.md"))) {
            Matcher matcher = row.matcher(line);
            if (!matcher.matches()) {
                names = List.of();
                continue;
            }
            if (!matcher.group(1).startsWith("–")) {
                names =
                        name.matcher(matcher.group(1))
                                .results()
                                .map(found -> found.group(1))
                                .toList();
            }
            String law =
                    matcher.group(2)
                            .strip()
                            .replace("·", "*")
                            .replaceAll("\\bW\\b", "ceil(K_max/64)");
            if (law.matches("[-+*/() A-Za-z_0-9]+")) {
                names.forEach(own -> laws.computeIfAbsent(own, _ -> new ArrayList<>()).add(law));
            }
        }
        return laws;
    }
}
