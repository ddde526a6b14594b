package dev.quarry.ingest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a module descriptor registers: its {@code provides … with …} directives, read from the text. */
final class ModuleProvisions {
    private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/|//[^\\n]*", Pattern.DOTALL);
    private static final Pattern IMPORT = Pattern.compile("\\bimport\\s+([\\w.]+)\\s*;");
    private static final Pattern PROVIDES = Pattern.compile("\\bprovides\\s+([\\w.]+)\\s+with\\s+([\\w.,\\s]+);");

    private ModuleProvisions() {}

    static List<FrameworkModel.Provision> in(String path, String text) {
        String code = COMMENT.matcher(text).replaceAll(" ");
        Map<String, String> imports = new HashMap<>();
        Matcher imported = IMPORT.matcher(code);
        while (imported.find()) {
            String name = imported.group(1);
            imports.put(name.substring(name.lastIndexOf('.') + 1), binary(name));
        }
        List<FrameworkModel.Provision> all = new ArrayList<>();
        Matcher matcher = PROVIDES.matcher(code);
        while (matcher.find()) {
            String service = imports.getOrDefault(matcher.group(1), binary(matcher.group(1)));
            for (String provider : matcher.group(2).split(",")) {
                String name = provider.strip();
                all.add(new FrameworkModel.Provision(service, imports.getOrDefault(name, binary(name)), path));
            }
        }
        return all;
    }

    private static String binary(String name) {
        return ImportMap.binaryName(name.split("\\."));
    }
}
