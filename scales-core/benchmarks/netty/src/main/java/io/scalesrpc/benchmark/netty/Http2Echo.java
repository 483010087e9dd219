package io.scalesrpc.benchmark.netty;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2WindowUpdateFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.util.AsciiString;
import io.netty.util.ReferenceCountUtil;

/**
 * Answers any request of HTTP/2 with its body, frame by frame as it comes, and a request
 * of gRPC with a status at the end. <em>Confined to the event loop</em>.
 */
final class Http2Echo extends ChannelInboundHandlerAdapter {

	private static final AsciiString TYPE = AsciiString.cached("content-type");

	private static final Http2Headers TEXT = new DefaultHttp2Headers().status("200").add(TYPE, "text/plain");

	private static final Http2Headers GRPC = new DefaultHttp2Headers().status("200").add(TYPE, "application/grpc");

	private static final Http2Headers OK = new DefaultHttp2Headers().add("grpc-status", "0");

	private boolean grpc;

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object message) {
		if (message instanceof Http2HeadersFrame request) {
			CharSequence type = request.headers().get(TYPE);
			this.grpc = type != null && AsciiString.contains(type, "application/grpc");
			ctx.write(new DefaultHttp2HeadersFrame(this.grpc ? GRPC : TEXT, request.isEndStream())
				.stream(request.stream()));
		}
		else if (message instanceof Http2DataFrame data) {
			echo(ctx, data);
		}
		else {
			ReferenceCountUtil.release(message);
		}
	}

	private void echo(ChannelHandlerContext ctx, Http2DataFrame data) {
		Http2FrameStream stream = data.stream();
		boolean end = data.isEndStream();
		ctx.write(new DefaultHttp2WindowUpdateFrame(data.initialFlowControlledBytes()).stream(stream));
		ctx.write(new DefaultHttp2DataFrame(data.content(), end && !this.grpc).stream(stream));
		if (end && this.grpc) {
			ctx.write(new DefaultHttp2HeadersFrame(OK, true).stream(stream));
		}
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext ctx) {
		ctx.flush();
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
		cause.printStackTrace();
		ctx.close();
	}

}
