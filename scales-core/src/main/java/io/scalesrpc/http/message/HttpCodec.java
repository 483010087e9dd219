package io.scalesrpc.http.message;

import io.scalesrpc.Internal;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.http.ScalesHttpRequest;
import io.scalesrpc.http.ScalesHttpResponse;

/**
 * How a call becomes a request, and its answer the end of the call. Whoever must remember
 * something of the request to judge the answer makes a new one for every time that a call
 * is sent. Implementations are <em>thread-safe</em>.
 */
@Internal
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
	 * {@link Error} included, ends the call as a bug, and with it the connection of
	 * HTTP/1.1 or the stream of HTTP/2.
	 * @param call the call it is the answer to
	 * @param response the answer, whole
	 * @return how the call ends
	 */
	Outcome outcome(Call call, ScalesHttpResponse response);

}
