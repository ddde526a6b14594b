package dev.quarry.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text that is one name, as people write it in code, in traces and in commands: {@code isBlank}, {@code a.b.C#m(int)},
 * {@code C::new}, {@code new C(1)}, {@code List<C>}, {@code @C}, {@code C.class}, {@code a/b/C.java:12}.
 *
 * @param name with dots between its parts; of a constructor the type's and {@code <init>}; empty if the text is no name
 * @param arguments the types between angle brackets, each with dots
 * @param parameters the types in the list behind the name; empty if there is none
 * @param literal what the text is if it names no file after all but a member, as {@code java} in {@code C.java}; else empty
 * @param isFile whether a file of code is named, and so the type in it; what stands before the type may be any folders
 */
record TypedName(
        String name, List<String> arguments, Optional<List<String>> parameters, String literal, boolean isFile) {
    private static final TypedName NONE = new TypedName("", List.of(), Optional.empty(), "", false);
    private static final int LONGEST = 512;

    /** The name of all constructors, which they have behind that of their type. */
    static final String INIT = ".<init>";

    private static final String IDENTIFIER = "[\\p{L}_][\\p{L}\\p{N}_]*+";
    private static final String PATH = IDENTIFIER + "(?:\\." + IDENTIFIER + ")*+";
    private static final Pattern NAME = Pattern.compile(PATH + "(?:\\.<(?:init|clinit)>)?");
    private static final Pattern FOLDER = Pattern.compile(IDENTIFIER);

    /** A file of source or of a compiled class, maybe with a line and a column; what is before its end is any path. */
    private static final Pattern FILE =
            Pattern.compile("(?:\\S*[/\\\\])?[\\p{L}\\p{N}_.$]+(?<end>\\.(?:java(?::\\d+){0,2}|class))");

    /** What may surround a name in prose. */
    private static final Pattern EDGES = Pattern.compile("^[\\s\\p{Z}\\p{Cf}`\"'@]++|[\\s\\p{Z}\\p{Cf}`\"'.,;:?!#]++$");

    private static final Pattern PARAMETERS = Pattern.compile("\\((?<types>[^()]*+)(?<end>\\)?)$");
    private static final Pattern NEW = Pattern.compile("new\\s++(?=\\S)");
    private static final Pattern DIMENSIONS = Pattern.compile("(?:\\[\\s*+])++$");
    private static final Pattern OUTER_DOTS = Pattern.compile("^\\.++|\\.++$");

    /** Reads a text; any may be given. */
    static TypedName read(String text) {
        if (text.length() > LONGEST) {
            return NONE;
        }
        String typed = EDGES.matcher(text).replaceAll("");
        Matcher file = FILE.matcher(typed);
        return file.matches() ? file(typed.substring(0, file.start("end")), file.group("end")) : symbol(typed);
    }

    boolean isConstructor() {
        return name.endsWith(INIT);
    }

    /** The type that a file is named after, behind those folders that may be its packages. */
    private static TypedName file(String path, String end) {
        String[] parts = path.split("[/\\\\]");
        int first = parts.length - 1;
        while (first > 0 && FOLDER.matcher(parts[first - 1]).matches()) {
            first--;
        }
        String name = String.join(".", List.of(parts).subList(first, parts.length));
        String dotted = Symbols.dotted(name);
        String literal = end.equals(".java") ? dotted + end : "";
        return NAME.matcher(dotted).matches()
                ? new TypedName(dotted, List.of(), Optional.empty(), literal, true)
                : NONE;
    }

    private static TypedName symbol(String typed) {
        Matcher list = PARAMETERS.matcher(typed);
        boolean hasList = list.find();
        Optional<List<String>> parameters = hasList && !list.group("end").isEmpty()
                ? Optional.of(ParameterTypes.written(list.group("types")))
                : Optional.empty();
        String head = hasList ? typed.substring(0, list.start()) : typed;
        Matcher created = NEW.matcher(head);
        boolean isNew = created.lookingAt();
        List<String> arguments = new ArrayList<>();
        String bare = withoutTypeArguments(isNew ? head.substring(created.end()) : head, arguments);
        String name = dotted(DIMENSIONS.matcher(bare.strip()).replaceFirst(""));
        boolean isName = NAME.matcher(name).matches() && !(isNew && !hasList && !hasCapital(name));
        return isName
                ? new TypedName(isNew && !name.endsWith(INIT) ? name + INIT : name, arguments, parameters, "", false)
                : NONE;
    }

    /** Whether the last part begins like a type's name. */
    static boolean hasCapital(String name) {
        return Character.isUpperCase(name.codePointAt(name.lastIndexOf('.') + 1));
    }

    private static String dotted(String bare) {
        if (bare.startsWith("/")) {
            return "";
        }
        String name = OUTER_DOTS.matcher(Symbols.dotted(bare)).replaceAll("");
        return name.endsWith(".new") ? name.substring(0, name.length() - ".new".length()) + INIT : name;
    }

    /** A text without what stands between angle brackets; the names there are added to the others. */
    private static String withoutTypeArguments(String text, List<String> arguments) {
        StringBuilder inside = new StringBuilder();
        String plain = ParameterTypes.withoutTypeArguments(text, inside);
        for (String argument : inside.toString().split("[\\s,?&<>\\[\\]]+")) {
            String name = Symbols.dotted(argument);
            if (NAME.matcher(name).matches() && hasCapital(name)) {
                arguments.add(name);
            }
        }
        return plain;
    }
}
