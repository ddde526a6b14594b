package dev.quarry.rag;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells a request to change code, as the subject of a commit is one, from a question for code, by how it begins. */
final class ChangeWords {
    /**
     * The key of an issue in front: what is in brackets, or has a colon or three digits, is one, while "JAVA-8" may be none.
     * Names of standards look the same.
     */
    private static final Pattern KEY = Pattern.compile(
            "(?!.?(?:AES|ANSI|BIP|CP|CRC|CSS|CVE|CWE|DIN|EC|ECDSA|ECMA|FIPS|GB|GMT|HMAC|HTTP|IBM|IEC|IEEE|ISO|ITU|JEP|JSR|MD"
                    + "|PEP|PKCS|RFC|RSA|SHA|SSL|TLS|UCS|UTC|UTF|WINDOWS|XML)-\\d)"
                    + "(?:[\\[(]\\p{Lu}{2,}-\\d+[])].*|\\p{Lu}{2,}-\\d+:.*|\\p{Lu}{2,}-\\d{3,}(?![\\w-]).*)",
            Pattern.DOTALL);

    /** What may be a key, if the words behind it ask for a change. */
    private static final Pattern POSSIBLE_KEY = Pattern.compile("[\\[(]?(?:\\p{Lu}{2,}-|#)\\d+[])]?:?");

    /** The number of a pull request behind the subject. */
    private static final Pattern NUMBER = Pattern.compile("(?:.*[\\s(])?#\\d+\\)?", Pattern.DOTALL);

    private static final Pattern PAST = Pattern.compile("[a-z-]{3,}ed");
    private static final Pattern CONTINUOUS = Pattern.compile("([a-z]+?)([a-z])\\2?ing");
    private static final Pattern AGAIN = Pattern.compile("(re|pre|un|de|short|fast|double)-[a-z]+");

    /** Behind a short subject they tell what is wrong with the code, or what it does since. */
    private static final Pattern CLAIM = Pattern.compile(
            "(\\S+\\s+){1,3}(should(n't)?|no longer|must not)\\b.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    /** What begins a question, or tells what a method does. */
    private static final Pattern QUESTION = Pattern.compile(
            "(how|what|which|where|when|why|who|whether|if|is|are|does|do|can|could|should|code|method"
                    + "|returns?|tells?|says?|checks?|tests?|determines?|indicates?|gets?|called)\\b.*|.*\\?",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    /** What is done to code, and seldom by code. */
    private static final Set<String> OF_CODE = words("""
            avoid backport bug bugfix bump clarify cleanup deduplicate demote deprecate don't drop eliminate
            encapsulate fix fixes inline javadoc migrate modernize optimise optimize perf performance polish prefer
            prevent refactor reimplement reintroduce relax rename reuse revert rework rewrite simplify speed speedup
            streamline support tidy tweak typo undo upgrade use
            """);

    /** What is done to code, and by code as well. */
    private static final Set<String> OF_EITHER = words("""
            add adjust align allow apply better change clean collapse correct customise customize disable
            document enable ensure escape expose extract fallback fewer force guard handle implement improve
            initialize introduce invalidate keep limit make memoize more move no normalize not protect reduce
            reject remove replace reset restore restrict return skip stop switch trim unify update validate wrap
            """);

    /** Behind a verb they tell what a method does to its argument. */
    private static final Set<String> ARTICLES = words("a all an any each every that the this whether if");

    /** Behind a participle they tell when a method is called, or what was done to what it returns. */
    private static final Set<String> PREPOSITIONS = words("as at by for from if in instance of on to when with");

    /** They begin the circumstance of a change, which itself follows a comma. */
    private static final Set<String> CIRCUMSTANCES = words("after at before during for if in on when while");

    private ChangeWords() {}

    private static Set<String> words(String text) {
        return Set.of(text.strip().split("\\s+"));
    }

    /**
     * Whether it asks for a change: "Add X" does, "Add an X" may as well say what a method does. "In X, add Y" does as well.
     *
     * @param words those of the text, at least one
     */
    static boolean begin(String text, List<String> words) {
        boolean isLike = KEY.matcher(text).matches()
                || NUMBER.matcher(text).matches()
                || CLAIM.matcher(text).matches();
        return (isLike && !QUESTION.matcher(text).matches())
                || asks(words)
                || asks(behindCircumstance(words))
                || (POSSIBLE_KEY.matcher(words.getFirst()).matches() && asks(words.subList(1, words.size())));
    }

    private static boolean asks(List<String> words) {
        String first = word(words, 0);
        String second = word(words, 1);
        if (OF_CODE.contains(first)) {
            return true;
        }
        if (second.isEmpty()) {
            return false;
        }
        return first.endsWith(":")
                || isDoneToCode(first, second)
                || AGAIN.matcher(first).matches()
                || (PAST.matcher(first).matches() && !PREPOSITIONS.contains(second))
                || (OF_EITHER.contains(first) && !ARTICLES.contains(second));
    }

    /** Whether it is a verb in "-ing" that asks for a change in its plain form: "Removing unused", and not "Removing a". */
    private static boolean isDoneToCode(String first, String second) {
        Matcher form = CONTINUOUS.matcher(first);
        if (!form.matches()) {
            return false;
        }
        String stem = form.group(1) + form.group(2);
        List<String> plain = List.of(stem, stem + "e", stem + form.group(2));
        return plain.stream().anyMatch(OF_CODE::contains)
                || (!ARTICLES.contains(second) && plain.stream().anyMatch(OF_EITHER::contains));
    }

    /** What follows the first comma, if a circumstance stands before it; else nothing. */
    private static List<String> behindCircumstance(List<String> words) {
        if (CIRCUMSTANCES.contains(word(words, 0))) {
            for (int i = 0; i < words.size(); i++) {
                if (words.get(i).endsWith(",")) {
                    return words.subList(i + 1, words.size());
                }
            }
        }
        return List.of();
    }

    private static String word(List<String> words, int at) {
        return at < words.size() ? words.get(at).toLowerCase(Locale.ROOT) : "";
    }
}
