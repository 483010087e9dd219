package io.scalesrpc.http.http2;

import io.netty.handler.codec.http2.DefaultHttp2LocalFlowController;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2FrameCodec;

/**
 * How much a server may send ahead: of every answer a window, whatever becomes of the
 * others. The window that a connection has as a whole is opened again as soon as bytes
 * come: it would be closed for all by one answer that nobody reads. <em>Stateless</em>.
 */
final class Http2FlowControl {

	/** What a server may send of one answer before it was read. */
	static final int WINDOW_BYTES = 1024 * 1024;

	private Http2FlowControl() {
	}

	/**
	 * Gives every stream its own window alone.
	 * @param codec one that is not yet in a pipeline
	 * @return the codec
	 */
	static Http2FrameCodec perStream(Http2FrameCodec codec) {
		Http2Connection connection = codec.connection();
		connection.local()
			.flowController(new DefaultHttp2LocalFlowController(connection,
					DefaultHttp2LocalFlowController.DEFAULT_WINDOW_UPDATE_RATIO, true)
				.frameWriter(codec.encoder().frameWriter()));
		return codec;
	}

}
