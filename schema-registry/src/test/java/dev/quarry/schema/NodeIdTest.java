package dev.quarry.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NodeIdTest {
    @Test
    void of_sameDeclaration_sameId() {
        assertThat(NodeId.of(NodeKind.METHOD, "a.B#m", "(int)"))
                .isEqualTo(NodeId.of(NodeKind.METHOD, "a.B#m", "(int)"));
    }

    @Test
    void of_anyPartDiffers_idDiffers() {
        assertThat(List.of(
                        NodeId.of(NodeKind.METHOD, "a.B#m", "(int)"),
                        NodeId.of(NodeKind.CONSTRUCTOR, "a.B#m", "(int)"),
                        NodeId.of(NodeKind.METHOD, "a.B#n", "(int)"),
                        NodeId.of(NodeKind.METHOD, "a.B#m", "(long)"),
                        NodeId.of(NodeKind.METHOD, "a.B#m(", "int)")))
                .doesNotHaveDuplicates();
    }

    @Test
    void parse_printed_isTheSame() {
        NodeId id = NodeId.of(NodeKind.CLASS, "a.B", "");
        assertThat(NodeId.parse(id.toString())).isEqualTo(id);
        assertThat(NodeId.of(id.toBytes())).isEqualTo(id);
    }

    @Test
    void parse_noHex_saysWhatIsExpected() {
        assertThatThrownBy(() -> NodeId.parse("StringUtils")).hasMessageContaining("32 hexadecimal digits");
    }

    @Test
    void compareTo_randomIds_ordersAsTheBytesDo() {
        long seed = Long.getLong("quarry.seed", System.nanoTime());
        SplittableRandom random = new SplittableRandom(seed);
        List<NodeId> ids = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            ids.add(new NodeId(random.nextLong(), random.nextLong(4)));
        }
        List<NodeId> byBytes = new ArrayList<>(ids);
        byBytes.sort((left, right) -> Arrays.compareUnsigned(left.toBytes(), right.toBytes()));
        ids.sort(null);
        assertThat(ids).as("-Dquarry.seed=%d", seed).isEqualTo(byBytes);
    }
}
