package io.scalesrpc.thrift.connection;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

import io.scalesrpc.serial.MessageCutter;

/**
 * Finds the end of a bare message by going through its structure, once: what was gone
 * past is not looked at again when more bytes come. <em>Confined to the connection's
 * event loop</em>.
 */
final class StructureCutter implements MessageCutter {

	private final MessageScanner shape;

	private final int maxBytes;

	private Cursor cursor;

	private DepthStack depthStack = new DepthStack();

	private boolean begun;

	StructureCutter(MessageScanner shape, int maxBytes) {
		this.shape = shape;
		this.maxBytes = maxBytes;
		this.cursor = new Cursor(maxBytes);
	}

	@Override
	public @Nullable ByteBuf next(ByteBuf in) {
		this.cursor.on(in);
		while (!this.begun || !this.depthStack.isEmpty()) {
			if (!step()) {
				return null;
			}
		}
		if (!this.cursor.has(0)) {
			return null;
		}
		ByteBuf message = in.readSlice((int) this.cursor.position());
		this.cursor = new Cursor(this.maxBytes);
		this.depthStack = new DepthStack();
		this.begun = false;
		return message;
	}

	/** Goes past one thing; not so if not enough of it has come. */
	private boolean step() {
		if (!this.begun) {
			this.begun = this.shape.message(this.cursor, this.depthStack);
			return this.begun;
		}
		if (this.depthStack.isInStruct()) {
			return this.shape.field(this.cursor, this.depthStack);
		}
		if (this.depthStack.isAtEnd()) {
			this.depthStack.pop();
			return true;
		}
		int depth = this.depthStack.depth();
		boolean past = this.shape.value(this.depthStack.next(), this.cursor, this.depthStack);
		if (past) {
			this.depthStack.passed(depth);
		}
		return past;
	}

}
