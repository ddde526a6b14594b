package dev.quarry.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Class files by name, from directories and the JDK. */
class ClassPoolTest {
    @TempDir
    private Path folder;

    @Test
    void find_classOfJavaThatTheClassPathHasToo_isTheJdks() throws IOException {
        Path other = folder.resolve("java/util/List.class");
        Files.createDirectories(other.getParent());
        try (var bytes = Objects.requireNonNull(ClassPool.class.getResourceAsStream("ClassPool.class"))) {
            Files.write(other, bytes.readAllBytes());
        }

        try (ClassPool pool = new ClassPool(List.of(folder))) {
            assertThat(Objects.requireNonNull(pool.find("java/util/List")).name).isEqualTo("java/util/List");
        }
    }

    @Test
    void method_ofAMethodHandle_isPolymorphicOnlyIfNative() throws IOException {
        MethodTypeDesc ofList = MethodTypeDesc.of(ConstantDescs.CD_Object, ConstantDescs.CD_List);

        try (ClassPool pool = new ClassPool(List.of())) {
            assertThat(pool.method("java/lang/invoke/MethodHandle", "invokeWithArguments", ofList))
                    .containsExactly("java.lang.invoke.MethodHandle#invokeWithArguments(java.util.List)");
            assertThat(pool.method("java/lang/invoke/MethodHandle", "invoke", ofList))
                    .containsExactly("java.lang.invoke.MethodHandle#invoke(java.lang.Object[])");
        }
    }

    @Test
    void refusal_ofWhatIsNeitherAJarNorADirectory_namesIt() throws IOException {
        Path text = Files.writeString(folder.resolve("a.jar"), "no jar");

        assertThat(ClassPool.refusal(folder)).isEmpty();
        assertThat(ClassPool.refusal(text))
                .hasValueSatisfying(
                        told -> assertThat(told).startsWith(text + " is neither a jar nor a directory of classes"));
        assertThat(ClassPool.refusal(folder.resolve("b.jar"))).contains(folder.resolve("b.jar") + " does not exist");
    }
}
