package dev.quarry.cli;

/** What this build is. */
final class BuildInfo {
    private BuildInfo() {}

    /** The version that the jar's manifest names; "development" where there is no jar. */
    static String version() {
        String version = BuildInfo.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
