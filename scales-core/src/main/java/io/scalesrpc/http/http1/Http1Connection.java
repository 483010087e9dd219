package io.scalesrpc.http.http1;

import io.netty.buffer.ByteBuf;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.SinkState;
import io.scalesrpc.http.ScalesHttpRequest;
import io.scalesrpc.http.message.HttpCodec;
import io.scalesrpc.http.message.RequestFields;
import io.scalesrpc.transport.UsualSize;
import io.scalesrpc.transport.channel.ChannelConnection;

/**
 * An HTTP/1.1 connection as the stack sees it. While it has a call, or the body of a
 * streamed answer is still coming, it is busy. <em>Thread-safe</em>.
 */
public final class Http1Connection extends ChannelConnection {

	private final Http1Session session;

	private final RequestFields fields;

	private final String authority;

	private final UsualSize usual = new UsualSize();

	/**
	 * Creates a connection.
	 * @param session speaks on the channel
	 * @param authority the member's host and port, for the Host header
	 */
	Http1Connection(Http1Session session, String authority) {
		super(session, session.context().timer());
		this.session = session;
		this.fields = session.context().fields();
		this.authority = authority;
	}

	@Override
	protected Http1Exchange encode(Call call) {
		ByteBuf out = this.usual.buffer(this.session.ending().channel().alloc(), maxBytes());
		try {
			HttpCodec codec = this.session.context().codecs().get();
			ScalesHttpRequest request = codec.request(call);
			RequestWriter.write(request, this.fields.of(call, request, this.authority), out);
			this.usual.add(out.readableBytes());
			return new Http1Exchange(this.session, call, codec, request, out);
		}
		catch (Throwable ex) {
			out.release();
			throw ex;
		}
	}

	private int maxBytes() {
		return (int) Math.min(Integer.MAX_VALUE, (long) this.session.context().options().maxHeadBytes()
				+ this.session.context().limits().maxFrameBytes());
	}

	@Override
	public SinkState state() {
		return this.session.isForgotten() ? SinkState.CLOSED : super.state();
	}

	@Override
	public String toString() {
		return this.authority;
	}

}
