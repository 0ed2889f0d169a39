package org.feuerprobe.guest;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Binds each processor of a guest to one of the host before the guest's first instruction. The
 * emulator starts stopped and reports its threads over QMP ({@code query-cpus-fast}); it continues
 * once they are bound. If the whole process were bound instead, the threads could change places.
 */
final class GuestProcessors implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration RETRY = Duration.ofMillis(2);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final int first;
    private final Path folder;
    private final Path socket;

    /**
     * Uses the host's processors from {@code first} on, and starts again at 0 if there are too few.
     */
    GuestProcessors(int first) throws IOException {
        this.first = first;
        this.folder = Files.createTempDirectory("feuerprobe");
        this.socket = folder.resolve("qmp");
    }

    /** The command with options that make the emulator start stopped. */
    EmulatorCommand stopped(EmulatorCommand command) {
        return command.with("-S", "-qmp", "unix:" + socket + ",server=on,wait=off");
    }

    /**
     * Binds the processors and starts the guest.
     *
     * @return why the processors could not be bound; empty on success, and also if the emulator has
     *     ended, because its own output then holds the reason
     */
    Optional<String> release(Process process) throws InterruptedException {
        Release release = new Release(process);
        Thread thread = Thread.ofVirtual().name("bind").start(release);
        if (!thread.join(LIMIT)) {
            thread.interrupt(); // closes the channel
            thread.join();
            return Optional.of("the emulator did not answer in " + LIMIT.toSeconds() + " s");
        }
        return release.problem;
    }

    private final class Release implements Runnable {
        private final Process process;
        private Optional<String> problem = Optional.empty();

        Release(Process process) {
            this.process = process;
        }

        @Override
        public void run() {
            try (SocketChannel channel = connect()) {
                BufferedReader answers =
                        new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
                ask(channel, answers, "qmp_capabilities");
                bind(ask(channel, answers, "query-cpus-fast"));
                ask(channel, answers, "cont");
            } catch (IOException e) {
                if (process.isAlive()) {
                    problem = Optional.of(String.valueOf(e.getMessage()));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        /**
         * Retries, because the emulator creates the socket only after it has read its command line.
         */
        private SocketChannel connect() throws IOException, InterruptedException {
            while (true) {
                SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
                try {
                    channel.connect(UnixDomainSocketAddress.of(socket));
                    return channel;
                } catch (IOException e) {
                    channel.close();
                    if (!process.isAlive()) {
                        throw e;
                    }
                    Thread.sleep(RETRY);
                }
            }
        }
    }

    private static String ask(SocketChannel channel, BufferedReader answers, String command)
            throws IOException {
        ByteBuffer bytes =
                ByteBuffer.wrap(
                        "{\"execute\": \"%s\"}\n"
                                .formatted(command)
                                .getBytes(StandardCharsets.US_ASCII));
        while (bytes.hasRemaining()) {
            int _ = channel.write(bytes);
        }
        for (String line = answers.readLine(); line != null; line = answers.readLine()) {
            if (line.startsWith("{\"return\"")) {
                return line;
            }
            if (line.startsWith("{\"error\"")) {
                throw new IOException("the emulator refuses %s: %s".formatted(command, line));
            }
        }
        throw new IOException("the emulator closed its control socket");
    }

    private void bind(String answer) throws IOException {
        SortedMap<Integer, Long> threads = threads(answer);
        if (threads.isEmpty()) {
            throw new IOException("the emulator reports no processors: " + answer);
        }
        int there = Runtime.getRuntime().availableProcessors();
        for (var cpu : threads.entrySet()) {
            Affinity.bind(cpu.getValue(), (first + cpu.getKey()) % there);
        }
    }

    /** The thread of each processor, from the answer to {@code query-cpus-fast}. */
    static SortedMap<Integer, Long> threads(String answer) throws IOException {
        SortedMap<Integer, Long> threads = new TreeMap<>();
        try {
            for (JsonNode cpu : JSON.readTree(answer).path("return")) {
                threads.put(cpu.required("cpu-index").asInt(), cpu.required("thread-id").asLong());
            }
        } catch (JacksonException e) {
            throw new IOException(
                    "the emulator's report of its processors cannot be read: " + answer, e);
        }
        return threads;
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(socket);
        Files.deleteIfExists(folder);
    }
}
