package dev.quarry.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SourceSketchTest {
    @Test
    void of_membersOfNestedTypes_areOneFileWithTheLinesOfTheDocuments() {
        EvalDocument type = new EvalDocument(
                "t", "a.b", "Outer", "class", "", "What it is.", List.of("SIZE"), List.of("Base<X>", "Port"));
        EvalDocument method = member("m", "Outer", "@Override\nint size() {\n    return SIZE;\n}");
        EvalDocument inner = member("i", "Outer.Port", "void open();");
        SourceSketch sketch = SourceSketch.of(List.of(type, method, inner), Set.of("Port"));
        assertThat(sketch.text()).isEqualTo("""
                package a.b;
                /**
                What it is.
                */
                public class Outer extends Base<X> implements Port {
                Object SIZE = null;
                @Override
                int size() {
                    return SIZE;
                }
                public static interface Port {
                void open();
                }
                }
                """);
        assertThat(sketch.lines()).containsOnly(entry(5, "t"), entry(7, "m"), entry(12, "i"));
    }

    private static EvalDocument member(String id, String type, String code) {
        return new EvalDocument(id, "a.b", type, "", code, "", List.of(), List.of());
    }

    private static java.util.Map.Entry<Integer, String> entry(int line, String id) {
        return java.util.Map.entry(line, id);
    }
}
