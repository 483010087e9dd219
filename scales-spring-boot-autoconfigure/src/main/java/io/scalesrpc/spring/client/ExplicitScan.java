package io.scalesrpc.spring.client;

/**
 * A bean whose presence says that the application named the places to search, so that
 * nothing is searched by itself. <em>Immutable</em>.
 */
final class ExplicitScan {

}
