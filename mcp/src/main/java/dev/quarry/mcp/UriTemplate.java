package dev.quarry.mcp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A URI with variables: {@code {name}} stands for one segment, {@code {+name}} for any number of them. */
record UriTemplate(Pattern pattern, List<String> variables) {
    private static final Pattern VARIABLE = Pattern.compile("\\{(\\+?)(\\w+)}");

    UriTemplate {
        variables = List.copyOf(variables);
    }

    static UriTemplate of(String template) {
        List<String> variables = new ArrayList<>();
        StringBuilder regex = new StringBuilder();
        Matcher variable = VARIABLE.matcher(template);
        int end = 0;
        while (variable.find()) {
            regex.append(Pattern.quote(template.substring(end, variable.start())))
                    .append(variable.group(1).isEmpty() ? "([^/]+)" : "(.+)");
            variables.add(variable.group(2));
            end = variable.end();
        }
        regex.append(Pattern.quote(template.substring(end)));
        return new UriTemplate(Pattern.compile(regex.toString()), variables);
    }

    boolean matches(String uri) {
        return pattern.matcher(uri).matches();
    }

    /** The values of the variables, as the URI has them; empty if it does not match. */
    Map<String, String> values(String uri) {
        Map<String, String> values = new LinkedHashMap<>();
        Matcher matcher = pattern.matcher(uri);
        if (matcher.matches()) {
            for (int i = 0; i < variables.size(); i++) {
                values.put(variables.get(i), matcher.group(i + 1));
            }
        }
        return values;
    }
}
