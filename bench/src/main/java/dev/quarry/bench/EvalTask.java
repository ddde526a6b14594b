package dev.quarry.bench;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A development set, ready to be asked. */
interface EvalTask {
    /** What it is called in tables. */
    String name();

    /** The questions. */
    List<EvalQuery> queries() throws IOException;

    /**
     * Asks through the product.
     *
     * @return for each question, in their order, the ids that each way of asking has found, best first
     */
    List<Map<Way, List<String>>> ask() throws IOException;
}
