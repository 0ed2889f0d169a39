package org.feuerprobe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The tool as a program, on a host that has {@code /dev/kvm}, with an emulator that does {@code
 * -accel kvm} by something else.
 *
 * @param folder for what both write
 */
record StandInEmulator(Path folder, Path script) {
    static StandInEmulator of(Path folder, String instead) throws Exception {
        Path script =
                Files.writeString(
                        folder.resolve("emulator"),
                        """
                        #!/bin/sh
                        n=$#
                        while [ $n -gt 0 ]; do
                          case "$1" in
                            kvm) set -- "$@" %s ;;
                            host*) set -- "$@" max ;;
                            *) set -- "$@" "$1" ;;
                          esac
                          shift
                          n=$((n - 1))
                        done
                        exec qemu-system-x86_64 "$@"
                        """
                                .formatted(instead));
        assertThat(script.toFile().setExecutable(true)).isTrue();
        Path device = folder.resolve("host/dev/kvm");
        Files.createDirectories(device.getParent());
        Files.writeString(device, "");
        return new StandInEmulator(folder, script);
    }

    record Ended(int status, String out, String err) {}

    Ended run(String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                ProcessHandle.current().info().command().orElse("java"),
                                "--enable-native-access=ALL-UNNAMED",
                                "-Dfeuerprobe.host=" + folder.resolve("host"),
                                "-cp",
                                System.getProperty("java.class.path"),
                                "org.feuerprobe.cli.Main"));
        command.addAll(List.of(arguments));
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile());
        builder.environment().put("FEUERPROBE_QEMU", script.toString());
        Process process = builder.start();
        try {
            process.waitFor();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        return new Ended(
                process.exitValue(),
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }
}
