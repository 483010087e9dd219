package io.scalesrpc.spring.http.elsewhere;

/** Has its methods from an interface that is not public, of another package. */
public interface ElsewhereClient extends HiddenCalls {

}
