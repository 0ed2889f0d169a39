package org.feuerprobe.cli;

import java.io.IOException;
import org.feuerprobe.guest.CacheGeometry;
import org.feuerprobe.guest.CacheModel;
import picocli.CommandLine.Option;

/** Which caches the emulator's plugin models. */
final class CacheOptions {
    @Option(
            names = "--caches",
            paramLabel = "GEOMETRY",
            description =
                    "Caches to model, such as l1d=48/12/64,l2=2048/16/64,tlb=64/4 (KiB/ways/line; default: the host's).")
    String caches = "";

    /** The caches to model. */
    CacheGeometry geometry() throws CommandException {
        CacheGeometry host = CacheGeometry.host();
        try {
            return caches.isEmpty() ? host : host.with(caches);
        } catch (IllegalArgumentException e) {
            throw new CommandException(ExitStatus.USAGE, "--caches: " + e.getMessage());
        }
    }

    /** The plugin, built, with the caches asked for. */
    CacheModel model() throws CommandException, IOException, InterruptedException {
        return CacheModel.build(Home.path().resolve("plugin"), geometry());
    }
}
