package org.feuerprobe.guest;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Builds the exokernel with {@code make}. Each variant has its own build folder. */
public final class KernelBuilder {
    private static final Pattern SWITCH = Pattern.compile("[A-Z][A-Z0-9_]*=[a-z0-9_]+");
    private static final int LONGEST_WAIT = 1800;

    private final Path folder;

    /** Builds in {@code folder}, which contains the exokernel's Makefile. */
    public KernelBuilder(Path folder) {
        this.folder = folder;
    }

    /** Whether a release contains the images, and the sources are still those of its images. */
    public boolean prebuilt() {
        try {
            return Prebuilt.isIn(folder);
        } catch (IOException e) {
            return false; // what cannot be read has to be built
        }
    }

    /**
     * Brings an image up to date and reads it.
     *
     * @param variant switches such as {@code CAP_ALLOC=scan}; none for the default kernel
     * @throws IOException if a switch is malformed, or if make is missing or fails; the message
     *     contains make's last lines
     */
    public KernelImage build(List<String> variant) throws IOException, InterruptedException {
        for (String option : variant) {
            if (!SWITCH.matcher(option).matches()) {
                throw new VariantException(
                        "variant '%s': want NAME=value, such as CAP_ALLOC=scan".formatted(option));
            }
        }
        if (Prebuilt.isIn(folder)) {
            requireKnown(variant);
            if (Prebuilt.answer(folder, printImage(variant)).isPresent()) {
                return image(variant);
            }
        }
        try (FileChannel lock = lock(folder.resolve("build"))) {
            await(lock); // two builds at once would write the same files
            requireKnown(variant);
            make(variant, List.of("-j2"));
            return image(variant);
        }
    }

    private static FileChannel lock(Path build) throws IOException {
        try {
            Files.createDirectories(build);
            return FileChannel.open(
                    build.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (AccessDeniedException e) {
            throw new IOException(
                    build
                            + " cannot be written, so the kernel cannot be built there: make it writable for this user, or use a copy of the checkout",
                    e);
        }
    }

    private static void await(FileChannel lock) throws IOException, InterruptedException {
        for (int second = 0; second < LONGEST_WAIT; second++) {
            if (isLocked(lock)) {
                return;
            }
            Thread.sleep(Duration.ofSeconds(1));
        }
        throw new IOException(
                "another build of the kernel has not ended after %d minutes: end it, or use a copy of the checkout"
                        .formatted(LONGEST_WAIT / 60));
    }

    private static boolean isLocked(FileChannel lock) throws IOException {
        try {
            return lock.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // another thread of this process builds
        }
    }

    private void requireKnown(List<String> variant) throws IOException, InterruptedException {
        List<String> known = make(List.of(), List.of("print-switches")).lines().toList();
        for (String option : variant) {
            if (!known.contains(option)) {
                throw new VariantException(
                        "unknown variant %s; known: %s"
                                .formatted(option, String.join(", ", known)));
            }
        }
    }

    private KernelImage image(List<String> variant) throws IOException, InterruptedException {
        return KernelImage.read(folder.resolve(make(variant, List.of("print-image")).strip()));
    }

    private static List<String> printImage(List<String> variant) {
        return Stream.concat(Stream.of("print-image"), variant.stream()).toList();
    }

    /** The compiler's flags, which are the same for every variant. */
    public String flags() throws IOException, InterruptedException {
        return make(List.of(), List.of("print-flags")).strip();
    }

    private String make(List<String> variant, List<String> goals)
            throws IOException, InterruptedException {
        return Make.run(
                "the kernel", folder, Stream.concat(goals.stream(), variant.stream()).toList());
    }
}
