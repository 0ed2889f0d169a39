package org.feuerprobe.energy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;

/**
 * Address of a power meter in the network: {@code http://HOST} of a Shelly, or {@code
 * scpi://HOST:PORT?QUERY}.
 */
public final class MeterAddress {
    private static final int SCPI_PORT = 5025;
    private static final String POWER_QUERY = "MEAS:POW?";

    private final String text;
    private final URI uri;

    private MeterAddress(String text, URI uri) {
        this.text = text;
        this.uri = uri;
    }

    /** Reads an address. */
    public static MeterAddress of(String text) throws IOException {
        try {
            URI uri = new URI(text);
            boolean known = "http".equals(uri.getScheme()) || "scpi".equals(uri.getScheme());
            if (known && uri.getHost() != null && uri.getUserInfo() == null) {
                return new MeterAddress(text, uri);
            }
        } catch (URISyntaxException e) {
            // the message below says what is wanted
        }
        throw new IOException(
                "'%s' is no address of a meter, want http://HOST or scpi://HOST:5025?MEAS:POW?"
                        .formatted(text));
    }

    /**
     * The meter, which is not read yet. This machine itself is no meter: what answers on loopback
     * is a stand-in, and a measurement must not find it by accident.
     */
    FoundSource open() {
        try {
            if (InetAddress.getByName(uri.getHost()).isLoopbackAddress()) {
                return unusable(
                        "this machine itself: a stand-in is never measured",
                        "give the meter's own address");
            }
            return openAnywhere();
        } catch (UnknownHostException e) {
            return unusable("no host has this name", "check the address");
        }
    }

    /** The same for tests, which have a stand-in on loopback. */
    FoundSource openAnywhere() {
        EnergySource meter =
                uri.getScheme().equals("scpi")
                        ? new ScpiMeter(
                                uri.getHost(),
                                uri.getPort() < 0 ? SCPI_PORT : uri.getPort(),
                                query())
                        : new ShellyMeter(uri);
        try {
            double _ = meter.read();
            return new FoundSource.Usable(meter, "it answers without a password");
        } catch (IOException e) {
            meter.close();
            return unusable(String.valueOf(e.getMessage()), "check address, meter and network");
        }
    }

    private String query() {
        String raw = uri.getRawQuery();
        return raw == null || raw.isEmpty()
                ? POWER_QUERY
                : URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private FoundSource unusable(String reason, String remedy) {
        return new FoundSource.Unusable("meter", text, reason, remedy);
    }
}
