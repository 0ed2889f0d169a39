package org.feuerprobe.energy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Meters in the network; their stand-ins listen on loopback. */
class MeterTests {
    private static HttpServer http(int status, String body, List<String> asked) throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
        server.createContext(
                "/",
                exchange -> {
                    asked.add(exchange.getRequestURI().toString());
                    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(status, bytes.length);
                    exchange.getResponseBody().write(bytes);
                    exchange.close();
                });
        server.start();
        return server;
    }

    private static FoundSource shelly(int status, String body, String path, List<String> asked)
            throws IOException {
        HttpServer server = http(status, body, asked);
        try {
            return MeterAddress.of(
                            "http://127.0.0.1:%d%s".formatted(server.getAddress().getPort(), path))
                    .openAnywhere();
        } finally {
            server.stop(0);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "{\"id\":0,\"apower\":8.9,\"aenergy\":{\"total\":6.532}}##/rpc/Switch.GetStatus?id=0",
                "{\"act_power\":8.9}#/rpc/EM1.GetStatus?id=2#/rpc/EM1.GetStatus?id=2",
            })
    void readsAShelly(String body, String path, String asked) throws IOException {
        List<String> requests = Collections.synchronizedList(new ArrayList<>());
        HttpServer server = http(200, body, requests);
        try {
            FoundSource found =
                    MeterAddress.of(
                                    "http://127.0.0.1:%d%s"
                                            .formatted(
                                                    server.getAddress().getPort(),
                                                    path == null ? "" : path))
                            .openAnywhere();
            try (EnergySource source = ((FoundSource.Usable) found).source()) {
                assertThat(source.read()).isEqualTo(8.9);
            }
        } finally {
            server.stop(0);
        }
        assertThat(requests).containsOnly(asked);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "200#{\"id\":0}#the meter's answer has neither apower nor act_power",
                "200#{\"apower\":\"8.9\"}#the meter's answer has neither apower nor act_power",
                "200#<html>#the meter's answer is no JSON",
                "404#{\"apower\":8.9}#the meter answers with status 404",
            })
    void aWrongAnswerIsNoPower(int status, String body, String reason) throws IOException {
        FoundSource found = shelly(status, body, "", new ArrayList<>());

        assertThat(((FoundSource.Unusable) found).reason()).isEqualTo(reason);
    }

    /** An instrument that answers one query after the other. */
    private static FoundSource scpi(String query, String... answers) throws Exception {
        List<String> asked = Collections.synchronizedList(new ArrayList<>());
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread instrument =
                    Thread.ofVirtual()
                            .start(() -> {
                                try (Socket socket = server.accept()) {
                                    BufferedReader lines =
                                            new BufferedReader(
                                                    new InputStreamReader(
                                                            socket.getInputStream(),
                                                            StandardCharsets.US_ASCII));
                                    for (String answer : answers) {
                                        asked.add(lines.readLine());
                                        socket.getOutputStream()
                                                .write(answer.getBytes(StandardCharsets.US_ASCII));
                                    }
                                } catch (IOException e) {
                                    asked.add(e.toString());
                                }
                            });
            FoundSource found =
                    MeterAddress.of("scpi://127.0.0.1:%d%s".formatted(server.getLocalPort(), query))
                            .openAnywhere();
            if (found instanceof FoundSource.Usable(EnergySource source, String _)) {
                assertThat(source.read()).isEqualTo(1.75);
                source.close();
            }
            instrument.join();
            assertThat(asked)
                    .hasSize(answers.length)
                    .containsOnly(query.isEmpty() ? "MEAS:POW?" : query.substring(1));
            return found;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?FETC:POW:ACT?"})
    void asksAnInstrumentOverOneConnection(String query) throws Exception {
        assertThat(scpi(query, "+1.23450E+01\n", " 1.75\r\n"))
                .isInstanceOf(FoundSource.Usable.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "9.91E+37#the meter has no value: '9.91E+37'",
                "OVLD#the meter's answer to MEAS:POW? is no number",
            })
    void anInstrumentWithoutAValueIsNoPower(String answer, String reason) throws Exception {
        assertThat(((FoundSource.Unusable) scpi("", answer + "\n")).reason()).isEqualTo(reason);
    }

    @Test
    void aRealRunTakesNoMeterOnThisMachine() throws IOException {
        for (String address :
                List.of("http://127.0.0.1", "scpi://localhost:5025", "http://[::1]:8080")) {
            assertThat(MeterAddress.of(address).open())
                    .isEqualTo(
                            new FoundSource.Unusable(
                                    "meter",
                                    address,
                                    "this machine itself: a stand-in is never measured",
                                    "give the meter's own address"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.168.1.5", "https://meter", "scpi:5025", "http://u:p@host", "a b"})
    void refusesWhatIsNoAddress(String text) {
        assertThatThrownBy(() -> MeterAddress.of(text))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "'%s' is no address of a meter, want http://HOST or scpi://HOST:5025?MEAS:POW?"
                                .formatted(text));
    }
}
