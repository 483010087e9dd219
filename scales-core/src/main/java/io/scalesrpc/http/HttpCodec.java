package io.scalesrpc.http;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Outcome;

/**
 * How calls become requests, and answers the ends of calls. Implementations are
 * <em>thread-safe</em>.
 */
public interface HttpCodec {

	/**
	 * Makes the request of a call. Runs on the thread that dispatches the call; what it
	 * throws ends the call as a bug, and nothing is sent.
	 * @param call the call
	 * @return the request
	 */
	ScalesHttpRequest request(Call call);

	/**
	 * Reads an answer. Runs on the connection's event loop; what it throws, an
	 * {@link Error} included, ends the call, and with it the connection of HTTP/1.1 or
	 * the stream of HTTP/2.
	 * @param call the call it is the answer to
	 * @param response the answer, whole
	 * @return how the call ends
	 */
	Outcome outcome(Call call, ScalesHttpResponse response);

}
