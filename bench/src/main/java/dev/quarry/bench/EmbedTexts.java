package dev.quarry.bench;

import dev.quarry.graphdb.StoredFile;
import dev.quarry.rag.NodeText;
import dev.quarry.schema.FileFacts;
import dev.quarry.schema.Node;
import dev.quarry.schema.StampedNode;
import dev.quarry.server.IndexOptions;
import dev.quarry.server.IndexProgress;
import dev.quarry.server.Workspace;
import dev.quarry.server.WorkspaceOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;

/** The texts that are embedded for the declarations of some sources. */
final class EmbedTexts {
    private static final int ODD_SHARE = 5;
    private static final int ODD_CHARACTERS = 6;

    private EmbedTexts() {}

    /** So many of them, drawn by a seed; one of five has odd characters of all of Unicode strewn in. */
    static List<String> of(Path sources, Path store, int count, long seed) {
        List<String> all = all(sources, store);
        SplittableRandom random = new SplittableRandom(seed);
        List<String> chosen = new ArrayList<>();
        while (chosen.size() < count && !all.isEmpty()) {
            String text = all.remove(random.nextInt(all.size()));
            chosen.add(chosen.size() % ODD_SHARE == 0 ? odd(text, random) : text);
        }
        return chosen;
    }

    private static List<String> all(Path sources, Path store) {
        TreeSet<String> texts = new TreeSet<>();
        try (Workspace workspace = Workspace.open(store, WorkspaceOptions.forWriting())) {
            workspace.index(sources, IndexOptions.defaults().withEmbed(false), IndexProgress.NONE);
            for (StoredFile stored : workspace.graph().files().values()) {
                List<Node> nodes = workspace.graph().declaredIn(stored.file().id()).stream()
                        .map(StampedNode::node)
                        .toList();
                String text = workspace.graph().text(stored.file().raw()).orElse("");
                NodeText.of(new FileFacts(stored.file(), text, nodes, List.of())).stream()
                        .filter(NodeText::isEmbedded)
                        .forEach(each -> texts.add(each.embeddingText()));
            }
        }
        return new ArrayList<>(texts);
    }

    private static String odd(String text, SplittableRandom random) {
        StringBuilder odd = new StringBuilder(text);
        for (int i = 0; i < ODD_CHARACTERS; i++) {
            int character;
            do {
                character = random.nextInt(Character.MAX_CODE_POINT + 1);
            } while (!Character.isDefined(character) || Character.getType(character) == Character.SURROGATE);
            odd.insert(
                    odd.offsetByCodePoints(0, random.nextInt(Math.min(odd.length(), 100) / 2)),
                    Character.toChars(character));
        }
        return odd.toString();
    }
}
