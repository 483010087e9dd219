package io.scalesrpc.thrifthttp;

import java.util.Locale;
import java.util.Set;

import io.netty.buffer.Unpooled;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.call.Reply;
import io.scalesrpc.http.HttpStatusException;
import io.scalesrpc.http.ScalesHttpRequest;
import io.scalesrpc.http.ScalesHttpResponse;
import io.scalesrpc.http.message.HttpCodec;
import io.scalesrpc.log.PeerText;
import io.scalesrpc.thrift.ThriftCodec;
import io.scalesrpc.thrift.ThriftMethod;
import org.jspecify.annotations.Nullable;

/**
 * One call as a request, and its answer. What is Thrift must be the reply to this very
 * call; what is not, an error of the web server or of something before it, is a failure
 * that says so. <em>Immutable</em>.
 *
 * @param messages the encoding and its limits
 * @param empty the request without its body
 * @param sequenceId what the reply must repeat
 */
record ThriftHttpCodec(ThriftCodec messages, ScalesHttpRequest empty, int sequenceId) implements HttpCodec {

	/**
	 * What libthrift's clients and servers call their messages, whatever the encoding.
	 */
	static final String MEDIA_TYPE = "application/x-thrift";

	/**
	 * The registered names are used by few; a message of the wrong one cannot be read.
	 */
	private static final Set<String> MEDIA_TYPES = Set.of(MEDIA_TYPE, "application/vnd.apache.thrift.binary",
			"application/vnd.apache.thrift.compact", "application/vnd.apache.thrift.json");

	@Override
	public ScalesHttpRequest request(Call call) {
		return this.empty
			.body(((ThriftMethod) call.method()).callBytes(this.sequenceId, call.arguments(), this.messages));
	}

	@Override
	public Outcome outcome(Call call, ScalesHttpResponse response) {
		ThriftMethod method = (ThriftMethod) call.method();
		if (method.oneway() && response.status() / 100 == 2 && response.body().length == 0) {
			return Reply.of(null);
		}
		if (response.status() != 200) {
			return HttpStatusException.failure(response);
		}
		String type = response.headers().first("content-type");
		if (!isThrift(type)) {
			return Failure.of(FailureKind.REMOTE, "answer 200 of type " + PeerText.printable(String.valueOf(type))
					+ " (expected: " + MEDIA_TYPE + ")", new HttpStatusException(response));
		}
		return method.outcome(Unpooled.wrappedBuffer(response.body()), this.sequenceId, this.messages);
	}

	/** A server need not say what it sends (RFC 9110, 8.3). */
	private static boolean isThrift(@Nullable String type) {
		return type == null || MEDIA_TYPES.contains(type.split(";", 2)[0].trim().toLowerCase(Locale.ROOT));
	}

}
