package io.scalesrpc.http.protocol;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.http.ScalesHttpRequest;
import io.scalesrpc.http.ScalesHttpResponse;
import io.scalesrpc.http.message.HttpCodec;
import io.scalesrpc.http.message.StatusRules;

/**
 * HTTP as it is: the caller gives the request and gets the answer. <em>Immutable</em>.
 *
 * @param rules which answers are failures
 */
public record PlainHttp(StatusRules rules) implements HttpCodec {

	@Override
	public ScalesHttpRequest request(Call call) {
		return ((HttpMethodSpec) call.method()).request(call.arguments());
	}

	@Override
	public Outcome outcome(Call call, ScalesHttpResponse response) {
		return this.rules.outcome(response);
	}

}
