package io.scalesrpc.thrift.idl;

/**
 * A word, a text in quotes or a sign of an IDL. <em>Immutable</em>.
 *
 * @param kind what it is
 * @param text without the quotes; empty at the end
 * @param line counted from 1
 */
record Token(Kind kind, String text, int line) {

	boolean is(String expected) {
		return this.kind != Kind.QUOTED && this.text.equals(expected);
	}

	boolean isEnd() {
		return this.kind == Kind.END;
	}

	/** Kinds of tokens. */
	enum Kind {

		/** A name, a keyword or a number. */
		WORD,

		/** In quotes. */
		QUOTED,

		/** One character. */
		SIGN,

		/** Nothing follows. */
		END

	}

}
