package io.scalesrpc.mux;

import java.util.ArrayList;
import java.util.List;

import io.netty.buffer.ByteBufAllocator;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ImmediateEventExecutor;
import org.jspecify.annotations.Nullable;

/**
 * What takes in frames and half messages within limits, and notes what it is told of
 * those that it does not keep. <em>Confined to the test's thread</em>.
 */
public final class Halves implements FragmentAssembler.Owner {

	/** What was told, in words. */
	public final List<String> told = new ArrayList<>();

	/** Whether new messages are kept. */
	public boolean wanted = true;

	@Override
	public boolean wants(int type, int tag) {
		return this.wanted;
	}

	@Override
	public void givenUp(int type, int tag, Refusal refusal) {
		this.told.add("given up " + MuxType.name(type) + " " + tag + ": " + refusal.why());
	}

	@Override
	public void dropped(int type, int tag, @Nullable Refusal refusal) {
		this.told.add("dropped " + MuxType.name(type) + " " + tag + ": "
				+ ((refusal != null) ? refusal.why() : "not wanted"));
	}

	/** A decoder whose budget never ends. */
	public static MuxFrameDecoder decoder(int maxFrameBytes) {
		return new MuxFrameDecoder(maxFrameBytes, new ByteBudget("bytes coming in", Long.MAX_VALUE));
	}

	/** An assembler with one limit for a message and for all of them. */
	public static FragmentAssembler assembler(int maxBytes, int maxMessages) {
		return assembler(ImmediateEventExecutor.INSTANCE, maxBytes, maxMessages);
	}

	public static FragmentAssembler assembler(EventExecutor executor, int maxBytes, int maxMessages) {
		return new FragmentAssembler(executor, ByteBufAllocator.DEFAULT,
				new FragmentAssembler.Limits(maxBytes, maxMessages, new ByteBudget("bytes of half messages", maxBytes)),
				new Halves());
	}

}
