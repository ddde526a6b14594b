package dev.quarry.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassPathFinderTest {
    @TempDir
    private Path folder;

    private Path root;
    private Path local;

    @BeforeEach
    void makeFolders() throws IOException {
        root = Files.createDirectories(folder.resolve("repository"));
        local = Files.createDirectories(folder.resolve("local"));
    }

    private ClassPath find() {
        return ClassPathFinder.find(
                root, IngestOptions.defaults().withLocalRepository(local).withGradleHome(folder));
    }

    private List<String> coordinates() {
        return find().entries().stream().map(ClassPath.Entry::coordinate).toList();
    }

    private void project(String body) {
        Graph.write(root, "pom.xml", pom("g", "app", "1", body));
    }

    private static String pom(String group, String artifact, String version, String body) {
        return "<project><groupId>" + group + "</groupId><artifactId>" + artifact + "</artifactId><version>" + version
                + "</version>" + body + "</project>";
    }

    private static String dependency(String artifact, String version, String more) {
        return "<dependency><groupId>g</groupId><artifactId>" + artifact + "</artifactId>"
                + (version.isEmpty() ? "" : "<version>" + version + "</version>") + more + "</dependency>";
    }

    private static String dependencies(String... all) {
        return "<dependencies>" + String.join("", all) + "</dependencies>";
    }

    /** Puts an artifact of group {@code g} into the local repository. */
    private void artifact(String artifact, String version, String body) {
        String folderName = "g/" + artifact + "/" + version + "/" + artifact + "-" + version;
        Graph.write(local, folderName + ".pom", pom("g", artifact, version, body));
        Graph.write(local, folderName + ".jar", "");
    }

    @Test
    void find_transitively_nearestVersionWins() {
        artifact("a", "1", dependencies(dependency("b", "1", "")));
        artifact("b", "1", dependencies(dependency("c", "1", "")));
        artifact("c", "1", "");
        artifact("c", "2", "");
        project(dependencies(dependency("a", "1", ""), dependency("c", "2", "")));

        assertThat(coordinates()).containsExactly("g:a:1", "g:c:2", "g:b:1");
    }

    @Test
    void find_transitively_leavesOutOptionalTestProvidedAndExcluded() {
        artifact(
                "a",
                "1",
                dependencies(
                        dependency("b", "1", "<optional>true</optional>"),
                        dependency("c", "1", "<scope>test</scope>"),
                        dependency("d", "1", "<scope>provided</scope>"),
                        dependency("e", "1", ""),
                        dependency("f", "1", "<scope>runtime</scope>")));
        artifact("e", "1", "");
        artifact("f", "1", "");
        project(dependencies(dependency(
                "a",
                "1",
                "<exclusions><exclusion><groupId>g</groupId><artifactId>e</artifactId></exclusion></exclusions>")));

        assertThat(coordinates()).containsExactly("g:a:1", "g:f:1");
    }

    @Test
    void find_withParentPropertiesAndBom_fillsInVersions() {
        artifact("a", "7", "");
        artifact("b", "8", "");
        Graph.write(
                local,
                "g/bom/1/bom-1.pom",
                pom(
                        "g",
                        "bom",
                        "1",
                        "<dependencyManagement>" + dependencies(dependency("b", "8", "")) + "</dependencyManagement>"));
        Graph.write(
                local,
                "g/parent/1/parent-1.pom",
                pom(
                        "g",
                        "parent",
                        "1",
                        "<properties><a.version>7</a.version></properties><dependencyManagement>"
                                + dependencies(
                                        dependency("a", "${a.version}", ""),
                                        dependency("bom", "1", "<type>pom</type><scope>import</scope>"))
                                + "</dependencyManagement>"));
        project("<parent><groupId>g</groupId><artifactId>parent</artifactId><version>1</version></parent>"
                + dependencies(dependency("a", "", ""), dependency("b", "", "")));

        assertThat(coordinates()).containsExactly("g:a:7", "g:b:8");
    }

    @Test
    void find_withoutTheParent_namesItAndWhatItManages() {
        project("<parent><groupId>g</groupId><artifactId>parent</artifactId><version>1</version></parent>"
                + dependencies(dependency("a", "", "")));

        assertThat(find().missing()).containsExactly("g:a:?", "g:parent:pom:1");
    }

    @Test
    void find_inAReactor_countsModulesAsSources() {
        artifact("a", "1", "");
        Graph.write(
                root, "pom.xml", pom("g", "all", "1", "<modules><module>one</module><module>two</module></modules>"));
        Graph.write(root, "one/pom.xml", pom("g", "one", "1", dependencies(dependency("a", "1", ""))));
        Graph.write(root, "two/pom.xml", pom("g", "two", "1", dependencies(dependency("one", "1", ""))));

        assertThat(coordinates()).containsExactly("g:a:1");
        assertThat(find().missing()).isEmpty();
    }

    @Test
    void find_withoutTheArtifact_namesItAsMissingOnce() {
        project(dependencies(dependency("gone", "1", "")));

        assertThat(find().entries()).isEmpty();
        assertThat(find().missing()).containsExactly("g:gone:1");
    }

    @Test
    void find_inUnpackedSources_readsThePomThatTheyCarry() {
        artifact("a", "1", "");
        Graph.write(root, "META-INF/maven/g/app/pom.xml", pom("g", "app", "1", dependencies(dependency("a", "1", ""))));

        assertThat(coordinates()).containsExactly("g:a:1");
    }

    @Test
    void find_withARange_takesTheNewestVersionThatIsThereAndAllowed() {
        artifact("a", "1.9", "");
        artifact("a", "1.10", "");
        artifact("a", "2.0-alpha", "");
        artifact("a", "2.0", "");
        artifact("b", "3", "");
        project(dependencies(
                dependency("a", "[1.0,2.0-alpha)", ""), dependency("b", "[3]", ""), dependency("c", "[4]", "")));

        assertThat(coordinates()).containsExactly("g:a:1.10", "g:b:3");
        assertThat(find().missing()).containsExactly("g:c:4");
    }

    @Test
    void find_withProfiles_followsSystemFilesAndTheRepositorysConfiguration() {
        for (String name : List.of("unix", "file", "named", "set", "default", "off")) {
            artifact(name, "1", "");
        }
        Graph.write(root, ".mvn/maven.config", "-Pnamed,!off\n-Dswitch=on -Dx.version=1\n");
        Graph.write(root, "marker.txt", "");
        project("<properties><x.version>9</x.version></properties><profiles>"
                + profile("a", "unix", "<os><family>!windows</family></os>")
                + profile("b", "file", "<file><exists>${basedir}/marker.txt</exists></file>")
                + profile("named", "named", "")
                + profile("c", "set", "<property><name>switch</name><value>on</value></property>")
                + profile("d", "never", "<property><name>switch</name><value>off</value></property>")
                + profile("e", "never", "<file><missing>marker.txt</missing></file>")
                + profile("f", "default", "<activeByDefault>true</activeByDefault>")
                + profile("off", "off", "<jdk>[1.8,)</jdk>")
                + "</profiles>");

        assertThat(coordinates()).containsExactlyInAnyOrder("g:unix:1", "g:file:1", "g:named:1", "g:set:1");
        assertThat(find().missing()).isEmpty();
    }

    private static String profile(String id, String artifact, String activation) {
        return "<profile><id>" + id + "</id><activation>" + activation + "</activation>"
                + dependencies(dependency(artifact, "${x.version}", "")) + "</profile>";
    }

    @Test
    void versions_inMavensOrder_areAsDocumented() {
        List<String> ordered = List.of(
                "1-alpha",
                "1-beta-2",
                "1-rc1",
                "1-SNAPSHOT",
                "1",
                "1-sp",
                "1-other",
                "1.0.1",
                "1.2",
                "1.10",
                "2.0-rc",
                "2");
        List<String> shuffled = new ArrayList<>(ordered.reversed());
        shuffled.sort(MavenVersions.ORDER);

        assertThat(shuffled).isEqualTo(ordered);
        assertThat(MavenVersions.ORDER.compare("1.0", "1")).isZero();
        assertThat(MavenVersions.ORDER.compare("1.0-ga", "1.0.0")).isZero();
    }

    @Test
    void find_withAnExternalEntity_doesNotReadIt() {
        Graph.write(folder, "secret.txt", "1");
        Graph.write(
                root,
                "pom.xml",
                "<!DOCTYPE project [<!ENTITY secret SYSTEM '"
                        + folder.resolve("secret.txt").toUri() + "'>]>"
                        + pom("g", "app", "1", dependencies(dependency("a", "&secret;", ""))));
        artifact("a", "1", "");

        assertThat(coordinates()).isEmpty();
    }

    @Test
    void jarIndex_withJarsThatHoldPackagesOfTheJdk_leavesThemOut() throws IOException {
        Path bad = jar("bad.jar", "org/w3c/dom/Node.class");
        Path good = jar("good.jar", "a/b/C.class");

        JarIndex index =
                JarIndex.of(List.of(new ClassPath.Entry(bad, "g:bad:1"), new ClassPath.Entry(good, "g:good:1")));

        assertThat(index.usable()).extracting(ClassPath.Entry::coordinate).containsExactly("g:good:1");
        assertThat(index.rejected()).containsExactly("g:bad:1: holds classes of the JDK's package org.w3c.dom");
        assertThat(index.coordinateOf("a.b.C$D")).isEqualTo("g:good:1");
    }

    private Path jar(String name, String entry) throws IOException {
        Path file = folder.resolve(name);
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
            out.putNextEntry(new ZipEntry(entry));
        }
        return file;
    }
}
