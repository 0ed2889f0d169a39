package org.feuerprobe.energy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.OptionalDouble;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A Shelly of the second generation or later, asked over HTTP: {@code apower} or {@code act_power}
 * of its status, in watts. Its counter of watt-hours changes once a minute, so it is not used.
 */
final class ShellyMeter implements EnergySource {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final double RESOLUTION = 0.1;
    private static final int GOOD = 200;

    private final URI status;
    private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    ShellyMeter(URI address) {
        status =
                address.getPath().isEmpty() || address.getPath().equals("/")
                        ? address.resolve("/rpc/Switch.GetStatus?id=0")
                        : address;
    }

    @Override
    public Description description() {
        return new Description(
                "meter " + status.getHost(),
                "socket",
                "what is plugged into the meter",
                Quantity.POWER,
                RESOLUTION,
                OptionalDouble.empty(),
                status.toString());
    }

    @Override
    public double read() throws IOException {
        try {
            HttpResponse<String> answer =
                    client.send(
                            HttpRequest.newBuilder(status).timeout(PATIENCE).build(),
                            HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != GOOD) {
                throw new IOException("the meter answers with status " + answer.statusCode());
            }
            return watts(answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the meter was read", e);
        }
    }

    private static double watts(String body) throws IOException {
        try {
            JsonNode json = JsonMapper.builder().build().readTree(body);
            for (String field : new String[] {"apower", "act_power"}) {
                if (json.path(field).isNumber()) {
                    return json.path(field).asDouble();
                }
            }
        } catch (JacksonException e) {
            throw new IOException("the meter's answer is no JSON", e);
        }
        throw new IOException("the meter's answer has neither apower nor act_power");
    }

    @Override
    public void close() {
        client.close();
    }
}
