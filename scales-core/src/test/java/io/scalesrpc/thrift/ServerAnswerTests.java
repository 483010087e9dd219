package io.scalesrpc.thrift;

import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.scalesrpc.call.Context;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.test.calculator.Calculator;
import io.scalesrpc.test.calculator.Operation;
import io.scalesrpc.test.peer.Big;
import io.scalesrpc.test.peer.Leaf;
import io.scalesrpc.test.peer.PeerBase;
import io.scalesrpc.test.peer.PeerService;
import io.scalesrpc.thrift.ThriftMessageException.Fault;
import io.scalesrpc.thrift.handler.ThriftRequest;
import io.scalesrpc.thrift.handler.ThriftRequestHandler;
import org.apache.thrift.TApplicationException;
import org.apache.thrift.protocol.TList;
import org.apache.thrift.protocol.TMessage;
import org.apache.thrift.protocol.TMessageType;
import org.apache.thrift.protocol.TType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@ParameterizedClass
@EnumSource(ThriftEncoding.class)
class ServerAnswerTests {

	private final ThriftEncoding encoding;

	ServerAnswerTests(ThriftEncoding encoding) {
		this.encoding = encoding;
	}

	@Test
	void aNullResultIsAMissingResult() {
		EchoPeer handler = new EchoPeer() {
			@Override
			public String echo(String text) {
				return null;
			}
		};
		refused(loop(handler).call("echo", "x"), TApplicationException.MISSING_RESULT, "echo failed: unknown result");
	}

	@Test
	void anUnknownValueOfAnEnumIsNamedAndNoFaultOfTheServer() {
		ByteBuf reply = RawMessage.reply(this.encoding, "operation",
				(out) -> RawMessage.field(out, TType.I32, 0, (value) -> value.writeI32(99)));
		ThriftReply read = loop(new EchoCalculator()).read("operation", reply);
		misfit(read, "success: 99 (expected: a value of Operation that this client knows)");
		ByteBuf known = RawMessage.reply(this.encoding, "operation",
				(out) -> RawMessage.field(out, TType.I32, 0, (value) -> value.writeI32(4)));
		assertThat(loop(new EchoCalculator()).read("operation", known))
			.isEqualTo(new ThriftReply.Value(Operation.DIVIDE));
	}

	@Test
	void aResultOfAnotherTypeIsNamedAndNoFaultOfTheServer() {
		ByteBuf reply = RawMessage.reply(this.encoding, "echo",
				(out) -> RawMessage.field(out, TType.I32, 0, (value) -> value.writeI32(99)));
		misfit(loop(new EchoPeer()).read("echo", reply), "success: Thrift type 8 (expected: 11)");
	}

	@Test
	void aRequiredFieldThatDoesNotFitIsNamedWithItsPlace() {
		ByteBuf reply = RawMessage.reply(this.encoding, "big",
				(out) -> RawMessage.field(out, TType.STRUCT, 0, (value) -> RawMessage.struct(value, (big) -> {
					RawMessage.field(big, TType.I32, 1, (id) -> id.writeI32(1));
					RawMessage.field(big, TType.LIST, 2, (list) -> {
						list.writeListBegin(new TList(TType.STRUCT, 1));
						RawMessage.struct(list,
								(leaf) -> RawMessage.field(leaf, TType.I32, 1, (name) -> name.writeI32(5)));
						list.writeListEnd();
					});
				})));
		misfit(loop(new EchoPeer()).read("big", reply), "success.leaves[0].name: Thrift type 8 (expected: 11)");
	}

	@Test
	void aRequiredFieldThatDidNotComeIsAMessageThatCannotBeRead() {
		ByteBuf reply = RawMessage.reply(this.encoding, "big",
				(out) -> RawMessage.field(out, TType.STRUCT, 0, (value) -> RawMessage.struct(value, (big) -> {
				})));
		assertThatExceptionOfType(ThriftMessageException.class)
			.isThrownBy(() -> loop(new EchoPeer()).read("big", reply))
			.withMessageContaining("Required field 'id'");
	}

	private static void misfit(ThriftReply reply, String what) {
		assertThat(reply).isEqualTo(new ThriftReply.Misfit(what));
		Failure failure = (Failure) reply.outcome(Context.empty());
		assertThat(failure.kind()).isEqualTo(FailureKind.INTERNAL);
		assertThat(failure.reason()).isEqualTo("result does not fit the interface of this client: " + what);
	}

	@Test
	void fieldsThatTheIdlDoesNotHaveAreSkipped() {
		ByteBuf reply = RawMessage.reply(this.encoding, "truth", (out) -> {
			RawMessage.field(out, TType.STRUCT, 9, (value) -> Samples.everything().write(value));
			RawMessage.field(out, TType.BOOL, 10, (value) -> value.writeBool(false));
			RawMessage.field(out, TType.BOOL, 0, (value) -> value.writeBool(true));
		});
		assertThat(loop(new EchoCalculator()).read("truth", reply)).isEqualTo(new ThriftReply.Value(true));
	}

	@Test
	void whatTheIdlDoesNotDeclareIsAnInternalError() {
		refused(loop(new EchoPeer()).call("failUndeclared", "boom"), TApplicationException.INTERNAL_ERROR,
				"Internal error processing failUndeclared: 'java.lang.IllegalStateException: boom'");
	}

	@Test
	void anErrorInTheHandlerIsAnInternalError() {
		EchoPeer handler = new EchoPeer() {
			@Override
			public int whoami() {
				throw new AssertionError("bug");
			}
		};
		refused(loop(handler).call("whoami"), TApplicationException.INTERNAL_ERROR,
				"Internal error processing whoami: 'java.lang.AssertionError: bug'");
	}

	@Test
	void anApplicationExceptionOfTheHandlerKeepsItsType() {
		EchoPeer handler = new EchoPeer() {
			@Override
			public void nothing() {
				throw sneaky(new TApplicationException(TApplicationException.INVALID_TRANSFORM, "odd"));
			}
		};
		refused(loop(handler).call("nothing"), TApplicationException.INVALID_TRANSFORM, "odd");
	}

	@Test
	void anAnswerThatCannotBeWrittenIsReplacedByAnError() {
		EchoPeer handler = new EchoPeer() {
			@Override
			public Big big(Big value) {
				return new Big().setSingle(new Leaf());
			}
		};
		ThriftReply.Refused refused = (ThriftReply.Refused) loop(handler).call("big", Samples.big(1));
		assertThat(refused.exception().getType()).isEqualTo(TApplicationException.INTERNAL_ERROR);
		assertThat(refused.exception()).hasMessageContaining("Required field 'name'");
		ThriftCodec small = new ThriftCodec(this.encoding, 700, 64);
		EchoPeer wordy = new EchoPeer() {
			@Override
			public String echo(String text) {
				return text.repeat(1000);
			}
		};
		refused = (ThriftReply.Refused) ThriftLoop.of(small, wordy).call("echo", "x");
		assertThat(refused.exception()).hasMessageContaining("expected: at most 700");
	}

	@Test
	void anUnknownMethodIsAnsweredAsSuchUnlessItIsOneway() {
		ThriftLoop unaware = new ThriftLoop(ThriftCodec.of(this.encoding), ThriftService.of(PeerService.class),
				ThriftRequestHandler.builder(ThriftCodec.of(this.encoding)).service(new EchoCalculator()).build());
		refused(unaware.call("big", Samples.big(3)), TApplicationException.UNKNOWN_METHOD,
				"Invalid method name: 'big'");
		assertThat(unaware.reply("fire", "x").readableBytes()).isZero();
		ThriftRequest request = unaware.server().decode(unaware.request("echo", "x"));
		assertThat(List.of(request.name(), request.oneway())).containsExactly("echo", false);
	}

	@Test
	void aRequestKnowsItsNameAndWhetherItIsOneway() {
		ThriftLoop loop = loop(new EchoCalculator());
		ThriftRequest oneway = loop.server().decode(loop.request("forget", "it", true));
		assertThat(List.of(oneway.name(), oneway.oneway())).containsExactly("forget", true);
		ThriftRequest twoWay = loop.server().decode(loop.request("ping"));
		assertThat(List.of(twoWay.name(), twoWay.oneway())).containsExactly("ping", false);
	}

	@Test
	void onlyWellFormedCallsAreDecoded() {
		ThriftRequestHandler server = loop(new EchoPeer()).server();
		fault(Fault.EMPTY, server, Unpooled.EMPTY_BUFFER);
		fault(Fault.WRONG_TYPE, server, message(TMessageType.REPLY));
		fault(Fault.WRONG_TYPE, server, message(TMessageType.EXCEPTION));
		fault(Fault.MALFORMED, server, Unpooled.copiedBuffer(new byte[] { 1, 2, 3, 4, 5, 6, 7, 8 }));
	}

	@Test
	void argumentsThatCannotBeReadAreAnsweredAsAProtocolError() {
		ThriftLoop loop = loop(new EchoPeer());
		ByteBuf incomplete = RawMessage.message(this.encoding,
				new TMessage("big", TMessageType.CALL, ThriftLoop.SEQUENCE),
				(out) -> RawMessage.struct(out, (args) -> RawMessage.field(args, TType.STRUCT, 1, (value) -> RawMessage
					.struct(value, (big) -> RawMessage.field(big, TType.BOOL, 77, (flag) -> flag.writeBool(true))))));
		ThriftReply.Refused refused = (ThriftReply.Refused) loop.read("big", loop.answer(incomplete));
		assertThat(refused.exception().getType()).isEqualTo(TApplicationException.PROTOCOL_ERROR);
		assertThat(refused.exception()).hasMessageStartingWith("request: Required field 'id' was not found");
		refused(loop.read("ping", loop.answer(loop.request("ping").writeByte(0))), TApplicationException.PROTOCOL_ERROR,
				"bytes after the message: 1 (expected: 0)");
		assertThat(loop.answer(loop.request("fire", "x").writeByte(0)).readableBytes()).isZero();
	}

	@Test
	void twoServicesWithTheSameMethodNeedNames() {
		ThriftRequestHandler.Builder builder = ThriftRequestHandler.builder(ThriftCodec.of(this.encoding))
			.service(new EchoPeer());
		assertThatIllegalArgumentException().isThrownBy(() -> builder.service(new EchoCalculator()))
			.withMessage("ping: both in io.scalesrpc.test.peer.PeerService and in"
					+ " io.scalesrpc.test.calculator.Calculator (expected: one; give one service a name)");
		assertThatIllegalArgumentException().isThrownBy(() -> builder.service("calc", Calculator.class, new EchoPeer()))
			.withMessageContaining("expected: a io.scalesrpc.test.calculator.Calculator.Iface");
		ThriftRequestHandler server = builder.service("base", PeerBase.class, new EchoCalculator()).build();
		ThriftRequest request = server.decode(RawMessage.message(this.encoding,
				new TMessage("base:ping", TMessageType.CALL, 1), (out) -> RawMessage.struct(out, (fields) -> {
				})));
		assertThat(request.name()).isEqualTo("base:ping");
	}

	private ThriftLoop loop(Object handler) {
		return ThriftLoop.of(this.encoding, handler);
	}

	private ByteBuf message(byte type) {
		return RawMessage.message(this.encoding, new TMessage("ping", type, 1),
				(out) -> RawMessage.struct(out, (fields) -> {
				}));
	}

	private static void fault(Fault expected, ThriftRequestHandler server, ByteBuf request) {
		assertThatExceptionOfType(ThriftMessageException.class).isThrownBy(() -> server.decode(request))
			.satisfies((ex) -> assertThat(ex.fault()).isEqualTo(expected));
	}

	private static void refused(ThriftReply reply, int type, String message) {
		assertThat(reply).isInstanceOf(ThriftReply.Refused.class);
		TApplicationException exception = ((ThriftReply.Refused) reply).exception();
		assertThat(exception.getType()).isEqualTo(type);
		assertThat(exception).hasMessage(message);
	}

	@SuppressWarnings("unchecked")
	private static <X extends Throwable> RuntimeException sneaky(Throwable cause) throws X {
		throw (X) cause;
	}

}
