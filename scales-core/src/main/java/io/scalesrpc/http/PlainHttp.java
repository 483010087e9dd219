package io.scalesrpc.http;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Outcome;

/**
 * HTTP as it is: the caller gives the request and gets the answer. <em>Immutable</em>.
 *
 * @param rules which answers are failures
 */
record PlainHttp(StatusRules rules) implements HttpCodec {

	@Override
	public ScalesHttpRequest request(Call call) {
		return ((HttpMethodSpec) call.method()).request(call.arguments());
	}

	@Override
	public Outcome outcome(Call call, ScalesHttpResponse response) {
		return this.rules.outcome(response);
	}

}
