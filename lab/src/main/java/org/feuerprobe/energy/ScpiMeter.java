package org.feuerprobe.energy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** An instrument that speaks SCPI over TCP; its query returns watts as one number. */
final class ScpiMeter implements EnergySource {
    private static final int PATIENCE_MILLIS = 5_000;
    private static final int LONGEST = 256;

    /** Instruments print at least so many digits; which of them are true, they do not say. */
    private static final double RESOLUTION = 0.001;

    private final String host;
    private final int port;
    private final String query;
    private @Nullable Socket socket;

    ScpiMeter(String host, int port, String query) {
        this.host = host;
        this.port = port;
        this.query = query;
    }

    @Override
    public Description description() {
        return new Description(
                "meter " + host,
                "instrument",
                "what is connected to the instrument",
                Quantity.POWER,
                RESOLUTION,
                OptionalDouble.empty(),
                "scpi://%s:%d?%s".formatted(host, port, query));
    }

    @Override
    public double read() throws IOException {
        try {
            Socket open = socket == null ? connect() : socket;
            open.getOutputStream().write((query + "\n").getBytes(StandardCharsets.US_ASCII));
            String answer = line(open.getInputStream());
            double watts = Double.parseDouble(answer);
            if (!Double.isFinite(watts) || Math.abs(watts) > 9e36) { // SCPI's "not a number"
                throw new IOException("the meter has no value: '%s'".formatted(answer));
            }
            return watts;
        } catch (NumberFormatException e) {
            close();
            throw new IOException("the meter's answer to %s is no number".formatted(query), e);
        } catch (SocketTimeoutException e) {
            close();
            throw new IOException("the meter does not answer to " + query, e);
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private Socket connect() throws IOException {
        Socket fresh = new Socket();
        socket = fresh;
        fresh.setSoTimeout(PATIENCE_MILLIS);
        fresh.connect(new InetSocketAddress(host, port), PATIENCE_MILLIS);
        return fresh;
    }

    private static String line(InputStream stream) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = stream.read(); next != '\n'; next = stream.read()) {
            if (next < 0 || line.length() == LONGEST) {
                throw new IOException(
                        next < 0
                                ? "the meter closed the connection"
                                : "the meter's answer is longer than %d bytes".formatted(LONGEST));
            }
            line.append((char) next);
        }
        return line.toString().strip();
    }

    @Override
    public void close() {
        try {
            if (socket != null) {
                socket.close();
            }
        } catch (IOException e) {
            // it is gone either way
        }
        socket = null;
    }
}
