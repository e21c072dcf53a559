package io.loom.metrics.examples.dashboards;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Gives panels numbers and places, from left to right and from top to bottom. For one dashboard and one thread. */
final class Layout {
    /** Of Grafana's grid. */
    static final int COLUMNS = 24;

    private int lastId;
    private int top;

    /** {@return the number of the next panel or row} */
    int nextId() {
        return ++lastId;
    }

    /** {@return the place of a row's title; what comes next is below it} */
    ObjectNode title() {
        ObjectNode place = place(0, COLUMNS, 1);
        top++;
        return place;
    }

    /** {@return the place of a panel in the present line} */
    ObjectNode place(int left, int width, int height) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("h", height)
                .put("w", width)
                .put("x", left)
                .put("y", top);
    }

    /** Goes on below a line of this height. */
    void nextLine(int height) {
        top += height;
    }
}
