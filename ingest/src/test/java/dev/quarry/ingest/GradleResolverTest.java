package dev.quarry.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which versions of which libraries a Gradle project is compiled against. */
class GradleResolverTest {
    @TempDir
    private Path folder;

    private GradleFixture gradle;

    @BeforeEach
    void makeFixture() {
        gradle = new GradleFixture(folder);
    }

    private void build(String dependencies) {
        gradle.file("build.gradle", "plugins { id 'java' }\ndependencies {\n" + dependencies + "\n}\n");
    }

    @Test
    void resolve_ofSeveralVersions_takesTheNewestAndDropsWhatTheOlderBroughtAlong() {
        gradle.library("x:a:1", "x:c:2")
                .library("x:b:1", "x:c:10")
                .library("x:c:2", "x:old:1")
                .library("x:c:10");
        gradle.library("x:old:1");
        build("implementation 'x:c:1.5'\nimplementation 'x:a:1'\nimplementation 'x:b:1'");

        assertThat(gradle.coordinates("")).containsExactly("x:c:10", "x:a:1", "x:b:1");
        assertThat(gradle.classPath().missing()).isEmpty();
    }

    @Test
    void resolve_withAnOptionalDependency_takesItsVersionOnlyIfSomethingElseAsksForIt() {
        gradle.library("x:a:1", "x:c:3:optional", "x:d:1:optional")
                .library("x:c:3")
                .library("x:c:2");
        build("implementation 'x:a:1'\nimplementation 'x:c:2'");

        assertThat(gradle.coordinates("")).containsExactly("x:a:1", "x:c:3");
    }

    @Test
    void resolve_withPlatforms_fillsInVersionsAndEnforcesThem() {
        gradle.bom("x:bom:1", "x:a:2", "x:b:2")
                .library("x:a:2")
                .library("x:a:3")
                .library("x:b:2");
        gradle.library("x:c:1", "x:a:3");
        build("implementation platform('x:bom:1')\nimplementation 'x:a'\nimplementation 'x:b'\nimplementation 'x:c:1'");
        assertThat(gradle.coordinates("")).containsExactly("x:a:3", "x:b:2", "x:c:1");

        build("implementation enforcedPlatform('x:bom:1')\nimplementation 'x:a'\nimplementation 'x:c:1'");
        assertThat(gradle.coordinates("")).containsExactly("x:a:2", "x:c:1");
    }

    @Test
    void resolve_withAPlatformProjectInAConfigurationOfItsOwn_takesItsVersions() {
        gradle.bom("x:bom:1", "x:a:2").library("x:a:2").library("x:b:3");
        gradle.file("settings.gradle", "include 'versions', 'app'\n");
        gradle.file("versions/build.gradle", """
                plugins { id 'java-platform' }
                dependencies { api(platform('x:bom:1')); constraints { api 'x:b:3' } }
                """);
        gradle.file("app/build.gradle", """
                dependencies {
                    versions(enforcedPlatform(dependencies.project(path: ':versions')))
                    implementation 'x:a'
                    implementation 'x:b'
                    annotationProcessor platform('x:gone:1')
                }
                """);

        assertThat(gradle.coordinates("app")).containsExactly("x:a:2", "x:b:3");
        assertThat(gradle.classPath().missing()).isEmpty();
    }

    @Test
    void resolve_withStrictForcedAndExcludedLibraries_followsTheProject() {
        gradle.library("x:a:1", "x:b:9", "x:c:1", "x:d:1")
                .library("x:b:9")
                .library("x:b:2")
                .library("x:d:1");
        gradle.library("x:d:0").library("x:c:1", "x:e:1").library("x:e:1");
        gradle.file("build.gradle", """
                plugins { id 'java' }
                configurations.all { resolutionStrategy { force 'x:d:0' }; exclude group: 'x', module: 'e' }
                dependencies {
                    implementation('x:a:1') { exclude module: 'c' }
                    implementation('x:b') { version { strictly '2' } }
                    testImplementation 'x:c:1'
                }
                """);

        assertThat(gradle.coordinates("")).containsExactly("x:a:1", "x:b:2", "x:c:1", "x:d:0");
    }

    @Test
    void resolve_withALockFile_takesItsVersions() {
        gradle.library("x:a:1").library("x:a:2").library("x:b:1").library("x:late:1");
        gradle.file("gradle.lockfile", """
                # locked
                x:a:1=compileClasspath,runtimeClasspath
                x:b:1=testCompileClasspath
                x:late:1=runtimeClasspath
                empty=annotationProcessor
                """);
        build("implementation 'x:a:[1,3)'");

        assertThat(gradle.coordinates("")).containsExactly("x:a:1", "x:b:1");
    }

    @Test
    void resolve_withASelector_takesTheNewestThatIsThere() {
        gradle.library("x:a:1.2").library("x:a:1.10").library("x:a:2.0");
        build("implementation 'x:a:1.+'\nimplementation 'x:gone:1.+'");

        assertThat(gradle.coordinates("")).containsExactly("x:a:1.10");
        assertThat(gradle.classPath().missing()).containsExactly("x:gone:1.+");
    }

    @Test
    void resolve_withGradlesCache_findsJarsAndModuleFiles() {
        gradle.cached("x:a:1", "0a", ".pom", "<project/>").cached("x:a:1", "0b", ".jar", "");
        gradle.cached("x:a:1", "0c", ".module", """
                {"variants": [
                  {"name": "androidApi", "attributes": {"org.gradle.usage": "java-api", "org.gradle.category": "library",
                     "org.gradle.jvm.environment": "android"},
                   "dependencies": [{"group": "x", "module": "no", "version": {"requires": "1"}}]},
                  {"name": "runtime", "attributes": {"org.gradle.usage": "java-runtime", "org.gradle.category": "library"},
                   "dependencies": [{"group": "x", "module": "no", "version": {"requires": "1"}}]},
                  {"name": "api", "attributes": {"org.gradle.usage": "java-api", "org.gradle.category": "library",
                     "org.gradle.jvm.environment": "standard-jvm"},
                   "dependencies": [{"group": "x", "module": "b", "version": {"requires": "1"}}],
                   "dependencyConstraints": [{"group": "x", "module": "b", "version": {"requires": "2"}}],
                   "files": [{"name": "a-1.jar", "url": "a-1.jar"}]}]}
                """);
        gradle.library("x:b:1").library("x:b:2");
        build("implementation 'x:a:1'");

        assertThat(gradle.coordinates("")).containsExactly("x:a:1", "x:b:2");
        assertThat(gradle.module("").entries().getFirst().jar()).startsWith(gradle.home);
        assertThat(gradle.classPath().missing()).isEmpty();
    }

    @Test
    void resolve_withSpringsPlugins_takesTheVersionsThatTheyManage() {
        gradle.bom("org.springframework.boot:spring-boot-dependencies:3.1.0", "x:a:5", "x:b:5");
        gradle.bom("x:other:1", "x:b:6").library("x:a:5", "x:b:9").library("x:b:6");
        gradle.file("build.gradle", """
                plugins {
                    id 'java'
                    id 'org.springframework.boot' version '3.1.0'
                    id 'io.spring.dependency-management' version '1.1.0'
                }
                dependencyManagement { imports { mavenBom 'x:other:1' } }
                dependencies { implementation 'x:a' }
                """);

        assertThat(gradle.coordinates("")).containsExactly("x:a:5", "x:b:6");
    }

    @Test
    void resolve_withoutTheJars_namesThemWithTheProjectsThatAskForThem() {
        gradle.library("x:b:1", "x:gone:2");
        gradle.file("settings.gradle", "include 'one', 'two'\n");
        gradle.file("one/build.gradle", "dependencies { implementation 'x:b:1' }\n");
        gradle.file("two/build.gradle", "dependencies { implementation 'x:b:1'\nimplementation 'x:c:1:tests' }\n");

        assertThat(gradle.classPath().missingByModule())
                .containsExactly("x:c:jar:tests:1 (two)", "x:gone:2 (one, two)");
    }

    @Test
    void resolve_withNamesThatLeadOutOfTheRepository_findsNothing() {
        Graph.write(folder, "evil/1/evil-1.jar", "");
        build("implementation '..:evil:1'\nimplementation 'x:../../evil:1'");

        assertThat(gradle.coordinates("")).isEmpty();
    }

    @Test
    void versions_inGradlesOrder_areAsDocumented() {
        assertThat(GradleVersions.ORDER.compare("1.10", "1.9")).isPositive();
        assertThat(GradleVersions.ORDER.compare("1.0-alpha", "1.0")).isNegative();
        assertThat(GradleVersions.ORDER.compare("1.0", "1.0.1")).isNegative();
        assertThat(GradleVersions.ORDER.compare("1.0-rc", "1.0-beta")).isPositive();
        assertThat(GradleVersions.ORDER.compare("1.0-release", "1.0-rc")).isPositive();
        assertThat(GradleVersions.ORDER.compare("1a1", "1.a.1")).isZero();
        assertThat(GradleVersions.newest("[1.0,2.0[", Set.of("1.5", "2.0", "0.9")))
                .contains("1.5");
        assertThat(GradleVersions.newest("latest.release", Set.of("1.5", "2.0-SNAPSHOT")))
                .contains("1.5");
    }
}
