package io.scalesrpc.thrift;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.scalesrpc.test.calculator.Calculator;
import io.scalesrpc.test.calculator.DivisionByZero;
import io.scalesrpc.test.calculator.Everything;
import io.scalesrpc.test.peer.PeerException;
import io.scalesrpc.test.peer.PeerService;
import io.scalesrpc.thrift.handler.ThriftRequestHandler;
import org.apache.thrift.TApplicationException;
import org.apache.thrift.TException;
import org.apache.thrift.TProcessor;
import org.apache.thrift.protocol.TMultiplexedProtocol;
import org.apache.thrift.protocol.TProtocol;
import org.apache.thrift.transport.TIOStreamTransport;
import org.apache.thrift.transport.TMemoryInputTransport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The other half of every message is libthrift's own client or processor. */
@ParameterizedClass
@EnumSource(ThriftEncoding.class)
class InteropTests {

	private final ThriftEncoding encoding;

	private final ThriftCodec codec;

	private final ByteArrayOutputStream toServer = new ByteArrayOutputStream();

	private final TMemoryInputTransport toClient = new TMemoryInputTransport();

	InteropTests(ThriftEncoding encoding) throws TException {
		this.encoding = encoding;
		this.codec = ThriftCodec.of(encoding);
	}

	@Test
	void ourServerAnswersTheClientsOfLibthrift() throws Exception {
		ThriftRequestHandler server = ThriftRequestHandler.builder(this.codec).service(new EchoCalculator()).build();
		Calculator.Client client = new Calculator.Client(in(), out());
		client.send_everything(readable());
		serve(server);
		assertThat(client.recv_everything()).isEqualTo(readable());
		client.send_join("first", "second", 3);
		serve(server);
		assertThat(client.recv_join()).isEqualTo("first,second,3");
		client.send_divide(1, 0);
		serve(server);
		assertThatExceptionOfType(DivisionByZero.class).isThrownBy(client::recv_divide);
		client.send_ping();
		serve(server);
		client.recv_ping();
		client.send_forget("it", true);
		serve(server);
		assertThat(this.toClient.getBytesRemainingInBuffer()).isZero();
	}

	@Test
	void ourErrorsReachTheClientsOfLibthrift() throws Exception {
		ThriftRequestHandler server = ThriftRequestHandler.builder(this.codec).service(new EchoPeer()).build();
		PeerService.Client client = new PeerService.Client(in(), out());
		client.send_failUndeclared("boom");
		serve(server);
		assertThatExceptionOfType(TApplicationException.class).isThrownBy(client::recv_failUndeclared)
			.satisfies((ex) -> assertThat(ex.getType()).isEqualTo(TApplicationException.INTERNAL_ERROR));
		Calculator.Client stranger = new Calculator.Client(in(), out());
		stranger.send_fetch(1);
		serve(server);
		assertThatExceptionOfType(TApplicationException.class).isThrownBy(stranger::recv_fetch)
			.withMessage("Invalid method name: 'fetch'");
	}

	@Test
	void ourServerAnswersMultiplexedClients() throws Exception {
		ThriftRequestHandler server = ThriftRequestHandler.builder(this.codec)
			.service("calc", Calculator.class, new EchoCalculator())
			.service("peer", PeerService.class, new EchoPeer())
			.build();
		Calculator.Client calculator = new Calculator.Client(in(), new TMultiplexedProtocol(out(), "calc"));
		PeerService.Client peer = new PeerService.Client(in(), new TMultiplexedProtocol(out(), "peer"));
		calculator.send_divide(9, 3);
		serve(server);
		assertThat(calculator.recv_divide()).isEqualTo(3);
		peer.send_add(9, 3);
		serve(server);
		assertThat(peer.recv_add()).isEqualTo(12);
		PeerService.Client lost = new PeerService.Client(in(), new TMultiplexedProtocol(out(), "lost"));
		lost.send_add(9, 3);
		serve(server);
		assertThatExceptionOfType(TApplicationException.class).isThrownBy(lost::recv_add)
			.withMessage("Invalid method name: 'add'");
	}

	@Test
	void weReadTheAnswersOfLibthriftsProcessors() {
		TProcessor calculator = new Calculator.Processor<>(new EchoCalculator());
		assertThat(call(calculator, Calculator.class, "everything", readable()))
			.isEqualTo(new ThriftReply.Value(readable()));
		assertThat(call(calculator, Calculator.class, "join", "a", "b", 3)).isEqualTo(new ThriftReply.Value("a,b,3"));
		assertThat(call(calculator, Calculator.class, "ping")).isEqualTo(ThriftReply.Value.NOTHING);
		assertThat(call(calculator, Calculator.class, "store_value", 1.5)).isEqualTo(ThriftReply.Value.NOTHING);
		assertThat(call(calculator, Calculator.class, "forget", "it", true)).isEqualTo(ThriftReply.Value.NOTHING);
		assertThat(call(calculator, Calculator.class, "divide", 1, 0))
			.isEqualTo(new ThriftReply.Declared(new DivisionByZero("1 / 0")));
		TProcessor peer = new PeerService.Processor<>(new EchoPeer());
		assertThat(call(peer, PeerService.class, "big", Samples.big(100)))
			.isEqualTo(new ThriftReply.Value(Samples.big(100)));
		assertThat(call(peer, PeerService.class, "echoBytes", Samples.bytes("bytes")))
			.isEqualTo(new ThriftReply.Value(Samples.bytes("bytes")));
		assertThat(call(peer, PeerService.class, "fail", 3, "why"))
			.isEqualTo(new ThriftReply.Declared(new PeerException(3, "why")));
	}

	@Test
	void weReadTheErrorsOfLibthriftsProcessors() {
		TProcessor peer = new PeerService.Processor<>(new EchoPeer());
		assertThat(refused(call(peer, PeerService.class, "failUndeclared", "boom")))
			.isEqualTo(TApplicationException.INTERNAL_ERROR);
		assertThat(refused(call(peer, Calculator.class, "fetch", 1L))).isEqualTo(TApplicationException.UNKNOWN_METHOD);
	}

	@Test
	void ourBytesAreThoseOfLibthrift() throws Exception {
		Calculator.Client client = new Calculator.Client(in(), out());
		for (ByteBuf ours : List.of(Unpooled.buffer(), Unpooled.directBuffer())) {
			client.send_everything(Samples.everything());
			byte[] theirs = written();
			// A client counts its sequence ids from 1.
			ThriftService.of(Calculator.class)
				.method("everything")
				.writeCall(ours, (ours.isDirect()) ? 2 : 1, new Object[] { Samples.everything() }, this.codec);
			assertThat(ByteBufUtil.getBytes(ours)).isEqualTo(theirs);
			ours.release();
		}
	}

	/** libthrift 0.25 refuses every container of {@code uuid}. */
	private static Everything readable() {
		return Samples.everything().setIds(null);
	}

	private static int refused(ThriftReply reply) {
		return ((ThriftReply.Refused) reply).exception().getType();
	}

	private ThriftReply call(TProcessor server, Class<?> service, String name, Object... arguments) {
		ThriftMethod method = ThriftService.of(service).method(name);
		ByteBuf request = Unpooled.buffer();
		method.writeCall(request, 5, arguments, this.codec);
		ByteArrayOutputStream answer = new ByteArrayOutputStream();
		try (TIOStreamTransport streams = new TIOStreamTransport(
				new ByteArrayInputStream(ByteBufUtil.getBytes(request)), answer)) {
			TProtocol protocol = RawMessage.libthrift(this.encoding, streams);
			server.process(protocol, protocol);
		}
		catch (TException ex) {
			throw new AssertionError("request was not understood", ex);
		}
		return method.readReply(Unpooled.wrappedBuffer(answer.toByteArray()), 5, this.codec);
	}

	/** Hands what the client has written to the server, and its answer to the client. */
	private void serve(ThriftRequestHandler server) throws TException {
		ByteBuf answer = Unpooled.buffer();
		server.decode(Unpooled.wrappedBuffer(written())).invoke().encode(answer);
		this.toClient.reset(ByteBufUtil.getBytes(answer));
	}

	private byte[] written() {
		byte[] bytes = this.toServer.toByteArray();
		this.toServer.reset();
		return bytes;
	}

	private TProtocol in() {
		return RawMessage.libthrift(this.encoding, this.toClient);
	}

	private TProtocol out() throws TException {
		return RawMessage.libthrift(this.encoding, new TIOStreamTransport(this.toServer));
	}

}
