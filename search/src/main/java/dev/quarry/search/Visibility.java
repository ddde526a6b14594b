package dev.quarry.search;

import java.lang.reflect.Modifier;

/** From where a declaration can be named. */
public enum Visibility {
    PUBLIC(Modifier.PUBLIC),
    PROTECTED(Modifier.PROTECTED),
    /** From its package only: no modifier says so. */
    PACKAGE(0),
    PRIVATE(Modifier.PRIVATE);

    private final int flag;

    Visibility(int flag) {
        this.flag = flag;
    }

    /** The bit of {@link Modifier} that stands for it; 0 for {@link #PACKAGE}. */
    int flag() {
        return flag;
    }
}
