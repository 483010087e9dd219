package io.scalesrpc.http.http2;

import io.netty.handler.codec.http2.DefaultHttp2Connection;
import io.netty.handler.codec.http2.DefaultHttp2LocalFlowController;
import io.netty.handler.codec.http2.DefaultHttp2RemoteFlowController;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2LocalFlowController;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.handler.codec.http2.UniformStreamByteDistributor;

/**
 * How much a server may send ahead: of every answer a window, whatever becomes of the
 * others. The window that a connection has as a whole is opened again as soon as bytes
 * come: it would be closed for all by one answer that nobody reads. Bodies of requests
 * take turns, all alike. <em>Stateless</em>.
 */
final class Http2FlowControl {

	/** What a server may send of one answer before it was read. */
	static final int WINDOW_BYTES = 1024 * 1024;

	private Http2FlowControl() {
	}

	/** Begins a connection, in which every stream has its own window alone. */
	static Http2Connection connection() {
		Http2Connection connection = new DefaultHttp2Connection(false);
		connection.local()
			.flowController(new DefaultHttp2LocalFlowController(connection,
					DefaultHttp2LocalFlowController.DEFAULT_WINDOW_UPDATE_RATIO, true));
		connection.remote()
			.flowController(
					new DefaultHttp2RemoteFlowController(connection, new UniformStreamByteDistributor(connection)));
		return connection;
	}

	/** Opens the window of the connection as a whole for more than one stream's bytes. */
	static void widen(Http2Connection connection) throws Http2Exception {
		Http2LocalFlowController own = connection.local().flowController();
		Http2Stream whole = connection.connectionStream();
		own.incrementWindowSize(whole, 2 * (WINDOW_BYTES - own.initialWindowSize(whole)));
	}

}
