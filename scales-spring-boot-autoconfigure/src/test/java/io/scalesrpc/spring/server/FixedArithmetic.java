package io.scalesrpc.spring.server;

/**
 * A service that other packages may use. <em>Thread-safe</em>.
 */
public final class FixedArithmetic extends Arithmetic {

}
