package dev.quarry.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.Flags;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read from the scripts of Gradle builds. */
class GradleModulesTest {
    @TempDir
    private Path folder;

    private GradleFixture gradle;

    @BeforeEach
    void makeFixture() {
        gradle = new GradleFixture(folder);
    }

    @Test
    void classPath_inGroovy_followsProjectsVariablesAndBlocksForAll() {
        gradle.library("x:a:1", "x:b:1", "x:hidden:1:runtime")
                .library("x:b:1")
                .library("x:c:3")
                .library("x:t:9");
        gradle.library("x:inner:1").library("x:everywhere:1");
        gradle.file("settings.gradle", """
                rootProject.name = 'shop'
                include 'core', ':web:site',
                        'tools'
                project(':tools').projectDir = new File(settingsDir, 'support/tools')
                """);
        gradle.file("gradle.properties", "cVersion=3\n");
        gradle.file("build.gradle", """
                // implementation 'no:comment:1'
                ext { tVersion = '9'; versions = [a: '1'] }
                subprojects {
                    apply plugin: 'java-library'
                    sourceCompatibility = JavaVersion.VERSION_17
                    dependencies { implementation "x:everywhere:1" }
                }
                project(':tools') { dependencies { compileOnly 'x:inner:1' } }
                """);
        gradle.file("core/build.gradle", """
                dependencies {
                    api("x:a:${versions.a}") { because 'it is used' }
                    implementation group: 'x', name: 'inner', version: '1'
                    testImplementation "x:t:$tVersion"
                    annotationProcessor 'x:processor:1'
                    runtimeOnly 'x:driver:1'
                }
                """);
        gradle.file("web/site/build.gradle", """
                dependencies { implementation project(':core')
                    implementation "x:c:" + cVersion }
                """);

        assertThat(gradle.classPath().modules())
                .extracting(ModuleClassPath::directory)
                .containsExactly("core", "web", "web/site", "support/tools");
        assertThat(gradle.coordinates("core"))
                .containsExactly("x:everywhere:1", "x:a:1", "x:inner:1", "x:t:9", "x:b:1");
        assertThat(gradle.coordinates("web/site")).containsExactly("x:everywhere:1", "x:a:1", "x:c:3", "x:b:1");
        assertThat(gradle.module("web/site").siblings()).containsExactly("core");
        assertThat(gradle.coordinates("support/tools")).containsExactly("x:everywhere:1", "x:inner:1");
        assertThat(gradle.module("core").languageLevel()).isEqualTo("17");
        assertThat(gradle.classPath().missing()).isEmpty();
    }

    @Test
    void classPath_inKotlin_followsCataloguesAccessorsAndToolchains() {
        gradle.library("x:a:1")
                .library("x:b:2")
                .library("x:c:4")
                .library("x:d:5")
                .library("x:e:6");
        gradle.file("settings.gradle.kts", """
                rootProject.name = "shop"
                include(":core-api", ":web")
                dependencyResolutionManagement {
                    versionCatalogs {
                        create("own") { from(files("gradle/own.toml")); library("d", "x", "d").version("5") }
                    }
                }
                """);
        gradle.file("gradle/libs.versions.toml", """
                [versions]
                a = "1"   # one
                c = { strictly = "[3,5[", prefer = "4" }
                [libraries]
                a-core = { module = "x:a", version.ref = "a" }
                b = "x:b:2"
                c = { group = "x", name = "c", version.ref = "c" }
                [bundles]
                both = ["a-core", "b"]
                """);
        gradle.file("gradle/own.toml", "[libraries]\ne.module = \"x:e\"\ne.version = '6'\n");
        gradle.file("core-api/build.gradle.kts", """
                plugins { `java-library` }
                val wanted by extra("2")
                java { toolchain { languageVersion.set(JavaLanguageVersion.of(21)) } }
                dependencies {
                    api(libs.bundles.both)
                    implementation(libs.c)
                }
                """);
        gradle.file("web/build.gradle.kts", """
                plugins { id("java") }
                tasks.withType<JavaCompile>().configureEach { options.release.set(11) }
                dependencies {
                    implementation(projects.coreApi)
                    "testImplementation"(own.d)
                    add("compileOnly", own.e)
                }
                """);

        assertThat(gradle.coordinates("core-api")).containsExactly("x:a:1", "x:b:2", "x:c:4");
        assertThat(gradle.module("core-api").languageLevel()).isEqualTo("21");
        assertThat(gradle.coordinates("web")).containsExactly("x:a:1", "x:b:2", "x:d:5", "x:e:6");
        assertThat(gradle.module("web").siblings()).containsExactly("core-api");
        assertThat(gradle.module("web").languageLevel()).isEqualTo("11");
        assertThat(gradle.classPath().missing()).isEmpty();
    }

    @Test
    void classPath_withConventionsAndAppliedScripts_readsThem() {
        gradle.library("x:a:1").library("x:b:2").library("x:c:3");
        gradle.file("settings.gradle.kts", "pluginManagement { includeBuild(\"logic\") }\ninclude(\"app\")\n");
        gradle.file("logic/settings.gradle.kts", "");
        gradle.file("logic/src/main/kotlin/java-house.gradle.kts", """
                plugins { java }
                dependencies { implementation("x:a:1") }
                """);
        gradle.file("buildSrc/build.gradle", "");
        gradle.file("buildSrc/src/main/groovy/own.tests.gradle", "dependencies { testImplementation 'x:b:2' }");
        gradle.file("gradle/deps.gradle", "ext.deps = [c: 'x:c:3', list: ['x:a:1', 'x:b:2']]\n");
        gradle.file("app/build.gradle", """
                plugins { id 'java-house'; id 'own.tests' }
                apply from: "$rootDir/gradle/deps.gradle"
                dependencies { implementation deps.c, deps.list }
                """);

        assertThat(gradle.coordinates("app")).containsExactly("x:a:1", "x:b:2", "x:c:3");
        assertThat(gradle.classPath().missing()).isEmpty();
    }

    @Test
    void classPath_withAnIncludedBuild_takesItsProjectsForLibraries() {
        gradle.library("x:a:1");
        gradle.file("settings.gradle", "includeBuild 'other'\n");
        gradle.file("build.gradle", "plugins { id 'java' }\ndependencies { implementation 'org.other:lib:1.0' }\n");
        gradle.file("other/settings.gradle", "include 'lib'\n");
        gradle.file("other/lib/build.gradle", "group = 'org.other'\ndependencies { api 'x:a:1' }\n");

        assertThat(gradle.coordinates("")).containsExactly("x:a:1");
        assertThat(gradle.module("").siblings()).containsExactly("other/lib");
        assertThat(gradle.classPath().missing()).isEmpty();
    }

    @Test
    void classPath_withWhatCannotBeRead_namesItAndGuessesNothing() {
        gradle.library("x:a:1");
        gradle.file("build.gradle", """
                plugins { id 'java' }
                dependencies {
                    implementation 'x:a:1'
                    implementation "x:b:${compute()}"
                    api helper.latest('x')
                }
                if (System.getenv('CI')) {
                    dependencies { implementation 'x:c:1' }
                }
                """);

        assertThat(gradle.coordinates("")).containsExactly("x:a:1");
        assertThat(gradle.classPath().missing())
                .containsExactly(
                        "build.gradle:4: implementation 'x:b:${compute()}'",
                        "build.gradle:5: api helper.latest('x')",
                        "build.gradle:7: if(System.getenv('CI')) {…}");
    }

    @Test
    void classPath_withLoopsAndSetsOfProjects_followsWhatItsTextDecides() {
        gradle.library("x:a:1").library("x:b:2").library("x:c:3").library("x:d:4");
        gradle.file("settings.gradle", """
                ['api', 'core'].each { part ->
                    include "lib-$part"
                    project(":lib-$part").projectDir = new File(rootProject.projectDir, "parts/lib-$part")
                }
                listOf("bom", "tool").forEach { include(":${it}") }
                """);
        gradle.file("build.gradle", """
                ext {
                    libs = subprojects.findAll { p -> p.name.startsWith('lib-') && !p.name.endsWith('core') }
                }
                configure(libs) { dependencies { implementation 'x:a:1' } }
                configure(subprojects - project(':bom')) { dependencies { implementation 'x:b:2' } }
                subprojects {
                    if (project.name != 'bom') { dependencies { testImplementation 'x:c:3' } }
                    dependencies { ['x:d:4'].each { compileOnly it } }
                }
                """);

        assertThat(gradle.coordinates("parts/lib-api")).containsExactly("x:a:1", "x:b:2", "x:c:3", "x:d:4");
        assertThat(gradle.coordinates("parts/lib-core")).containsExactly("x:b:2", "x:c:3", "x:d:4");
        assertThat(gradle.coordinates("bom")).containsExactly("x:d:4");
        assertThat(gradle.coordinates("tool")).containsExactly("x:b:2", "x:c:3", "x:d:4");
        assertThat(gradle.classPath().missing()).isEmpty();
    }

    @Test
    void classPath_withTextsThatLookLikeCode_isNotMisled() {
        gradle.library("x:a:1");
        gradle.file("build.gradle", """
                /* dependencies { implementation 'no:a:1' } */
                def text = '''
                dependencies { implementation "no:b:1" }
                '''
                def pattern = ~/["'{]/
                println "brace } and \\"quote\\" { ${"x" + '}'}"
                dependencies {
                    implementation(
                        'x:a:1' // 'no:c:1'
                    )
                }
                }}} unbalanced
                """);

        assertThat(gradle.coordinates("")).containsExactly("x:a:1");
    }

    @Test
    void classPath_ofChildFolders_readsEachBuild() {
        gradle.library("x:a:1").library("x:b:1");
        gradle.file("one/build.gradle", "dependencies { implementation 'x:a:1' }");
        gradle.file(
                "two/pom.xml",
                "<project><groupId>g</groupId><artifactId>two</artifactId><version>1</version><dependencies>"
                        + "<dependency><groupId>x</groupId><artifactId>b</artifactId><version>1</version></dependency>"
                        + "</dependencies></project>");

        assertThat(gradle.coordinates("one")).containsExactly("x:a:1");
        assertThat(gradle.coordinates("two")).containsExactly("x:b:1");
    }

    @Test
    void run_overProjects_bindsAcrossThemAndSeesGeneratedSources() {
        gradle.file("settings.gradle", "include 'core', 'web'\n");
        gradle.file("core/build.gradle", "plugins { id 'java-library' }\n");
        gradle.file("web/build.gradle", "dependencies { implementation project(':core') }\n");
        gradle.file("core/build/generated/sources/x/p/G.java", "package p; public class G { public void g() {} }");
        gradle.file("core/build/classes/p/No.java", "package p; class No {}");
        gradle.file("core/src/main/java/p/A.java", "package p; public class A { public G make() { return new G(); } }");
        gradle.file("web/src/test/java/q/B.java", "package q; class B { void f(p.A a) { a.make().g(); } }");

        Graph graph = Graph.of(gradle.root, gradle.options);

        assertThat(graph.edges(EdgeKind.CALLS))
                .contains("q.B#f(p.A) virtual p.A#make() @1:40", "q.B#f(p.A) virtual p.G#g() @1:47");
        assertThat(graph.node("p.G").flags()).matches(flags -> Flags.has(flags, Flags.GENERATED));
        assertThat(graph.node("q.B").flags()).matches(flags -> Flags.has(flags, Flags.TEST));
        assertThat(graph.has("p.No")).isFalse();
        assertThat(graph.coverage().unresolved()).isZero();
    }
}
