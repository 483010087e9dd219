package io.scalesrpc.http;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.http.message.HttpCodec;
import io.scalesrpc.testing.Stumbling;

/**
 * A codec that fails now and then, where it makes a request, and before or after it has
 * read an answer. <em>Thread-safe</em>.
 *
 * @param codec does the work
 * @param stumbling says when it fails
 */
public record ClumsyCodec(HttpCodec codec, Stumbling stumbling) implements HttpCodec {

	@Override
	public ScalesHttpRequest request(Call call) {
		this.stumbling.perhaps();
		return this.codec.request(call);
	}

	@Override
	public Outcome outcome(Call call, ScalesHttpResponse response) {
		this.stumbling.perhaps();
		Outcome outcome = this.codec.outcome(call, response);
		this.stumbling.perhaps();
		return outcome;
	}

}
