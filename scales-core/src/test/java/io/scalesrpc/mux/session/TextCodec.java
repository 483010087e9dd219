package io.scalesrpc.mux.session;

import java.nio.charset.StandardCharsets;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.Context;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.call.Reply;
import io.scalesrpc.mux.MuxProtocolException;
import io.scalesrpc.mux.TdispatchCodec;

/**
 * A codec whose requests and replies are texts; some texts misbehave. <em>Stateless</em>;
 * thread-safe.
 */
final class TextCodec implements DispatchCodec {

	@Override
	public Context contexts(Call call) {
		return Context.empty();
	}

	@Override
	public int begin(Call call, ByteBuf frame) {
		return TdispatchCodec.begin(frame, Context.empty(), "", List.of());
	}

	@Override
	public void encode(Call call, int sequenceId, ByteBuf out) throws Exception {
		String text = (String) call.arguments()[0];
		if (text.equals("unencodable")) {
			throw new Exception("no way to write this");
		}
		out.writeCharSequence(text, StandardCharsets.UTF_8);
	}

	@Override
	public Outcome decode(Call call, int sequenceId, Context context, ByteBuf body) {
		String text = body.toString(StandardCharsets.UTF_8);
		switch (text) {
			case "another call's" -> throw new MuxProtocolException("sequence id: 7 (expected: 8)");
			case "overflow" -> throw new StackOverflowError("deep");
			default -> {
				return Reply.of(text);
			}
		}
	}

}
