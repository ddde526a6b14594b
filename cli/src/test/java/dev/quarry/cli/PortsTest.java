package dev.quarry.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import dev.quarry.server.ServerConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortsTest {
    private static ServerSocket listening() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    private static ServerConfig at(ServerSocket socket) {
        return ServerConfig.defaults().withPort(socket.getLocalPort());
    }

    @Test
    void free_portInUse_isRefusedUnlessTheNextOneWillDo() throws IOException {
        try (ServerSocket taken = listening()) {
            assertThatThrownBy(() -> Ports.free(at(taken), false))
                    .isInstanceOfSatisfying(
                            QuarryException.class,
                            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.BUSY))
                    .hasMessageContaining(Integer.toString(taken.getLocalPort()))
                    .hasMessageContaining("--port-fallback");
            ServerConfig other = Ports.free(at(taken), true);
            assertThat(other.port()).isGreaterThan(taken.getLocalPort());
        }
    }

    @Test
    void free_portThatIsFree_staysAsItIs() {
        ServerConfig any = ServerConfig.defaults().withPort(0);
        assertThat(Ports.free(any, true)).isEqualTo(any);
    }

    /** The address is one that no machine has: it stands for examples. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void free_addressOfNoInterface_namesTheHostAsWhatIsWrong(boolean fallback) throws IOException {
        try (ServerSocket somebody = listening()) {
            ServerConfig config = at(somebody).withHost("192.0.2.1");
            assertThatThrownBy(() -> Ports.free(config, fallback))
                    .isInstanceOfSatisfying(
                            QuarryException.class,
                            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.BUSY))
                    .hasMessageContainingAll("'192.0.2.1'", "--host")
                    .hasMessageNotContaining("--port");
            assertThatThrownBy(() -> Ports.free(config.withPort(0), fallback)).hasMessageContaining("--host");
        }
    }

    @Test
    void start_portTakenInBetween_goesOnToTheNext() throws IOException {
        List<ServerSocket> others = new ArrayList<>();
        try (ServerSocket taken = listening()) {
            int port = Ports.start(at(taken), true, config -> {
                if (others.isEmpty()) {
                    others.add(taken(config.port()));
                    throw new QuarryException(ErrorCode.BUSY, "somebody was faster");
                }
                return config.port();
            });
            assertThat(port).isGreaterThan(others.getFirst().getLocalPort());
        } finally {
            for (ServerSocket other : others) {
                other.close();
            }
        }
    }

    private static ServerSocket taken(int port) {
        try {
            return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
