package io.scalesrpc.demo.http;

/**
 * How much there is of a product. <em>Immutable</em>.
 *
 * @param sku the product
 * @param pieces how many; -1 if nobody knows
 * @param member who says so
 */
record Stock(String sku, int pieces, String member) {
}
