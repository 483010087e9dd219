package io.scalesrpc.spring.client.declaration;

/**
 * A bean whose presence says that the application named the places to search, so that
 * nothing is searched by itself. <em>Immutable</em>.
 */
public final class ExplicitScan {

}
