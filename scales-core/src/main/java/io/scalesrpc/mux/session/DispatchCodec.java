package io.scalesrpc.mux.session;

import io.netty.buffer.ByteBuf;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.Context;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.mux.MuxProtocolException;

/**
 * What mux leaves open: the body of a dispatch and the contexts beside it. ThriftMux puts
 * a bare Thrift message there. <em>Thread-safe</em>.
 */
public interface DispatchCodec {

	/**
	 * What the request carries beside its body. Runs on the thread that dispatches the
	 * call.
	 * @param call the call
	 * @return the contexts, in the order of the wire
	 */
	Context contexts(Call call);

	/**
	 * Starts a Tdispatch, as {@link io.scalesrpc.mux.TdispatchCodec#begin} does. Runs on
	 * the thread that dispatches the call.
	 * @param call the call
	 * @param frame where to
	 * @return where the frame starts
	 */
	int begin(Call call, ByteBuf frame);

	/**
	 * Writes the body of a request. Runs on the thread that dispatches the call.
	 * @param call the call
	 * @param sequenceId a number the answer must carry again
	 * @param out where to append the body
	 * @throws Exception if the call cannot be encoded; only this call fails
	 */
	void encode(Call call, int sequenceId, ByteBuf out) throws Exception;

	/**
	 * Reads the body of a good answer. Runs on the connection's event loop.
	 * @param call the call it answers
	 * @param sequenceId the number given to {@link #encode}
	 * @param context what came beside the body
	 * @param body the body; valid during this method only
	 * @return how the call ends; a body that is wrong in itself is a failure of this call
	 * alone
	 * @throws MuxProtocolException if the body belongs to another call: then nothing that
	 * comes on this connection can be believed, and it is closed. So it is for anything
	 * else that is thrown
	 */
	Outcome decode(Call call, int sequenceId, Context context, ByteBuf body);

}
