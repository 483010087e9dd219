package io.scalesrpc.demo.live;

import java.util.Map;

import io.scalesrpc.demo.fleet.Side;

/**
 * What both clients made of a scenario. <em>Immutable</em>.
 *
 * @param scenario what went wrong
 * @param seconds for how long
 * @param rate calls a second that were wanted of each
 * @param sides the columns
 */
record TourResult(Scenario scenario, int seconds, int rate, Map<Side, Column> sides) {
}
