package io.scalesrpc.thrifthttp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.scalesrpc.client.ClientBuilder;
import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.ScalesClients;
import io.scalesrpc.http.Http2Server;
import io.scalesrpc.http.RawHttpServer;
import io.scalesrpc.http.RawHttpServer.Peer;
import io.scalesrpc.test.peer.PeerService;
import io.scalesrpc.testing.EchoLoad;
import io.scalesrpc.testing.Stumbling;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The whole client against servers that break every rule: of HTTP/1.1 even an answer that
 * comes in the place of another is told from it.
 */
class ThriftHttpDesyncTests {

	private static final int CALLS = Integer.getInteger("scales.test.calls", 10_000);

	private static final int CONCURRENT = 32;

	private static final int PER_CANCEL = 20;

	private static final int CHOICES = 400;

	private static final Duration TIMEOUT = Duration.ofMillis(100);

	private static final Duration TOO_LATE = TIMEOUT.plusMillis(20);

	/** Generous: the machine may be busy with something else. */
	private static final Duration LATEST = TIMEOUT.plusSeconds(3);

	private static final byte[] PAGE = "<html>Who are you?</html>".getBytes(StandardCharsets.US_ASCII);

	/** A free-form interface. */
	interface Echo {

		CompletableFuture<String> echo(String text);

	}

	@Test
	void noReplyReachesAnotherCallHoweverServersMisbehave() throws Exception {
		EchoLoad load = new EchoLoad(LATEST);
		try (RawHttpServer good = new RawHttpServer((peer) -> serve(peer, null));
				RawHttpServer bad = new RawHttpServer((peer) -> serve(peer, new Random(1 + peer.number())));
				ClientHandle<Echo> client = client(good.port(), bad.port(), new Random(1)).build()) {
			load.run(client.proxy()::echo, CALLS, CONCURRENT, PER_CANCEL, new Random(1));
			load.assertInOrder(CALLS / 4);
			assertThat(bad.accepted()).isGreaterThan(CALLS / 500);
		}
	}

	/** Without a random number generator it behaves. */
	private static void serve(Peer peer, @Nullable Random random) throws IOException {
		Deque<EchoRequest> before = new ArrayDeque<>();
		while (true) {
			EchoRequest request = EchoRequest.of(peer.next().bytes());
			misbehave(peer, request, before, (random != null) ? random.nextInt(CHOICES) : CHOICES);
			before.addFirst(request);
			if (before.size() > 4) {
				before.removeLast();
			}
		}
	}

	private static void misbehave(Peer peer, EchoRequest request, Deque<EchoRequest> before, int choice)
			throws IOException {
		byte[] right = request.answer();
		int half = right.length - request.reply().length / 2;
		switch (choice) {
			case 0 -> peer.reset();
			case 1 -> peer.send("garbage\r\n\r\n");
			case 2 -> peer.send(wrongReply(request, before.size()));
			case 3 -> peer.send(EchoRequest.answer("text/html", PAGE));
			case 4 -> peer.send("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n");
			case 5 -> peer.send(twice(right));
			case 6 -> {
				// Answers of the calls before, in the place of this one's.
				for (EchoRequest earlier : before) {
					peer.send(earlier.answer());
				}
				peer.send(right);
			}
			case 7, 8 -> {
				LockSupport.parkNanos(TOO_LATE.toNanos());
				peer.send(right);
			}
			case 9 -> {
				// never
			}
			case 10, 11 -> {
				for (byte one : right) {
					peer.send(new byte[] { one });
				}
			}
			case 12, 13 -> {
				peer.send(right);
				LockSupport.parkNanos(1_000_000);
				peer.send(right);
			}
			case 14 -> {
				peer.send(Arrays.copyOf(right, half));
				LockSupport.parkNanos(TOO_LATE.toNanos());
				peer.send(Arrays.copyOfRange(right, half, right.length));
			}
			case 15 -> {
				peer.send(Arrays.copyOf(right, half));
				peer.reset();
			}
			case 16 -> {
				peer.send("HTTP/1.1 200 OK\r\nContent-Length: " + (request.reply().length - 3) + "\r\n\r\n");
				peer.send(request.reply());
			}
			default -> peer.send(right);
		}
	}

	/** Each of the ways in which a message is not the reply to a call. */
	private static byte[] wrongReply(EchoRequest request, int which) {
		byte[] reply = request.reply();
		return EchoRequest.answer(switch (which) {
			case 0 -> new byte[0];
			case 1 -> new EchoRequest("echo", request.sequence() - 1, "of the call before").reply();
			case 2 -> new EchoRequest("other", request.sequence(), "of another method").reply();
			case 3 -> Arrays.copyOf(reply, reply.length + 1);
			default -> Arrays.copyOf(reply, reply.length - 1);
		});
	}

	private static byte[] twice(byte[] answer) {
		ByteArrayOutputStream both = new ByteArrayOutputStream();
		both.writeBytes(answer);
		both.writeBytes(answer);
		return both.toByteArray();
	}

	@Test
	void noReplyOfAStreamReachesAnotherCall() throws Exception {
		EchoLoad load = new EchoLoad(LATEST);
		Random random = new Random(2);
		try (Http2Server good = new Http2Server(1000, (stream, request) -> misbehave(stream, request, CHOICES));
				Http2Server bad = new Http2Server(1000,
						(stream, request) -> misbehave(stream, request, random.nextInt(CHOICES)));
				ClientHandle<Echo> client = client(good.port(), bad.port(), new Random(2)).option("version", "2")
					.build()) {
			load.run(client.proxy()::echo, CALLS, CONCURRENT, PER_CANCEL, new Random(2));
			load.assertInOrder(CALLS / 4);
		}
	}

	private static void misbehave(ChannelHandlerContext stream, FullHttpRequest message, int choice) {
		EchoRequest request = EchoRequest.of(ByteBufUtil.getBytes(message.content()));
		byte[] reply = request.reply();
		switch (choice) {
			case 0 -> answer(stream, new EchoRequest("echo", request.sequence() - 1, "of the call before").reply());
			case 1 -> answer(stream, new EchoRequest("other", request.sequence(), "of another method").reply());
			case 2 -> answer(stream, Arrays.copyOf(reply, reply.length + 1));
			case 3 -> answer(stream, Arrays.copyOf(reply, reply.length / 2));
			case 4 -> answer(stream, PAGE);
			case 5 -> stream.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.INTERNAL_ERROR));
			case 6 -> stream.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.REFUSED_STREAM));
			case 7, 8 ->
				stream.executor().schedule(() -> answer(stream, reply), TOO_LATE.toMillis(), TimeUnit.MILLISECONDS);
			case 9 -> {
				// never
			}
			case 10 -> {
				stream.channel().parent().writeAndFlush(new DefaultHttp2GoAwayFrame(Http2Error.NO_ERROR));
				answer(stream, reply);
			}
			case 11 -> stream.channel().parent().close();
			default -> answer(stream, reply);
		}
	}

	private static void answer(ChannelHandlerContext stream, byte[] body) {
		FullHttpResponse answer = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK,
				Unpooled.wrappedBuffer(body));
		answer.headers().set("Content-Type", "application/x-thrift");
		stream.writeAndFlush(answer);
	}

	private static ClientBuilder<Echo> client(int good, int bad, Random random) {
		return ScalesClients.builder(Echo.class)
			.service(PeerService.class)
			.protocol(new ClumsyThriftHttp(new Stumbling(random, 1000)))
			.uri("tcp://127.0.0.1:" + good + ",127.0.0.1:" + bad)
			.timeout(TIMEOUT)
			.closeGrace(Duration.ZERO);
	}

}
