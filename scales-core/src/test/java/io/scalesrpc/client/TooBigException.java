package io.scalesrpc.client;

import java.io.Serial;

/** An exception as the Thrift compiler makes them: with a copy constructor. */
public class TooBigException extends Exception {

	@Serial
	private static final long serialVersionUID = 1L;

	private final int limit;

	public TooBigException(int limit) {
		this.limit = limit;
	}

	public TooBigException(TooBigException other) {
		this.limit = other.limit;
	}

	@Override
	public String getMessage() {
		return "limit " + this.limit;
	}

}
