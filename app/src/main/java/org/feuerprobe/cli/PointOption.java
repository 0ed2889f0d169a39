package org.feuerprobe.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.terminal.Section;
import org.feuerprobe.terminal.Under;
import picocli.CommandLine.Option;

/** The point at which a command looks: values of parameters. */
final class PointOption {
    @Option(
            names = "--at",
            paramLabel = "NAME=VALUE",
            description =
                    "The value of a parameter. May be repeated, or have several values with commas.")
    @Under(Section.MEASUREMENT)
    List<String> at = new ArrayList<>();

    /** The values that were given, by parameter. */
    Map<String, Long> values() throws LabException {
        Map<String, Long> values = new LinkedHashMap<>();
        for (String each : at) {
            for (String one : each.split(",", -1)) {
                if (!one.matches("[^=]+=[0-9]{1,18}")) {
                    throw LabException.wrongUse(
                            "--at %s: want NAME=VALUE, a whole number of 0 or more".formatted(one));
                }
                String[] words = one.split("=", 2);
                values.put(words[0], Long.parseLong(words[1]));
            }
        }
        return values;
    }
}
