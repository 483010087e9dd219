package io.scalesrpc.demo.live;

import java.io.IOException;
import java.net.SocketTimeoutException;

import io.scalesrpc.call.ScalesException;
import org.apache.thrift.TApplicationException;
import org.apache.thrift.transport.TTransportException;

/**
 * Which kind of failure an exception is, in the words of Scales for both clients.
 * <em>Stateless</em>.
 */
final class Kinds {

	private Kinds() {
	}

	static String of(Exception failure) {
		if (failure instanceof ScalesException ours) {
			return ours.kind().name();
		}
		if (failure instanceof TTransportException) {
			return (failure.getCause() instanceof SocketTimeoutException) ? "TIMEOUT" : "CONNECTION_LOST";
		}
		if (failure instanceof TApplicationException) {
			return "REMOTE";
		}
		return (failure instanceof IOException) ? "NOT_SENT" : "INTERNAL";
	}

}
