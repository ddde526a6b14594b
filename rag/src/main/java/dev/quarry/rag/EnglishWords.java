package dev.quarry.rag;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Whether a question is English enough for its words to be compared. The lists of words, the model and the judge know
 * English alone: of another language they see neither negations nor opposites.
 */
final class EnglishWords {
    private static final Pattern WORD = Pattern.compile("\\p{L}++(?:['’-]\\p{L}++)*+");

    /** Longer ones are all the same to the model. */
    private static final Pattern NO_WORD = Pattern.compile("[\\p{L}\\p{M}\\p{N}_]{100}");

    /** English words that are as common in other languages, or in what is spelled like them. */
    private static final Set<String> SHARED = words("""
            a am an as at des die do go has i in it man me no not on or per so to via was will action base car case
            cause class code comment condition date description error exception file format function general image
            instance instances java long method message minute model nature normal object objects option order part
            place point position result service simple support terms total type use version
            """);

    /** English ones that no list of meanings has, since they say little or are only ever code's. */
    private static final Set<String> MORE = words("""
            after against although because before below between beyond both despite either else every few how instead
            least less like many might more most much neither never nor not once only our perhaps rather really should
            since some still such their though together under unless until upon vs versus what when where whether which
            while who why without would yet
            warmup benchmark deadlock leak slow broken crash example usage test tests thread-safe safe works need
            """);

    /** The most frequent words of other languages that are written without accents and are no English words. */
    private static final Set<String> FOREIGN = words("""
            das dem den der ein eine einem einen einer eines es gibt ich ist kann kein keine mit muss nach nicht noch
            nur oder sich sind und von wann warum welche welcher welches wenn wer werden wie wieso wird wo wurde zu
            zum zur bei bitte aus auf auch als dass funktioniert passiert macht
            au aux avec ce ces cette dans des du elle est et fait faire il ils la le les mais ou par pas peut
            peux pour pourquoi quand que quel quelle quelles quels qui quoi sans se sont sur un une
            como con cual cuando de del donde el en entre es esta hace hay las los para pero por porque puede que quien
            se si son una unas unos
            che chi cosa da degli della delle dello di dove fa gli il lo nel nella perche quale
            quando senza sono uno viene
            da das dos ele ela em faz isso mas nao onde pode pelo pela por qual quem sao sem um uma
            als een geen het hoe hoeveel kan maar naar niet ook van voor waar waarom wanneer wat welke wie wordt zijn
            att av blir det detta ej eller finns fungerer fungerar hur hvad hvem hvor hvordan hvorfor hvornaar ikke inte
            jag med naar og och som til varfor vad vilken
            co czy dlaczego dla gdzie jak jest kiedy kto nie oraz przez ze
            jaky je jako kde kdo kdy neni proc
            bir bu hangi icin mi nasil ne neden nerede ve yok
            apa bagaimana dan dengan di kapan kenapa mana mengapa siapa tidak untuk yang
            ce cum cand este nu pentru sau sunt unde
            ei ja kuka mika miksi milloin missa miten onko
            az egy es hogy hogyan ki mi miert mikor nem
            kak chto gde kogda pochemu kto
            """);

    private static final int ASCII_END = 0x80;

    private EnglishWords() {}

    /**
     * Whether what is left of a question without its names is English, or nothing.
     *
     * @param question with its names, but without what is quoted
     */
    static boolean suffice(String prose, String question) {
        if (NO_WORD.matcher(question).find() || !question.codePoints().allMatch(EnglishWords::isEnglish)) {
            return false;
        }
        int english = 0;
        int foreign = 0;
        int known = 0;
        int all = 0;
        for (MatchResult match :
                WORD.matcher(prose.toLowerCase(Locale.ROOT)).results().toList()) {
            String word = match.group();
            all++;
            if (FOREIGN.contains(word)) {
                foreign++;
            } else if (!SHARED.contains(word)) {
                if (MORE.contains(word) || ContentWords.isSilent(word)) {
                    english++;
                } else if (ContentWords.isKnown(word)) {
                    known++;
                }
            }
        }
        return foreign > 0 ? english > foreign : english + known > 0 || all == 0;
    }

    private static boolean isEnglish(int c) {
        return c < ASCII_END || !Character.isLetter(c);
    }

    private static Set<String> words(String text) {
        return Set.copyOf(List.of(text.strip().split("\\s+")));
    }
}
