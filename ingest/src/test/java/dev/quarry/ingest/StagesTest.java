package dev.quarry.ingest;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quarry.schema.ContentHash;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StagesTest {
    private static Stages stages(Stages.Known known, EcjEnvironment.Shared environment) {
        String text = "class A {}";
        List<SourceFile> sources = List.of(new SourceFile("A.java", ContentHash.ofText(text), text, text.length()));
        Binder binder = new Binder(
                IngestOptions.NEWEST_LEVEL,
                JarIndex.of(List.of()),
                List.of(BindingModule.whole(new ModuleClassPath("", "", "", List.of(), List.of(), List.of()), sources)),
                new LombokConfig.Folders(Path.of("").toAbsolutePath()),
                PatchedModules.of(List.of()),
                new ModuleExports(Map.of()),
                new FrameworkModel(new FrameworkResources(List.of())),
                new SourceOutlines(),
                false);
        return new Stages(sources, known, binder, environment, () -> {}, 1, ProgressListener.NONE);
    }

    @Test
    void syntax_fullHeapInAnotherThread_isAFullHeapHere() {
        OutOfMemoryError full = new OutOfMemoryError("Java heap space");
        Stages.Known failing = _ -> {
            throw full;
        };

        try (EcjEnvironment.Shared environment = new EcjEnvironment.Shared();
                Stages stages = stages(failing, environment)) {
            assertThatThrownBy(() -> stages.syntax(0)).isSameAs(full);
        }
    }

    @Test
    void syntax_defectInAnotherThread_isADefectHere() {
        Stages.Known failing = _ -> {
            throw new IllegalArgumentException("a defect");
        };

        try (EcjEnvironment.Shared environment = new EcjEnvironment.Shared();
                Stages stages = stages(failing, environment)) {
            assertThatThrownBy(() -> stages.syntax(0))
                    .isInstanceOf(IllegalStateException.class)
                    .hasRootCauseMessage("a defect");
        }
    }
}
