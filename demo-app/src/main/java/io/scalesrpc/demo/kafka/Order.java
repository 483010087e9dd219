package io.scalesrpc.demo.kafka;

/**
 * What is ordered. <em>Immutable</em>.
 *
 * @param number the number of the order
 * @param item the product
 */
record Order(int number, String item) {
}
